import { describe, expect, it } from '@jest/globals';
import { problem, ValidationError } from '../../modules/core';
import { adviceOf, outline, refusedBy } from './problem';

const WRONG = problem(
  'size',
  ['groups', 0, 'size'],
  'be small; or even',
  'a; b',
  'lower it; or not',
);

const refuse = (error: Error) => () => {
  throw error;
};

describe('what tests say of problems', () => {
  it('is the path, the id and the value of each', () => {
    expect(outline(WRONG)).toBe('`groups[0].size` size: "a; b"');
    expect(refusedBy(refuse(new ValidationError('A', 'a', [WRONG, WRONG])))).toEqual([
      outline(WRONG),
      outline(WRONG),
    ]);
  });

  it('needs a refusal', () => {
    expect(() => refusedBy(() => 'fine')).toThrow(new Error('nothing was refused'));
    const other = new Error('something else');
    expect(() => refusedBy(refuse(other))).toThrow(other);
  });

  it('may be the advice, which stands behind the value', () => {
    expect(adviceOf(WRONG)).toBe('lower it; or not');
    expect(adviceOf(problem('size', ['size'], 'be small; or even', 1))).toBe('');
  });
});
