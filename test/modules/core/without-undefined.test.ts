import { describe, expect, it } from '@jest/globals';
import { type WithoutUndefined, withoutUndefined } from '../../../modules/core';

describe('withoutUndefined', () => {
  it('drops undefined and keeps every other empty value', () => {
    const values = { a: undefined, b: null, c: 0, d: '', e: false, f: [], g: { h: undefined } };
    const result = withoutUndefined(values);
    expect(Object.keys(result)).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
    expect(result).toStrictEqual({ b: null, c: 0, d: '', e: false, f: [], g: { h: undefined } });
  });

  it('leaves its input as it was', () => {
    const values = { a: undefined };
    expect(withoutUndefined(values)).not.toBe(values);
    expect(Object.keys(values)).toEqual(['a']);
  });

  it('makes optional what may be undefined, for the compiler', () => {
    const input: { readonly must: string; readonly may: number | undefined } = {
      must: 'a',
      may: undefined,
    };
    const result: WithoutUndefined<typeof input> = withoutUndefined(input);
    const strict: { must: string; may?: number } = result;
    expect(strict).toStrictEqual({ must: 'a' });
  });
});
