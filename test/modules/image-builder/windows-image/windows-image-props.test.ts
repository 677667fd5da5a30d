import { describe, expect, it } from '@jest/globals';
import type { Template } from '../../../support/template';
import { SMALLEST_IMAGE, synthImage } from './windows-image-cases';
import { WINDOWS_IMAGE_EFFECTS } from './windows-image-effects';

/** What a block waits for beyond its references is not part of what it is. */
const withoutOrder = (key: string, value: unknown): unknown =>
  key === 'depends_on' ? undefined : value;

/** The blocks of a type as JSON in which quotes inside of a text are as those around it. */
const textOf = (template: Template, type: string): string =>
  JSON.stringify(template.resources(type), withoutOrder).replaceAll('\\"', '"');

const typesOf = (template: Template): string[] => Object.keys(template.counts());

describe('a property of WindowsImage', () => {
  it.each(Object.entries(WINDOWS_IMAGE_EFFECTS))(
    '%s reaches these resources and no others',
    (_, [needed, change, effect]) => {
      const [before, after] = [synthImage(needed), synthImage({ ...needed, ...change })];
      const types = [...new Set([...typesOf(before), ...typesOf(after)])];
      const changed = types.filter((type) => textOf(before, type) !== textOf(after, type));
      expect(changed.sort()).toEqual(Object.keys(effect).sort());
      for (const [type, texts] of Object.entries(effect)) {
        for (const text of texts) expect(textOf(after, type)).toContain(text);
      }
    },
  );

  it('may also be undefined, where it may be left out', () => {
    const { name, region, baseImage, cachedImages } = SMALLEST_IMAGE;
    const names = Object.keys(WINDOWS_IMAGE_EFFECTS);
    const unset = Object.fromEntries(names.map((one) => [one, undefined]));
    const change = { ...unset, name, region, baseImage, cachedImages };
    expect(synthImage(change).part('resource')).toEqual(synthImage({}).part('resource'));
  });
});
