import {
  checkInteger,
  checkKnown,
  checkListLength,
  checkOneOf,
  checkText,
  type IntegerRange,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../../core';

/** How a value in a component document may look: checked and written from one description. */
export interface Shape {
  /** What is wrong with a value, whether a program or a YAML file gave it. */
  readonly check: (path: Path, value: unknown) => Problem[];
  /** The same value, with the keys of its maps in one order. */
  readonly order: (value: unknown) => unknown;
}

/** A key of a map. */
export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
}

/** The keys of a map, in the order in which they are written. */
export type Fields = Readonly<Record<string, Field>>;

/** A key that has to be there. */
export const required = (shape: Shape) => ({ shape, required: true }) as const;

/** A key that may be left out. */
export const optional = (shape: Shape) => ({ shape, required: false }) as const;

/** Whether a value is a map, and not a list, a date or anything with a class of its own. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The map with its keys in the given order, and without those that are `undefined`. */
export function keysInOrder(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  const present = keys.filter((key) => value[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, value[key]]));
}

const asIs = (value: unknown): unknown => value;

/**
 * Characters that end a line for one YAML reader and not for another, or that no reader takes; a
 * surrogate without its other half is no character at all.
 */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;

/** Text. */
export function text(rule?: TextRule): Shape {
  return { check: (path, value) => checkPlainText(path, value, rule), order: asIs };
}

function checkPlainText(path: Path, value: unknown, rule?: TextRule): Problem[] {
  if (typeof value !== 'string') {
    // What YAML has read from a text without quotes: `yes`, `010`, `12:30`, `2026-01-01`.
    const isUnquoted =
      ['boolean', 'number'].includes(typeof value) || value instanceof Date || undefined;
    return [problem('document-text', path, 'be text', value, isUnquoted && 'put it in quotes')];
  }
  if (UNWRITABLE.test(value))
    return [problem('document-control-characters', path, 'have no control characters', value)];
  return rule === undefined ? [] : checkText(path, value, rule);
}

/** Text of at least one character. */
export const filledText = (): Shape =>
  text({ id: 'document-filled-text', pattern: /^.+$/s, rule: 'be text that is not empty' });

/** One of a closed set of words. */
export function oneOf(words: readonly string[]): Shape {
  return {
    check: (path, value) =>
      typeof value === 'string' ? checkOneOf(path, value, words) : checkPlainText(path, value),
    order: asIs,
  };
}

/** Text that may hold a reference of AWSTOE's: then what it will be is not known here. */
export function orReference(shape: Shape): Shape {
  return {
    ...shape,
    check: (path, value) =>
      typeof value === 'string' && value.includes('{{')
        ? checkPlainText(path, value)
        : shape.check(path, value),
  };
}

/** `true` or `false`. */
export const flag = (): Shape => ({
  check: (path, value) =>
    typeof value === 'boolean' ? [] : [problem('document-flag', path, 'be true or false', value)],
  order: asIs,
});

/** A whole number that is known here: one of Terraform's cannot be written into a text. */
export const integer = (range: IntegerRange): Shape => ({
  check: (path, value) => {
    const unknown = checkKnown(path, value);
    if (unknown.length > 0) return unknown;
    return checkInteger(path, typeof value === 'number' ? value : Number.NaN, range).map((one) =>
      typeof value === 'number' ? one : problem('document-integer', path, 'be an integer', value),
    );
  },
  order: asIs,
});

/** A number that keeps all of its digits. */
export const number = (): Shape => ({
  check: (path, value) => {
    const unknown = checkKnown(path, value);
    if (unknown.length > 0) return unknown;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return [problem('document-number', path, 'be a number', value)];
    }
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? [
          problem(
            'document-number-digits',
            path,
            'be a number of at most 15 digits',
            value,
            'put it in quotes',
          ),
        ]
      : [];
  },
  order: asIs,
});

/** A list. */
export function listOf(shape: Shape, range: { readonly min: number }): Shape {
  return {
    check: (path, value) => {
      if (!Array.isArray(value)) return [problem('document-list', path, 'be a list', value)];
      return checkKnown<readonly unknown[]>(path, value, (at, items) => [
        ...checkListLength(at, items, range),
        ...items.flatMap((item, index) => shape.check([...at, index], item)),
      ]);
    },
    order: (value) => (Array.isArray(value) ? value.map(shape.order) : value),
  };
}

