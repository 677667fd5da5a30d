import { z } from 'zod';
import {
  checkInteger,
  checkListLength,
  checkText,
  checkUnique,
  type IntegerRange,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../../modules/core';
import { checkPlain } from './plain-value';

/**
 * The kinds of values in an environment file. zod looks at the structure; what a value may be is
 * checked by the functions that the constructs use too, so that both always agree and the message
 * is the same. The limits are repeated as metadata for the JSON schema only.
 */

// zod compiles a parser for each object at first use, which costs more than one file saves.
z.config({ jitless: true });

type Check<T> = (path: Path, value: T) => readonly Problem[];

/** Adds a check to a schema. It runs when the value is of the right type. */
export function checked<S extends z.ZodType>(schema: S, check: Check<z.output<S>>): S {
  return schema.check(({ value, issues }) => {
    const notPlain = checkPlain([], value);
    for (const one of notPlain.length > 0 ? notPlain : check([], value)) {
      const { path, message } = one;
      const params = { problem: one };
      issues.push({
        code: 'custom',
        input: value,
        path: [...path],
        message,
        params,
        continue: true,
      });
    }
  });
}

/** Text with a check. */
export const text = (check: Check<string>) => checked(z.string(), check);

/** Text of which only its place-holders are refused, such as a script. */
export const anyText = () => text(() => []);

/**
 * Text without what Terraform would take for an expression: it would fail at plan, with an error
 * that does not name the file. Patterns leave the two signs out by themselves.
 */
export function checkNoExpression(path: Path, value: string): Problem[] {
  if (!/[$%]\{/.test(value)) return [];
  const advice = 'Terraform would read it as an expression of its own';
  return [problem('terraform-expression', path, 'be text without ${ and %{', value, advice)];
}

/** Text that a later rule looks at. */
export const plainText = () => text(checkNoExpression);

/** Text that matches a pattern. */
export const textLike = (rule: TextRule) =>
  text((path, value) => checkText(path, value, rule)).meta({ pattern: rule.pattern.source });

/** A whole number within a range. */
export const integer = (range: IntegerRange) =>
  checked(z.number(), (path, value) => checkInteger(path, value, range)).meta({
    type: 'integer',
    minimum: range.min,
    ...(range.max === undefined ? {} : { maximum: range.max }),
  });

/** Items that are no texts are each like no other. */
const textsOf = (items: readonly unknown[]): string[] =>
  items.map((item, index) => (typeof item === 'string' ? item : `item ${index}`));

/** A list in which no text stands twice. */
export const list = <S extends z.ZodType>(
  item: S,
  range: { readonly min: number; readonly max?: number } = { min: 0 },
) =>
  checked(z.array(item), (path, items) => [
    ...checkListLength(path, items, range),
    ...checkUnique(path, textsOf(items)),
  ]).meta({
    uniqueItems: true,
    ...(range.min === 0 ? {} : { minItems: range.min }),
    ...(range.max === undefined ? {} : { maxItems: range.max }),
  });
