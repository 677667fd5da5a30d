import { z } from 'zod';

type Scalar = string | number | boolean;

/** A value of which some parts may be missing, because they are wrong in the file. */
export type ValidParts<T> = unknown extends T
  ? T
  : T extends Scalar
    ? T
    : T extends readonly (infer Item)[]
      ? readonly (ValidParts<Item> | undefined)[]
      : { readonly [Key in keyof T]?: ValidParts<T[Key]> | undefined };

/** A plain object: what a YAML mapping becomes. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes off what says only that a value may be left out. */
function withoutWrapper(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return withoutWrapper(schema.unwrap());
  }
  return schema instanceof z.ZodDefault ? withoutWrapper(schema.unwrap()) : schema;
}

/**
 * Everything in a value that is right by itself, with defaults filled in; nothing where it is not.
 * Lists keep their length, so that an index means the same item as in the file; objects keep the
 * keys that are in the file, see {@link isWrong}.
 *
 * Rules on more than one value work on this. So they also run when something else is wrong, and
 * never report a consequence of what was reported already.
 */
export function validParts<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
): ValidParts<z.output<S>> | undefined {
  return collect(schema, value) as ValidParts<z.output<S>> | undefined;
}

function collect(schema: z.core.$ZodType, value: unknown): unknown {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodObject && isMapping(value)) {
    const fields = Object.entries<z.core.$ZodType>(inner.shape);
    const parts = fields.map(([key, field]) => [key, collect(field, value[key])] as const);
    return Object.fromEntries(
      parts.filter(([key, part]) => part !== undefined || Object.hasOwn(value, key)),
    );
  }
  if (inner instanceof z.ZodRecord && isMapping(value)) {
    const { keyType, valueType } = inner;
    const entries = Object.entries(value).filter(([key]) => z.safeParse(keyType, key).success);
    return Object.fromEntries(entries.map(([key, one]) => [key, collect(valueType, one)]));
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => collect(inner.element, item));
  }
  return undefined;
}

/** Whether a key is in the file with a wrong value, and not just left out. */
export const isWrong = <T extends object>(parts: T | undefined, key: keyof T): boolean =>
  parts !== undefined && Object.hasOwn(parts, key) && parts[key] === undefined;

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
