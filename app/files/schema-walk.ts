import { z } from 'zod';
import type { Path } from '../../modules/core';

/** A plain object: what a YAML mapping becomes. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes off what says only that a value may be left out. */
export function withoutWrapper(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return withoutWrapper(schema.unwrap());
  }
  return schema instanceof z.ZodDefault ? withoutWrapper(schema.unwrap()) : schema;
}

/** The keys that a mapping at this place may have. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodUnion) {
    return inner.options.flatMap((option) => knownKeys(option, path));
  }
  const [part, ...rest] = path;
  if (inner instanceof z.ZodArray) return knownKeys(inner.element, rest);
  if (!(inner instanceof z.ZodObject)) return [];
  if (part === undefined) return Object.keys(inner.shape);
  const field: z.core.$ZodType | undefined = inner.shape[String(part)];
  return field === undefined ? [] : knownKeys(field, rest);
}

/** The value at a path, or nothing. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, part) => {
    if (Array.isArray(inside)) return inside[Number(part)];
    return isMapping(inside) && Object.hasOwn(inside, part) ? inside[String(part)] : undefined;
  }, value);
}

/** As much of a path as a file may have: constructs also have inputs that no key gives. */
export function knownPath(schema: z.core.$ZodType, path: Path): Path {
  const [part, ...rest] = path;
  if (part === undefined) return [];
  const inside = insideOf(schema, part);
  return inside === undefined ? [] : [part, ...knownPath(inside, rest)];
}

/** What may stand at a path; nothing where the file can have nothing. */
export const schemaAt = (schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined =>
  path.reduce<z.core.$ZodType | undefined>(
    (inside, part) => inside && insideOf(inside, part),
    schema,
  );

/** What may stand at a key or a place of a list; nothing where the file can have nothing. */
export function insideOf(
  schema: z.core.$ZodType,
  part: string | number,
): z.core.$ZodType | undefined {
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodUnion) {
    const inside = inner.options.map((option) => insideOf(option, part));
    return inside.find((one) => one !== undefined);
  }
  if (inner instanceof z.ZodArray) return typeof part === 'number' ? inner.element : undefined;
  if (inner instanceof z.ZodRecord) return inner.valueType;
  return inner instanceof z.ZodObject && Object.hasOwn(inner.shape, part)
    ? inner.shape[String(part)]
    : undefined;
}
