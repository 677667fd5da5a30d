import { describe, expect, it } from '@jest/globals';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  formatPath,
  formatProblem,
  type Path,
  problem,
  showValue,
  ValidationError,
} from '../../../modules/core';

describe('formatPath', () => {
  it.each<[Path, string]>([
    [[], ''],
    [['name'], 'name'],
    [['groups', 0, 'minSize'], 'groups[0].minSize'],
    [['a', 'b', 'c'], 'a.b.c'],
    [['matrix', 0, 1], 'matrix[0][1]'],
    [[3], '[3]'],
    [['labels', 'example.com/team'], 'labels["example.com/team"]'],
    [['labels', ''], 'labels[""]'],
    [['labels', '1a'], 'labels["1a"]'],
    [['labels', 'say "hi"'], 'labels["say \\"hi\\""]'],
    [['_private', 'x_1'], '_private.x_1'],
    [['odd key'], '["odd key"]'],
  ])('writes %j as %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('showValue', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    ['', '""'],
    [' a\n', '" a\\n"'],
    [0, '0'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [false, 'false'],
    [['a', 1], '["a",1]'],
    [{ a: 1 }, '{"a":1}'],
    [Symbol('s'), 'Symbol(s)'],
  ])('shows %p', (value, text) => {
    expect(showValue(value)).toBe(text);
  });

  it('shows 120 characters as they are', () => {
    const value = 'x'.repeat(118);
    expect(showValue(value)).toBe(`"${value}"`);
  });

  it('cuts what is longer to 120 characters', () => {
    expect(showValue('x'.repeat(119))).toBe(`"${'x'.repeat(116)}...`);
    expect(showValue('x'.repeat(9999))).toHaveLength(120);
  });
});

describe('formatProblem', () => {
  it('writes path, rule and value', () => {
    const one = problem('size', ['groups', 0, 'minSize'], 'be an integer of at least 0', -1);
    expect(formatProblem(one)).toBe(
      '`groups[0].minSize` must be an integer of at least 0, got: -1',
    );
  });

  it('ends with the advice', () => {
    const one = problem('name', ['name'], 'be given', undefined, 'write one');
    expect(formatProblem(one)).toBe('`name` must be given, got: nothing; write one');
  });
});

describe('assertNoProblems', () => {
  class Thing extends Construct {}
  const thing = new Thing(new TerraformStack(Testing.app(), 'stack'), 'thing');
  const first = problem('one', ['a'], 'be one', 2);
  const second = problem('unique', ['list', 1], 'be named once', 'x', 'remove it');

  function thrownBy(run: () => void): unknown {
    try {
      run();
    } catch (error) {
      return error;
    }
    return undefined;
  }

  it('does nothing without a problem', () => {
    expect(thrownBy(() => assertNoProblems(thing, []))).toBeUndefined();
  });

  it('throws one error that lists all problems under the construct', () => {
    const error = thrownBy(() => assertNoProblems(thing, [first, second]));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({
      name: 'ValidationError',
      problems: [first, second],
      message: [
        'Thing at "stack/thing":',
        '  - `a` must be one, got: 2',
        '  - `list[1]` must be named once, got: "x"; remove it',
      ].join('\n'),
    });
  });
});
