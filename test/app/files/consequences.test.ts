import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { Told } from '../../../app/files/consequences';
import { type Path, REFERENCE } from '../../../modules/core';

type Finding = Parameters<Told['isConsequence']>[0];

const told = (id: string, path: Path, value: unknown) => ({ id, path, value });

const isConsequence = (one: Finding, others: readonly Finding[]): boolean =>
  new Told(others).isConsequence(one);

describe('isConsequence of what is told', () => {
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

  it('holds at a key of which something is told, whatever it is', () => {
    const first = told('tag-count', ['tags'], 60);
    expect(isConsequence(told('tag-count', ['tags'], 64), [first])).toBe(true);
    expect(isConsequence(told('other', ['tags'], 'a'), [first])).toBe(true);
    expect(isConsequence(told('other', ['tags', 'a'], 'a'), [first])).toBe(false);
  });

  it('does not hold where a construct alone has an input, at the part of the file that it is for', () => {
    const first = told('inline-policies-length', ['image'], 60);
    const cut = { ...told('inline-policies-length', ['image'], 64), isCut: true };
    expect(isConsequence(cut, [first])).toBe(false);
  });

  it('holds for the same rule and value of what a construct alone has', () => {
    const first = told('unique', ['fastLaunch', 'securityGroupIds', 1], 'a');
    const cut = (id: string, value: unknown) => ({ ...told(id, ['image'], value), isCut: true });
    expect(isConsequence(cut('unique', 'a'), [first])).toBe(true);
    expect(isConsequence(cut('unique', 'b'), [first])).toBe(false);
    expect(isConsequence(cut('other', 'a'), [first])).toBe(false);
  });

  it('holds for the same rule and value at the part that the key stands in', () => {
    const first = told('unique', ['image', 'cachedImages', 1], 'a');
    expect(isConsequence(told('unique', ['image'], 'a'), [first])).toBe(true);
    expect(isConsequence(told('unique', ['nodes'], 'a'), [first])).toBe(false);
    expect(isConsequence(told('other', ['image'], 'a'), [first])).toBe(false);
  });

  it('holds for what is told later', () => {
    const all = new Told();
    const one = told('rule', ['a'], 1);
    expect(all.isConsequence(one)).toBe(false);
    all.add([one]);
    expect(all.isConsequence(one)).toBe(true);
  });
});
