import { Lazy, Token } from 'cdktf';
import { z } from 'zod';
import type { Path } from '../../modules/core';
import { didYouMean } from './did-you-mean';
import { isMapping, valueAt, withoutWrapper } from './schema-walk';

/**
 * What a file says, with a stand-in for everything that is wrong or missing: a token, which is what
 * constructs get for a value that only Terraform knows. Every check passes those, so that all rules
 * can run on a file that has problems, and none reports a consequence of what was reported already.
 *
 * Lists keep their length, so that an index means the same item as in the file.
 */
export function standIns<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  return fill(schema, value) as z.output<S>;
}

/** Whether nobody knows the value at a path, so that a rule on it speaks of a stand-in. */
export const isStandIn = (value: unknown, path: Path): boolean =>
  Token.isUnresolved(valueAt(value, path));

function fill(schema: z.core.$ZodType, value: unknown): unknown {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodObject) {
    return isMapping(value) ? fillObject(inner, value) : unknownObject(inner);
  }
  if (inner instanceof z.ZodArray) {
    return Array.isArray(value) && value.length > 0
      ? value.map((item) => fill(inner.element, item))
      : unknownList(inner);
  }
  if (inner instanceof z.ZodRecord) return fillRecord(inner, value);
  if (inner instanceof z.ZodUnion && isMapping(value)) {
    const object = inner.options.find((option) => option instanceof z.ZodObject);
    return object === undefined ? token(inner) : fillObject(object, value);
  }
  return token(inner);
}

function fillObject(object: z.ZodObject, given: Readonly<Record<string, unknown>>): unknown {
  const parts = Object.entries<z.core.$ZodType>(object.shape).map(([key, field]) => {
    const isLeftOut =
      !Object.hasOwn(given, key) && isOptional(field) && !isMeant(key, object, given);
    return [key, isLeftOut ? undefined : fill(field, given[key])] as const;
  });
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** Whether a key that is no group of keys is there, but written wrongly. */
function isMeant(key: string, object: z.ZodObject, given: Readonly<Record<string, unknown>>) {
  const known = Object.keys(object.shape);
  const field = withoutWrapper(object.shape[key]);
  const isPlain = PLAIN.some((kind) => field instanceof kind);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return isPlain && unknown.some((name) => didYouMean(name, known) === key);
}

/** What a stand-in of which nobody has seen the value can stand for. */
const PLAIN = [z.ZodString, z.ZodNumber, z.ZodEnum, z.ZodLiteral, z.ZodArray];

/** Nobody knows which of its keys there would be, so that there are all that can be unknown. */
function unknownObject(object: z.ZodObject): unknown {
  const parts = Object.entries<z.core.$ZodType>(object.shape).map(([key, field]) => {
    const inner = withoutWrapper(field);
    const isObject = inner instanceof z.ZodObject || inner instanceof z.ZodRecord;
    return [key, isObject && isOptional(field) ? undefined : fill(field, UNKNOWN)] as const;
  });
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** A value that no schema takes. */
const UNKNOWN = Symbol('unknown');

/** With an item of which nobody knows anything, since rules ask how many there are. */
const unknownList = (list: z.ZodArray): unknown => [fill(list.element, UNKNOWN)];

function fillRecord({ keyType, valueType }: z.ZodRecord, value: unknown): unknown {
  if (!isMapping(value)) return {};
  const entries = Object.entries(value).filter(([key]) => z.safeParse(keyType, key).success);
  return Object.fromEntries(entries.map(([key, one]) => [key, fill(valueType, one)]));
}

const isOptional = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional;

/** A stand-in for a text that could not be read. */
export const unknownText = (): string =>
  Token.asString(Lazy.anyValue({ produce: () => undefined }));

/** There are no tokens for true and false; a key of that kind is as if it was not there. */
function token(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodBoolean) return undefined;
  if (!(schema instanceof z.ZodNumber)) return unknownText();
  return Token.asNumber(Lazy.anyValue({ produce: () => undefined }));
}
