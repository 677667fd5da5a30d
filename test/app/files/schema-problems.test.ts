import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type FieldProblem, fieldProblems } from '../../../app/files/schema-problems';
import { formatProblem } from '../../../modules/core';
import { adviceOf, outline } from '../../support/problem';

/** What our words are for anything that a schema finds, also one unlike that of the environment. */
function foundIn(schema: z.ZodType, data: unknown, source?: string): FieldProblem[] {
  const issues = schema.safeParse(data).error?.issues ?? [];
  return fieldProblems(issues, { schema, data, sourceOf: () => source });
}

const problemsOf = (schema: z.ZodType, data: unknown): string[] =>
  foundIn(schema, data).map(outline);

describe('fieldProblems', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['text that is too short', z.object({ a: z.string().min(3) }), { a: 'x' }],
    ['text that is too long', z.object({ a: z.string().max(0) }), { a: 'x' }],
    ['text of another form', z.object({ a: z.email() }), { a: 'x' }],
    [
      'a number between the steps',
      z.object({ a: z.any().pipe(z.number().multipleOf(2)) }),
      { a: 3 },
    ],
  ])('points to the schema for a rule without words of its own: %s', (_name, schema, data) => {
    const { a } = data as { a: unknown };
    expect(problemsOf(schema, data)).toEqual([`\`a\` schema: ${JSON.stringify(a)}`]);
  });
});

describe('what fieldProblems says of a value of another type', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a number for text', z.string(), 2022, 'be text, got: 2022; put it in quotes: "2022"'],
    ['a list for text', z.string(), ['a'], 'be text, got: ["a"]'],
    ['text for a number', z.number(), 'big', 'be a number, got: "big"'],
    ['a number in quotes', z.number(), '0.5', 'be a number, got: "0.5"; remove the quotes'],
    [
      'yes for true',
      z.boolean(),
      'yes',
      'be true or false, got: "yes"; write true or false, without quotes',
    ],
    [
      'text for a list',
      z.array(z.string()),
      'a',
      'be a list, got: "a"; put each item on a line of its own, behind a dash',
    ],
    [
      'keys for a list',
      z.array(z.string()),
      {},
      'be a list, got: {}; put a dash in front of each item',
    ],
    ['a list for keys', z.strictObject({}), [], 'be keys with values, got: []'],
    ['a list for any keys', z.record(z.string(), z.string()), [], 'be keys with values, got: []'],
    ['a type that no file has', z.date(), 1, 'be of type date, got: 1'],
  ])('names the type and what to do: %s', (_name, schema, value, expected) => {
    const found = foundIn(z.object({ a: schema }), { a: value });
    expect(found.map(formatProblem)).toEqual([`\`a\` must ${expected}`]);
    expect(found.map(({ id }) => id)).toEqual(['wrong-type']);
  });

  it('tells how YAML reads a number that is written otherwise', () => {
    const [found] = foundIn(z.object({ a: z.string() }), { a: 1.3 }, '1.30');
    expect(found && adviceOf(found)).toBe(
      'put it in quotes: "1.30", because YAML reads 1.30 as 1.3',
    );
  });
});

describe('the advice of fieldProblems on an alternative', () => {
  const NONE = z.union([z.literal('none'), z.strictObject({ a: z.string() })]).optional();
  const TEXT = z.union([z.string(), z.strictObject({ a: z.string() })]);
  it.each<[string, z.ZodType, unknown, string]>([
    ['false where none may stand', NONE, false, 'write none'],
    ['another value there', NONE, 5, ''],
    ['false where text may stand', TEXT, false, ''],
  ])('for %s', (_name, schema, value, advice) => {
    const found = foundIn(z.strictObject({ b: schema }), { b: value });
    expect(found.map(outline)).toEqual([`\`b\` alternative: ${value}`]);
    expect(found.map(adviceOf)).toEqual([advice]);
  });
});

describe('the advice of fieldProblems on a key', () => {
  const INNER = z.strictObject({ cachedImages: z.string() });
  const LISTS = z.strictObject({ a: z.array(z.string()) });
  it.each<[string, z.ZodType, unknown, string]>([
    ['is missing at the top', INNER, {}, 'add the key "cachedImages" to the file'],
    ['is missing', z.strictObject({ b: INNER }), { b: {} }, 'add the key "cachedImages" to `b`'],
    ['is misspelled', INNER, { cachedImage: 'x' }, 'did you mean "cachedImages"?'],
    [
      'has two letters that have changed places',
      z.strictObject({ name: z.string() }),
      { nmae: 'x' },
      'did you mean "name"?',
    ],
    [
      'is like no other',
      z.strictObject({ one: z.any(), two: z.any() }),
      { one: 1, two: 2, whatever: 3 },
      'the keys here are one, two',
    ],
    [
      'has no value',
      INNER.partial(),
      { cachedImages: null },
      'write one behind the colon, or remove the key',
    ],
    [
      'has to be there and has no value',
      INNER,
      { cachedImages: null },
      'write one behind the colon',
    ],
    [
      'has to be there and has no keys',
      z.strictObject({ b: INNER }),
      { b: null },
      'write its keys below it, each with more blanks in front',
    ],
    [
      'has to be there and has no items',
      LISTS,
      { a: null },
      'write its items below it, each behind a dash',
    ],
    [
      'has no items',
      LISTS.partial(),
      { a: null },
      'write its items below it, each behind a dash, or remove the key',
    ],
    ['has an empty item', LISTS, { a: [null] }, 'write one behind the dash, or remove the dash'],
  ])('that %s', (_name, schema, data, advice) => {
    expect(foundIn(schema, data).map(adviceOf)).toEqual([advice]);
  });
});
