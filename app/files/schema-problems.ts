import { z } from 'zod';
import { renamedKey } from '../../environment/renamed-keys';
import {
  formatPath,
  oddBlankAdvice,
  oneOfProblem,
  type Path,
  type Problem,
  problem,
} from '../../modules/core';
import { didYouMean } from './did-you-mean';
import { knownKeys, schemaAt, valueAt, withoutWrapper } from './schema-walk';

/** A problem, and whether it is the key that is wrong rather than the value. */
export interface FieldProblem extends Problem {
  readonly at?: 'key';
}

/** What a message about a value needs to know of the file. */
export interface FieldContext {
  readonly schema: z.core.$ZodType;
  /** All of the file, as plain data. */
  readonly data: unknown;
  /** How a number or another plain value is written in the file: `1.30` where the data has 1.3. */
  readonly sourceOf: (path: Path) => string | undefined;
}

/** Says in our own words what zod found; its wording is not for people who are not programmers. */
export function fieldProblems(
  issues: readonly z.core.$ZodIssue[],
  context: FieldContext,
): FieldProblem[] {
  return issues.flatMap((issue) => fieldProblem(issue, context));
}

function fieldProblem(issue: z.core.$ZodIssue, context: FieldContext): FieldProblem[] {
  // YAML and JSON have no other keys; symbols are only in the type.
  const path = issue.path as Path;
  if (issue.code !== 'custom' && valueAt(context.data, path) === null) {
    return [emptyValue(path, context)];
  }
  switch (issue.code) {
    case 'custom':
      return [{ ...problemOf(issue), path }];
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        unknownKey([...path, key], key, knownKeys(context.schema, path)),
      );
    case 'invalid_key':
      return issue.issues.map((inner) => ({ ...problemOf(inner), path, at: 'key' }));
    case 'invalid_union':
      return unionProblems(path, issue, context);
    default:
      return isMisspelled(path, context) ? [] : [valueProblem(path, issue, context)];
  }
}

