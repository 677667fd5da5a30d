import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import {
  checkEach,
  checkInteger,
  checkListLength,
  checkOneOf,
  checkText,
  checkUnique,
  formatProblem,
  type Problem,
  problem,
} from '../../../modules/core';

const texts = (problems: readonly Problem[]): string[] => problems.map(formatProblem);

const NUMBER_TOKEN = Token.asNumber(Fn.abs(1));
const STRING_TOKEN = Fn.upper('a');
const LIST_TOKEN = Token.asList(Fn.keys({}));

describe('checkInteger', () => {
  const range = { min: 50, max: 16_000 };

  it.each([50, 51, 15_999, 16_000])('takes %d between 50 and 16000', (value) => {
    expect(checkInteger(['size'], value, range)).toEqual([]);
  });

  it.each([49, 16_001, -50, 50.5])('refuses %d', (value) => {
    const expected = `\`size\` must be an integer between 50 and 16000, got: ${value}`;
    expect(texts(checkInteger(['size'], value, range))).toEqual([expected]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(checkInteger(['size'], value, { min: 0 })).toHaveLength(1);
  });

  it('names only the lower end when there is no upper one', () => {
    expect(checkInteger(['n'], Number.MAX_SAFE_INTEGER, { min: 0 })).toEqual([]);
    expect(texts(checkInteger(['n'], -1, { min: 0 }))).toEqual([
      '`n` must be an integer of at least 0, got: -1',
    ]);
  });

  it('adds the advice', () => {
    const range = { min: 1, max: 2, whatToDo: 'take 1 or 2' };
    expect(texts(checkInteger(['n'], 3, range))).toEqual([
      '`n` must be an integer between 1 and 2, got: 3; take 1 or 2',
    ]);
  });

  it('passes a number that only Terraform knows', () => {
    expect(checkInteger(['n'], NUMBER_TOKEN, { min: 1, max: 2 })).toEqual([]);
  });
});

describe('checkText', () => {
  const rule = {
    id: 'letters',
    pattern: /^[a-z]+$/,
    rule: 'be lower-case letters',
    whatToDo: 'use a to z',
  };

  it('passes text that the pattern matches as a whole', () => {
    expect(checkText(['name'], 'abc', rule)).toEqual([]);
  });

  it.each([['aB'], [''], ['ab '], [' ab'], ['ab\n']])('refuses %j', (value) => {
    expect(texts(checkText(['name'], value, rule))).toEqual([
      `\`name\` must be lower-case letters, got: ${JSON.stringify(value)}; use a to z`,
    ]);
  });

  it('leaves out the advice when there is none', () => {
    expect(texts(checkText(['name'], '1', { id: 'a', pattern: /^a$/, rule: 'be a' }))).toEqual([
      '`name` must be a, got: "1"',
    ]);
  });

  it('passes text that only Terraform knows, also in part', () => {
    expect(checkText(['name'], STRING_TOKEN, rule)).toEqual([]);
    expect(checkText(['name'], `Prefix ${STRING_TOKEN}`, rule)).toEqual([]);
  });

  it.each([[/^a/], [/a$/]])(
    'does not work with the pattern %s, which is not anchored',
    (pattern) => {
      expect(() => checkText(['name'], 'a', { id: 'a', pattern, rule: 'be a' })).toThrow(
        new Error(`bug: the pattern ${pattern} is not anchored`),
      );
    },
  );
});

describe('checkOneOf', () => {
  it('passes each of the set and a token', () => {
    for (const value of ['Core', 'Full', STRING_TOKEN]) {
      expect(checkOneOf(['edition'], value, ['Core', 'Full'])).toEqual([]);
    }
  });

  it.each(['core', 'Desktop', ''])('refuses %j and lists the set', (value) => {
    expect(texts(checkOneOf(['edition'], value, ['Core', 'Full']))).toEqual([
      `\`edition\` must be one of "Core", "Full", got: ${JSON.stringify(value)}`,
    ]);
  });
});

describe('checkListLength', () => {
  it('passes lists at both ends of the range', () => {
    expect(checkListLength(['list'], [1], { min: 1, max: 2 })).toEqual([]);
    expect(checkListLength(['list'], [1, 2], { min: 1, max: 2 })).toEqual([]);
    expect(checkListLength(['list'], Array(999).fill(1), { min: 1 })).toEqual([]);
  });

  it.each([
    [[], { min: 1 }, 'have at least 1 item, got: 0'],
    [['a'], { min: 2 }, 'have at least 2 items, got: 1'],
    [[], { min: 1, max: 20 }, 'have between 1 and 20 items, got: 0'],
    [['a', 'b'], { min: 0, max: 1 }, 'have between 0 and 1 items, got: 2'],
  ])('refuses %j for %j', (list, range, expected) => {
    expect(texts(checkListLength(['list'], list, range))).toEqual([`\`list\` must ${expected}`]);
  });

  it('passes a list that only Terraform knows', () => {
    expect(checkListLength(['list'], LIST_TOKEN, { min: 2, max: 3 })).toEqual([]);
  });

  it('counts single tokens as items', () => {
    expect(texts(checkListLength(['list'], [STRING_TOKEN], { min: 2 }))).toEqual([
      '`list` must have at least 2 items, got: 1',
    ]);
  });
});

describe('checkUnique', () => {
  it('passes different items, none at all and a token', () => {
    for (const list of [['a', 'A', 'b'], [], LIST_TOKEN]) {
      expect(checkUnique(['list'], list)).toEqual([]);
    }
  });

  it('reports every repetition at its own place', () => {
    expect(texts(checkUnique(['list'], ['a', 'b', 'a', 'a', 'b']))).toEqual([
      '`list[2]` must be named once, got: "a"; remove the repetition',
      '`list[3]` must be named once, got: "a"; remove the repetition',
      '`list[4]` must be named once, got: "b"; remove the repetition',
    ]);
  });
});

describe('checkEach', () => {
  const refuse = (path: Problem['path'], item: string) => [problem('not', path, 'not be', item)];

  it('runs the check with the path of each item', () => {
    expect(texts(checkEach(['groups', 0, 'ids'], ['a', 'b'], refuse))).toEqual([
      '`groups[0].ids[0]` must not be, got: "a"',
      '`groups[0].ids[1]` must not be, got: "b"',
    ]);
  });

  it('does not look into a list that only Terraform knows', () => {
    expect(checkEach(['ids'], LIST_TOKEN, refuse)).toEqual([]);
  });
});
