import { type IResolvable, Token } from 'cdktf';
import { z } from 'zod';
import { formatPath, type Path, type Problem } from '../../modules/core';
import { keyMeant } from './schema-problems';
import { insideOf, isMapping, schemaAt, valueAt, withoutWrapper } from './schema-walk';

/**
 * What a file says, with a stand-in for everything that is wrong or missing: a token, which is what
 * constructs get for a value that only Terraform knows. Every check passes those, so that all rules
 * can run on a file that has problems, and none reports a consequence of what was reported already.
 *
 * A key that is written wrongly is read as the one that is meant. Lists keep their length, so that
 * an index means the same item as in the file.
 */
export function standIns<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  return fill(schema, value, []) as z.output<S>;
}

/** The same for values of which something is told since. One that is only repeated is right. */
export function standInsAt<S extends z.core.$ZodType>(
  schema: S,
  value: z.output<S>,
  told: readonly Pick<Problem, 'id' | 'path' | 'value'>[],
): z.output<S> {
  const wrong = told.filter(({ id }) => id !== 'unique');
  const ofKeys = new Set(
    wrong.filter((one) => isOfKey(schema, one)).map(({ path }) => formatPath(path)),
  );
  const paths = wrong.map(({ path }) => path);
  return withoutKeys(replace(schema, value, paths), [], ofKeys) as z.output<S>;
}

/** Whether it is a key of the file's own choice that is wrong, such as that of a tag. */
function isOfKey(schema: z.core.$ZodType, { path, value }: Pick<Problem, 'path' | 'value'>) {
  const parent = schemaAt(schema, path.slice(0, -1));
  const isChosen = parent !== undefined && withoutWrapper(parent) instanceof z.ZodRecord;
  return isChosen && path.at(-1) === value;
}

/** With stand-ins for keys. */
function withoutKeys(value: unknown, path: Path, keys: ReadonlySet<string>): unknown {
  if (keys.size === 0 || Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map((one, at) => withoutKeys(one, [...path, at], keys));
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => {
    const inside = [...path, key];
    return [keys.has(formatPath(inside)) ? unknownText() : key, withoutKeys(one, inside, keys)];
  });
  return Object.fromEntries(entries);
}

/** Whether nobody knows the value at a path, so that a rule on it speaks of a stand-in. */
export const isStandIn = (value: unknown, path: Path): boolean =>
  Token.isUnresolved(valueAt(value, path));

/**
 * There are no tokens for true and false that checks would pass. What is found of a value with
 * stand-ins for them is known only when it is found whatever they are.
 */
export function foundInAnyCase<T, P>(
  value: T,
  find: (value: T) => readonly P[],
  nameOf: (found: P) => string,
): readonly P[] {
  if (!hasTruth(value)) return find(value);
  const found = find(withTruth(value, true));
  const otherwise = new Set(find(withTruth(value, false)).map(nameOf));
  return found.filter((one) => otherwise.has(nameOf(one)));
}

function fill(schema: z.core.$ZodType, value: unknown, path: Path): unknown {
  const result = z.safeParse(schema, value);
  if (result.success && value !== UNKNOWN) return result.data;
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodObject) {
    return isMapping(value) ? fillObject(inner, value, path) : unknownObject(inner);
  }
  if (inner instanceof z.ZodArray) {
    return Array.isArray(value) && value.length > 0
      ? value.map((item, index) => fill(inner.element, item, [...path, index]))
      : unknownList(inner);
  }
  if (inner instanceof z.ZodRecord) return fillRecord(inner, value, path);
  if (inner instanceof z.ZodUnion && isMapping(value)) {
    const object = inner.options.find((option) => option instanceof z.ZodObject);
    return object === undefined ? token(inner) : fillObject(object, value, path);
  }
  return token(inner);
}

type Mapping = Readonly<Record<string, unknown>>;

