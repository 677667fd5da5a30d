import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { isConsequence } from '../../../app/files/consequences';
import { type Path, REFERENCE } from '../../../modules/core';

const told = (id: string, path: Path, value: unknown) => ({ id, path, value });

describe('isConsequence', () => {
  it('does not hold for news', () => {
    const other = told('integer-range', ['image', 'rootVolumeGiB'], 10);
    expect(isConsequence(told('unique', ['image', 'cachedImages', 1], 'a'), [other])).toBe(false);
  });

  it.each([
    ['the value', told('rule', ['a'], Fn.upper('a'))],
    ['something in the value', told('rule', ['a'], { b: [Fn.upper('a')] })],
    ['a key of the value', told('rule', ['a'], { [Fn.upper('a')]: 1 })],
    ['the path', told('rule', ['a', Fn.upper('a')], 1)],
    ['called a reference', told('known', ['a'], REFERENCE)],
  ])('holds where a stand-in is %s', (_where, one) => {
    expect(isConsequence(one, [])).toBe(true);
  });

  it.each(['alternative', 'empty-value', 'missing-key', 'wrong-type'])(
    'holds in and at a value of which is told: %s',
    (id) => {
      const whole = told(id, ['nodes', 'groups'], null);
      expect(isConsequence(told('rule', ['nodes', 'groups', 0, 'name'], 'a'), [whole])).toBe(true);
      expect(isConsequence(told('rule', ['nodes', 'groups'], 'a'), [whole])).toBe(true);
      expect(isConsequence(told('rule', ['nodes'], 'a'), [whole])).toBe(false);
    },
  );

  it('holds in an empty list, not in one that is too long', () => {
    const item = told('rule', ['list', 0], 'a');
    expect(isConsequence(item, [told('list-length', ['list'], 0)])).toBe(true);
    expect(isConsequence(item, [told('list-length', ['list'], 21)])).toBe(false);
  });

  it('holds for the same value at the same key', () => {
    const first = told('keep', ['retention', 'keep'], 3);
    expect(isConsequence(told('other', ['retention', 'keep'], 3), [first])).toBe(true);
    expect(isConsequence(told('other', ['retention', 'keep'], 4), [first])).toBe(false);
  });

  it('holds for the same rule at the same key, whatever the value', () => {
    const first = told('tags-count', ['tags'], 60);
    expect(isConsequence(told('tags-count', ['tags'], 64), [first])).toBe(true);
    const cut = { ...told('tags-count', ['tags'], 64), isCut: true };
    expect(isConsequence(cut, [first])).toBe(false);
  });

  it('holds for the same rule and value of what a construct alone has', () => {
    const first = told('unique', ['fastLaunch', 'securityGroupIds', 1], 'a');
    const cut = (id: string, value: unknown) => ({ ...told(id, ['image'], value), isCut: true });
    expect(isConsequence(cut('unique', 'a'), [first])).toBe(true);
    expect(isConsequence(cut('unique', 'b'), [first])).toBe(false);
    expect(isConsequence(cut('other', 'a'), [first])).toBe(false);
  });

  it('holds for a text of which is told within what a construct has made of it', () => {
    const cut = (value: unknown) => ({ ...told('other', ['image'], value), isCut: true });
    const first = (value: unknown) => told('kms-key', ['image', 'rootVolume', 'kmsKeyId'], value);
    expect(isConsequence(cut('my-key'), [first('my-key')])).toBe(true);
    expect(isConsequence(cut(3), [first(3)])).toBe(false);
  });

  it('holds for the same rule and value at the part that the key stands in', () => {
    const first = told('unique', ['image', 'cachedImages', 1], 'a');
    expect(isConsequence(told('unique', ['image'], 'a'), [first])).toBe(true);
    expect(isConsequence(told('unique', ['nodes'], 'a'), [first])).toBe(false);
    expect(isConsequence(told('other', ['image'], 'a'), [first])).toBe(false);
  });
});
