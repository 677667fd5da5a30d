import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { type Path, problem } from '../../../modules/core';
import {
  boolean,
  choice,
  freeText,
  group,
  integer,
  known,
  list,
  map,
  number,
  type SettingValue,
  setting,
  text,
} from '../../../modules/settings';
import { outline } from '../../support/problem';

const NAME = { id: 'test-name', pattern: /^[a-z]{1,5}$/, rule: 'be 1 to 5 lower-case letters' };
const PATH: Path = ['setting'];
const REFERENCE = Token.asString({ Ref: 'x' });

const problemsOf = <T>(value: SettingValue<T>, given: T): string[] =>
  value.check(PATH, given).map(outline);

/** An even number, by a rule of its own. */
const checkEven = (path: Path, value: number) =>
  Token.isUnresolved(value) || value % 2 === 0
    ? []
    : [problem('test-rule', path, 'be even', value)];

describe('boolean', () => {
  it('takes both values', () => {
    expect(boolean().form).toEqual({ kind: 'boolean' });
    expect([true, false].map((value) => problemsOf(boolean(), value))).toEqual([[], []]);
  });
});

describe('integer', () => {
  const value = integer({ min: 1, max: 10 });

  it('has its range as its form', () => {
    expect(value.form).toEqual({ kind: 'integer', range: { min: 1, max: 10 } });
  });

  it.each([1, 10])('takes %d', (given) => {
    expect(problemsOf(value, given)).toEqual([]);
  });

  it.each([0, 11, 1.5])('refuses %d', (given) => {
    expect(problemsOf(value, given)).toEqual([`\`setting\` integer-range: ${given}`]);
  });

  it('takes what only Terraform knows', () => {
    expect(problemsOf(value, Token.asNumber({ Ref: 'x' }))).toEqual([]);
  });
});

describe('number', () => {
  const value = number({ min: 0, max: 4 }, checkEven);

  it('has limits for editors, and the rule of its check', () => {
    expect(value.form).toEqual({ kind: 'number', min: 0, max: 4 });
    expect(problemsOf(value, 2)).toEqual([]);
    expect(problemsOf(value, 3)).toEqual(['`setting` test-rule: 3']);
  });
});

describe('text', () => {
  it('has the pattern of its rule as its form, and refuses what does not match', () => {
    expect(text(NAME).form).toEqual({ kind: 'text', pattern: '^[a-z]{1,5}$' });
    expect(problemsOf(text(NAME), 'abc')).toEqual([]);
    expect(problemsOf(text(NAME), 'ABC')).toEqual(['`setting` test-name: "ABC"']);
  });

  it('has a pattern for editors beside a check, or none', () => {
    const check = (path: Path, value: string) =>
      value === 'a' ? [] : [problem('test-rule', path, 'be a', value)];
    expect(text(check).form).toEqual({ kind: 'text', pattern: undefined });
    expect(text(check, '^a').form).toEqual({ kind: 'text', pattern: '^a' });
    expect(problemsOf(text(check), 'b')).toEqual(['`setting` test-rule: "b"']);
  });

  it('takes what only Terraform knows', () => {
    expect(problemsOf(text(NAME), REFERENCE)).toEqual([]);
  });
});

describe('freeText', () => {
  it('takes any text, or what its check leaves of it', () => {
    const short = freeText((path, value) =>
      value.length < 3 ? [] : [problem('test-rule', path, 'be short', value)],
    );
    expect(short.form).toEqual({ kind: 'free-text' });
    expect(problemsOf(freeText(), `a ${REFERENCE} in between`)).toEqual([]);
    expect(problemsOf(short, 'long')).toEqual(['`setting` test-rule: "long"']);
  });
});

describe('choice', () => {
  const value = choice(['on', 'off']);

  it('takes its values only, and what only Terraform knows', () => {
    expect(value.form).toEqual({ kind: 'choice', values: ['on', 'off'] });
    expect([...problemsOf(value, 'on'), ...problemsOf(value, 'off')]).toEqual([]);
    const maybe = 'maybe' as 'on';
    expect(problemsOf(value, maybe)).toEqual(['`setting` one-of: "maybe"']);
    expect(problemsOf(value, REFERENCE as 'on')).toEqual([]);
  });
});

describe('known', () => {
  it('is the same value, but for references', () => {
    const value = known(integer({ min: 1 }));
    expect(value.form).toEqual({ kind: 'integer', range: { min: 1 } });
    expect(problemsOf(value, 1)).toEqual([]);
    expect(problemsOf(value, 0)).toEqual(['`setting` integer-range: 0']);
    expect(problemsOf(value, Token.asNumber({ Ref: 'x' }))).toEqual([
      '`setting` known: "a reference"',
    ]);
  });
});

describe('list', () => {
  it('has its item and its limits as its form', () => {
    const item = text(NAME);
    expect(list(item).form).toEqual({ kind: 'list', item, min: 0, max: undefined });
    expect(list(item, { min: 1, max: 2 }).form).toEqual({ kind: 'list', item, min: 1, max: 2 });
  });

  it('tells of its length, of repetitions and of each item by its place', () => {
    const value = list(text(NAME), { min: 1, max: 2 });
    expect(problemsOf(value, ['a', 'b'])).toEqual([]);
    expect(problemsOf(value, [])).toEqual(['`setting` list-length: 0']);
    expect(problemsOf(value, ['A', 'A'])).toEqual([
      '`setting[1]` unique: "A"',
      '`setting[0]` test-name: "A"',
      '`setting[1]` test-name: "A"',
    ]);
  });

  it('may say the same number twice', () => {
    expect(problemsOf(list(integer({ min: 1 })), [5, 5])).toEqual([]);
  });

  it('takes what only Terraform knows, as a whole and as an item', () => {
    const value = list(text(NAME), { min: 1 });
    expect(problemsOf(value, Token.asList({ Ref: 'x' }))).toEqual([]);
    expect(problemsOf(value, [REFERENCE])).toEqual([]);
  });
});

describe('map', () => {
  const value = map(text(NAME), text(NAME));

  it('tells of keys and values at their place', () => {
    expect(problemsOf(value, { a: 'b' })).toEqual([]);
    expect(problemsOf(value, { a: 'B', Tier: 'c' })).toEqual([
      '`setting.a` test-name: "B"',
      '`setting.Tier` test-name: "Tier"',
    ]);
  });

  it('takes references as values, and none for the whole', () => {
    expect(problemsOf(value, { a: REFERENCE })).toEqual([]);
    const reference = Token.asStringMap({ Ref: 'x' });
    expect(problemsOf(value, reference)).toEqual(['`setting` known-keys: "a reference"']);
  });
});

describe('group', () => {
  const range = group(
    {
      low: setting(integer({ min: 0 }), { about: 'Begin', change: 'nothing', required: true }),
      high: setting(integer({ min: 0 }), { about: 'End', change: 'nothing', default: 5 }),
    },
    (path, { low, high = 5 }) =>
      low <= high ? [] : [problem('test-rule', [...path, 'low'], 'be at most high', low)],
  );

  it('tells of each setting, and of those that do not go together', () => {
    expect(problemsOf(range, { low: 5 })).toEqual([]);
    expect(problemsOf(range, { low: 6 })).toEqual(['`setting.low` test-rule: 6']);
    expect(problemsOf(range, { low: 0, high: -1 })).toEqual([
      '`setting.high` integer-range: -1',
      '`setting.low` test-rule: 0',
    ]);
  });

  it('takes what only Terraform knows', () => {
    expect(problemsOf(range, Token.asAny({ Ref: 'x' }) as unknown as { low: number })).toEqual([]);
  });
});
