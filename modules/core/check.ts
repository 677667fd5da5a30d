import { Token } from 'cdktf';
import { type Path, type Problem, problem } from './problem';

/**
 * Checks shared by all constructs. Each returns problems instead of throwing, so that a caller can
 * list all of them at once, and each passes a value that only Terraform knows (a token): number
 * tokens are huge negative numbers and string tokens are place-holders, so a rule on them would lie.
 */

/** An inclusive range. Leave out `max` for "at least". */
export interface IntegerRange {
  readonly min: number;
  readonly max?: number;
  /** What to do about it, when the rule alone does not tell. */
  readonly whatToDo?: string;
}

/** A whole number within a range. */
export function checkInteger(path: Path, value: number, range: IntegerRange): Problem[] {
  if (Token.isUnresolved(value)) return [];
  const { min, max = Number.POSITIVE_INFINITY, whatToDo } = range;
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  const rule =
    max === Number.POSITIVE_INFINITY
      ? `be an integer of at least ${min}`
      : `be an integer between ${min} and ${max}`;
  return [problem('integer-range', path, rule, value, whatToDo)];
}

/** A rule on text: the pattern must match the whole value. */
export interface TextRule {
  /** The id of the problem of a text that breaks it. */
  readonly id: string;
  /** Anchored at both ends; {@link checkText} refuses to work with one that is not. */
  readonly pattern: RegExp;
  /** Reads after "must": `be a subnet id (subnet- and 8 or 17 hex digits)`. */
  readonly rule: string;
  readonly whatToDo?: string;
}

/** Text that matches a pattern as a whole. */
export function checkText(path: Path, value: string, rule: TextRule): Problem[] {
  if (!rule.pattern.source.startsWith('^') || !rule.pattern.source.endsWith('$')) {
    throw new Error(`bug: the pattern ${rule.pattern} is not anchored`);
  }
  if (Token.isUnresolved(value) || rule.pattern.test(value)) return [];
  return [problem(rule.id, path, rule.rule, value, rule.whatToDo)];
}

/** One of a closed set. */
export function checkOneOf(path: Path, value: string, allowed: readonly string[]): Problem[] {
  return Token.isUnresolved(value) || allowed.includes(value)
    ? []
    : [oneOfProblem(path, value, allowed)];
}

/** That a value is none of a closed set. */
export function oneOfProblem(path: Path, value: unknown, allowed: readonly string[]): Problem {
  const list = allowed.map((one) => JSON.stringify(one)).join(', ');
  return problem('one-of', path, `be one of ${list}`, value);
}

/** A list with at least one item and, if a limit is given, at most that many. */
export function checkListLength(
  path: Path,
  list: readonly unknown[],
  range: { readonly min: number; readonly max?: number },
): Problem[] {
  if (Token.isUnresolved(list)) return [];
  const max = range.max ?? Number.POSITIVE_INFINITY;
  if (list.length >= range.min && list.length <= max) return [];
  const rule =
    range.max === undefined
      ? `have at least ${range.min} ${range.min === 1 ? 'item' : 'items'}`
      : `have between ${range.min} and ${range.max} items`;
  return [problem('list-length', path, rule, list.length)];
}

/** What is reported of a second mention. */
export const namedTwice = (
  path: Path,
  item: unknown,
  whatToDo = 'remove the repetition',
): Problem => problem('unique', path, 'be named once', item, whatToDo);

/** A list that says nothing twice; the second mention is the one reported. */
export function checkUnique(path: Path, list: readonly string[]): Problem[] {
  if (Token.isUnresolved(list)) return [];
  const first = new Map(list.map((item, index) => [item, index] as const).reverse());
  return list.flatMap((item, index) =>
    first.get(item) === index ? [] : [namedTwice([...path, index], item)],
  );
}

/** Runs a check over every item of a list, with the item's own path. */
export function checkEach<T>(
  path: Path,
  list: readonly T[],
  check: (path: Path, item: T) => readonly Problem[],
): Problem[] {
  if (Token.isUnresolved(list)) return [];
  return list.flatMap((item, index) => check([...path, index], item));
}