function fillObject(object: z.ZodObject, given: Mapping, path: Path): unknown {
  const parts = Object.entries<z.core.$ZodType>(object.shape).map(([key, field]) => {
    const written = writtenKey(key, object, given, path);
    const isLeftOut = written === undefined && isOptional(field);
    const value = written === undefined ? undefined : given[written];
    return [key, isLeftOut ? undefined : fill(field, value, [...path, key])] as const;
  });
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** The key under which a value is there: its own one, or one that is written wrongly. */
function writtenKey(
  key: string,
  object: z.ZodObject,
  given: Mapping,
  path: Path,
): string | undefined {
  if (Object.hasOwn(given, key)) return key;
  const known = Object.keys(object.shape);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return unknown.find((name) => keyMeant([...path, name], known) === key);
}

/** Nobody knows which of its keys there would be, so that there are all that can be unknown. */
function unknownObject(object: z.ZodObject): unknown {
  const parts = Object.entries<z.core.$ZodType>(object.shape).map(([key, field]) => {
    const inner = withoutWrapper(field);
    const isObject = inner instanceof z.ZodObject || inner instanceof z.ZodRecord;
    return [key, isObject && isOptional(field) ? undefined : unknown(field)] as const;
  });
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** A stand-in for a value of which nobody has seen anything. */
const unknown = (schema: z.core.$ZodType): unknown => fill(schema, UNKNOWN, []);

/** A value that no schema takes. */
const UNKNOWN = Symbol('unknown');

/** With an item of which nobody knows anything, since rules ask how many there are. */
const unknownList = (list: z.ZodArray): unknown => [unknown(list.element)];

/** Keys stay as they are: rules ask how many there are, and what is told of one is told already. */
function fillRecord({ valueType }: z.ZodRecord, value: unknown, path: Path): unknown {
  if (!isMapping(value)) return {};
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, one]) => [key, fill(valueType, one, [...path, key])]),
  );
}

const isOptional = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional;

/** A stand-in for a text that could not be read. */
export const unknownText = (): string => Token.asString(unknownValue());

/** Made by hand: CDKTF's own ones keep a stack trace each, and a file may need thousands. */
const unknownValue = (): IResolvable => ({
  creationStack: [],
  resolve: () => undefined,
  toString: () => 'a stand-in',
});

/** Stands in for true and false until {@link foundInAnyCase} tries both. */
const TRUTH = unknownValue();

function token(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodBoolean) return TRUTH;
  return schema instanceof z.ZodNumber ? Token.asNumber(unknownValue()) : unknownText();
}

function hasTruth(value: unknown): boolean {
  if (value === TRUTH) return true;
  if (Array.isArray(value)) return value.some(hasTruth);
  return isMapping(value) && Object.values(value).some(hasTruth);
}

function withTruth<T>(value: T, truth: boolean): T;
function withTruth(value: unknown, truth: boolean): unknown {
  if (value === TRUTH) return truth;
  if (Array.isArray(value)) return value.map((item) => withTruth(item, truth));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withTruth(one, truth)]),
  );
}

/** Goes down with all paths at once, since there may be thousands. */
function replace(schema: z.core.$ZodType, value: unknown, paths: readonly Path[]): unknown {
  if (paths.some(({ length }) => length === 0)) return unknown(schema);
  const changes = [...byFirstPart(paths)].flatMap(([part, rests]) => {
    const inside = insideOf(schema, part);
    return inside === undefined ? [] : [[part, replace(inside, valueAt(value, [part]), rests)]];
  });
  if (Array.isArray(value)) return Object.assign([...value], Object.fromEntries(changes));
  return isMapping(value) ? { ...value, ...Object.fromEntries(changes) } : value;
}

function byFirstPart(paths: readonly Path[]): ReadonlyMap<string | number, readonly Path[]> {
  const rests = new Map<string | number, Path[]>();
  for (const [part, ...rest] of paths) {
    if (part === undefined) continue;
    const others = rests.get(part);
    if (others === undefined) rests.set(part, [rest]);
    else others.push(rest);
  }
  return rests;
}