/** A map from any key to values of one shape; it is written in the order of its keys. */
export function mapOf(shape: Shape, key?: TextRule): Shape {
  return {
    check: (path, value) => {
      if (!isRecord(value))
        return [problem('document-map', path, 'be a map of names and values', value)];
      return Object.entries(value).flatMap(([name, one]) => [
        ...checkPlainText([...path, name], name, key),
        ...shape.check([...path, name], one),
      ]);
    },
    order: (value) => {
      if (!isRecord(value)) return value;
      const sorted = keysInOrder(value, Object.keys(value).sort());
      return Object.fromEntries(Object.entries(sorted).map(([k, v]) => [k, shape.order(v)]));
    },
  };
}

/** Conditions between the keys of a map. */
export interface RecordRules {
  /** One of these has to be there, and not two. */
  readonly exactlyOne?: readonly string[];
  /** Either all of these or none. */
  readonly together?: readonly string[];
  /** Keys that are refused, and why. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Keys that a file has beside these, and that are taken out before. */
  readonly elsewhere?: readonly string[];
}

/** A map with known keys. */
export function record(fields: Fields, rules: RecordRules = {}): Shape {
  return {
    check: (path, value) => checkRecord(path, value, fields, rules),
    order: (value) => {
      if (!isRecord(value)) return value;
      const ordered = keysInOrder(value, Object.keys(fields));
      const entries = Object.entries(ordered);
      return Object.fromEntries(entries.map(([k, v]) => [k, fields[k]?.shape.order(v) ?? v]));
    },
  };
}

function checkRecord(path: Path, value: unknown, fields: Fields, rules: RecordRules): Problem[] {
  if (!isRecord(value))
    return [
      problem('document-keys', path, `be a map with ${listKeys(Object.keys(fields))}`, value),
    ];
  const known = [...(rules.elsewhere ?? []), ...Object.keys(fields)];
  const unknown = Object.keys(value).filter(
    (key) => value[key] !== undefined && !Object.hasOwn(fields, key),
  );
  const meant = unknown.map((key) => keyMeant(key, known));
  const isMissing = (key: string): boolean => value[key] === undefined && !meant.includes(key);
  return [
    ...unknown.map((key) => refuseKey([...path, key], value[key], known, rules.refused?.[key])),
    ...Object.entries(fields).flatMap(([key, field]) =>
      value[key] === undefined
        ? checkAbsent([...path, key], field, isMissing(key))
        : field.shape.check([...path, key], value[key]),
    ),
    ...checkExactlyOne(path, isMissing, rules.exactlyOne),
    ...checkTogether(path, isMissing, rules.together),
  ];
}

/**
 * The key that is meant by one that is not known: written in another case, or with an s too many or
 * too few.
 */
export const keyMeant = (key: string, known: readonly string[]): string | undefined =>
  known.find((one) => plainKey(one) === plainKey(key));

const plainKey = (key: string): string => key.toLowerCase().replace(/s$/, '');

const listKeys = (keys: readonly string[]): string => keys.map((key) => `\`${key}\``).join(', ');

function refuseKey(path: Path, value: unknown, known: readonly string[], reason?: string): Problem {
  if (reason !== undefined)
    return problem('key-of-another-form', path, 'be left out', value, reason);
  const meant = keyMeant(String(path.at(-1)), known);
  const advice =
    meant === undefined ? `known here are ${listKeys(known)}` : `did you mean "${meant}"?`;
  return problem('key-not-here', path, 'be left out', value, advice);
}

const checkAbsent = (path: Path, { required }: Field, isMissing: boolean): Problem[] =>
  required && isMissing ? [problem('document-missing-key', path, 'be given', undefined)] : [];

function checkExactlyOne(
  path: Path,
  isMissing: (key: string) => boolean,
  keys: readonly string[] = [],
): Problem[] {
  const given = keys.filter((key) => !isMissing(key));
  if (keys.length === 0 || given.length === 1) return [];
  const names = keys.map((key) => `\`${key}\``).join(' and ');
  return [problem('document-exactly-one', path, `have exactly one of ${names}`, given.length)];
}

function checkTogether(
  path: Path,
  isMissing: (key: string) => boolean,
  keys: readonly string[] = [],
): Problem[] {
  const missing = keys.filter(isMissing);
  if (missing.length === 0 || missing.length === keys.length) return [];
  const names = keys.map((key) => `\`${key}\``).join(' and ');
  return missing.map((key) =>
    problem(
      'document-together',
      [...path, key],
      `be given, because ${names} go together`,
      undefined,
    ),
  );
}

/** One of several shapes: `what` names them all in the message. */
export function anyOf(what: string, ...shapes: readonly Shape[]): Shape {
  const fits = (value: unknown) => shapes.find((one) => one.check([], value).length === 0);
  return {
    check: (path, value) =>
      fits(value) ? [] : [problem('document-alternative', path, `be ${what}`, value)],
    order: (value) => fits(value)?.order(value) ?? value,
  };
}