/** The problem that a check of ours has found, which zod hands on. */
function problemOf(issue: z.core.$ZodIssue): Problem {
  const found: unknown = issue.code === 'custom' ? issue.params?.['problem'] : undefined;
  return isProblem(found) ? found : problem('invalid', issue.path as Path, 'be valid', issue.input);
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'id' in value && 'message' in value;

/**
 * Whether a missing key is there after all, written wrongly or by its former name: that is reported,
 * once, as such.
 */
export function isMisspelled(path: Path, { data, schema }: FieldContext): boolean {
  if (valueAt(data, path) !== undefined) return false;
  const parent = path.slice(0, -1);
  const written = Object.keys(valueAt(data, parent) ?? {});
  const known = knownKeys(schema, parent);
  const unknown = written.filter((key) => !known.includes(key));
  return unknown.some((key) => keyMeant([...parent, key], known) === path.at(-1));
}

/** The key that is meant by one that is not known: its new name, or one that is like it. */
export const keyMeant = (path: Path, known: readonly string[]): string | undefined =>
  renamedKey(path) ?? keyBeforeColon(path, known) ?? didYouMean(String(path.at(-1)).trim(), known);

/** In braces `{ name:example }` is a key, because there is no blank behind the colon. */
function keyBeforeColon(path: Path, known: readonly string[]): string | undefined {
  const [before = '', behind] = String(path.at(-1)).split(':');
  return behind !== undefined && known.includes(before) ? before : undefined;
}

function unknownKey(path: Path, key: string, known: readonly string[]): FieldProblem {
  return {
    ...problem('unknown-key', path, 'be a known key', key, keyAdvice(path, key, known)),
    at: 'key',
  };
}

function keyAdvice(path: Path, key: string, known: readonly string[]): string {
  const renamed = renamedKey(path);
  if (renamed !== undefined) return `it is called "${renamed}" now`;
  if (keyBeforeColon(path, known) !== undefined) return colonAdvice(key);
  const oddBlank = oddBlankAdvice(key);
  if (oddBlank !== undefined) return oddBlank;
  const meant = didYouMean(key, known);
  return meant === undefined ? `the keys here are ${known.join(', ')}` : `did you mean "${meant}"?`;
}

/** The problems of the alternative that has the form of the value, or of all of them together. */
function unionProblems(
  path: Path,
  issue: z.core.$ZodIssueInvalidUnion,
  context: FieldContext,
): FieldProblem[] {
  const sameForm = issue.errors.find((inner) =>
    inner.every((one) => one.path.length > 0 || one.code === 'unrecognized_keys'),
  );
  if (sameForm === undefined) {
    const value = valueAt(context.data, path);
    return [problem('alternative', path, issue.message, value, formAdvice(path, value, context))];
  }
  const inside = sameForm.map((one) => ({ ...one, path: [...path, ...one.path] }));
  return fieldProblems(inside, context);
}

/** How an alternative is written that the value is a likely wording of. */
function formAdvice(path: Path, value: unknown, { schema }: FieldContext): string | undefined {
  const field = schemaAt(schema, path);
  const union = field === undefined ? undefined : withoutWrapper(field);
  const options = union instanceof z.ZodUnion ? union.options : [];
  return value === false && options.some(isNone) ? 'write none' : undefined;
}

const isNone = (option: unknown): boolean =>
  option instanceof z.ZodLiteral && option.values.has('none');

function valueProblem(path: Path, issue: z.core.$ZodIssue, context: FieldContext): FieldProblem {
  const value = valueAt(context.data, path);
  if (value === undefined) return missingKey(path);
  const source = context.sourceOf(path);
  if (issue.code === 'invalid_type') return wrongType(path, issue.expected, value, source);
  if (issue.code === 'invalid_value') return wrongChoice(path, issue.values, value, source);
  return problem('schema', path, 'be as environment.schema.json says', value);
}

function missingKey(path: Path): FieldProblem {
  const parent = formatPath(path.slice(0, -1));
  const place = parent === '' ? 'to the file' : `to \`${parent}\``;
  return problem(
    'missing-key',
    path,
    'be given',
    undefined,
    `add the key "${path.at(-1)}" ${place}`,
  );
}

function emptyValue(path: Path, { schema }: FieldContext): FieldProblem {
  return problem('empty-value', path, 'have a value', null, emptyAdvice(path, schema));
}

const colonAdvice = (key: string): string =>
  `put a blank behind the colon: ${key.replace(':', ': ')}`;

function emptyAdvice(path: Path, schema: z.core.$ZodType): string {
  const key = String(path.at(-1));
  if (/^[^:]+:[^:]+$/.test(key)) return colonAdvice(key);
  if (typeof path.at(-1) === 'number') return 'write one behind the dash, or remove the dash';
  const field = schemaAt(schema, path);
  const inner = field && withoutWrapper(field);
  return inner === field ? valueAdvice(inner) : `${valueAdvice(inner)}, or remove the key`;
}

function valueAdvice(schema: z.core.$ZodType | undefined): string {
  if (schema instanceof z.ZodArray) return 'write its items below it, each behind a dash';
  return schema instanceof z.ZodObject
    ? 'write its keys below it, each with more blanks in front'
    : 'write one behind the colon';
}

/** What zod calls a type, in the words of somebody who writes YAML. */
const TYPE_RULES: Readonly<Record<string, string>> = {
  string: 'be text',
  number: 'be a number',
  boolean: 'be true or false',
  array: 'be a list',
  object: 'be keys with values',
  record: 'be keys with values',
};

function wrongType(path: Path, expected: string, value: unknown, source?: string): FieldProblem {
  const rule = TYPE_RULES[expected] ?? `be of type ${expected}`;
  return problem(
    'wrong-type',
    path,
    rule,
    showable(value, source),
    typeAdvice(expected, value, source),
  );
}

function typeAdvice(expected: string, value: unknown, source?: string): string | undefined {
  if (expected === 'string') return quoteAdvice(value, source);
  if (expected === 'array' && typeof value !== 'object') {
    return 'put each item on a line of its own, behind a dash';
  }
  if (expected === 'array') return 'put a dash in front of each item';
  if (expected === 'number' && isNumberText(value)) return 'remove the quotes';
  if (expected === 'boolean') return 'write true or false, without quotes';
  return undefined;
}

const isNumberText = (value: unknown): boolean =>
  typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value);

/** YAML reads `1.30` as 1.3 and `2022` as a number; quotes keep them as they are. */
function quoteAdvice(value: unknown, written: string | undefined): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const source = written ?? String(value);
  const reading = source === String(value) ? '' : `, because YAML reads ${source} as ${value}`;
  return `put it in quotes: "${source}"${reading}`;
}

function wrongChoice(
  path: Path,
  choices: readonly unknown[],
  value: unknown,
  source?: string,
): FieldProblem {
  const isWithoutQuotes = typeof value !== 'string' && choices.includes(source ?? String(value));
  if (isWithoutQuotes) return wrongType(path, 'string', value, source);
  return oneOfProblem(path, showable(value, source), choices.map(String));
}

/** JSON cannot write infinity and "not a number"; the file's own spelling is clearer anyway. */
const showable = (value: unknown, source?: string): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? (source ?? String(value)) : value;
