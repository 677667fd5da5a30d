import { z } from 'zod';
import { environmentSchema } from './schema/environment-schema';
import { keyChanges } from './schema/fields/setting-fields';

/** A key of an environment file, as docs/settings.md lists it. */
export interface ListedKey {
  /** As it is written: `nodes.groups[].minSize`. */
  readonly path: string;
  readonly form: string;
  /** What counts without it: `required`, or as its description says. */
  readonly byDefault: string;
  /** What a change of it does; a key that only holds others may not say it. */
  readonly change: string | undefined;
  readonly about: string;
  /** Whether it only holds further keys, which are listed too. */
  readonly holdsKeys: boolean;
}

type Schema = z.core.$ZodType;

/** As much of a JSON schema as the page tells. */
interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
}

/** Every key of an environment file, in the order of the schema. */
export function listedKeys(): ListedKey[] {
  const json = z.toJSONSchema(environmentSchema, { io: 'input' }) as JsonSchema;
  return keysIn(environmentSchema, json, '');
}

/** The keys that a value may have, those inside of lists and of each of its forms. */
function keysIn(schema: Schema, json: JsonSchema, path: string): ListedKey[] {
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodUnion) {
    return inner.options.flatMap((option, at) => keysIn(option, json.anyOf?.[at] ?? {}, path));
  }
  if (inner instanceof z.ZodArray) return keysIn(inner.element, json.items ?? {}, `${path}[]`);
  if (!(inner instanceof z.ZodObject)) return [];
  const begin = path === '' ? '' : `${path}.`;
  return Object.entries<Schema>(inner.shape).flatMap(([key, field]) => {
    const one = json.properties?.[key] ?? {};
    const inside = keysIn(field, one, `${begin}${key}`);
    const isRequired = json.required?.includes(key) ?? false;
    return [listed(field, one, `${begin}${key}`, isRequired, inside.length > 0), ...inside];
  });
}

function withoutWrapper(schema: Schema): Schema {
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault;
  return isWrapper ? withoutWrapper(schema.unwrap()) : schema;
}

function listed(
  field: Schema,
  json: JsonSchema,
  path: string,
  isRequired: boolean,
  holdsKeys: boolean,
): ListedKey {
  const text = (json.description ?? '').replace(/\.$/, '');
  const [, about = text, byDefault = ''] = /^(.*?); default (.*)$/.exec(text) ?? [];
  return {
    path,
    form: formOf(json),
    byDefault: isRequired ? 'required' : byDefault,
    change: keyChanges.get(field)?.change,
    about,
    holdsKeys,
  };
}

/** The form of a value with its limits, in words. */
function formOf(json: JsonSchema): string {
  if (json.anyOf !== undefined) return [...new Set(json.anyOf.map(formOf))].join(' or ');
  if (json.const !== undefined) return `\`${json.const}\``;
  if (json.enum !== undefined) return json.enum.map((one) => `\`${one}\``).join(', ');
  const { minimum, maximum, minItems, maxItems, items, properties, additionalProperties } = json;
  switch (json.type) {
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
    case 'number':
      return withLimits(json.type, minimum, maximum);
    case 'array':
      return withLimits(`list of ${formOf(items ?? {})}`, minItems, maxItems);
    case 'object':
      if (properties !== undefined) return 'keys';
      return typeof additionalProperties === 'object'
        ? `${formOf(additionalProperties)} by key`
        : 'any keys';
    default:
      return json.type === 'string' ? 'text' : 'any value';
  }
}

function withLimits(name: string, min: number | undefined, max: number | undefined): string {
  if (min === undefined && max === undefined) return name;
  if (max === undefined) return `${name}, at least ${min}`;
  return min === undefined ? `${name}, at most ${max}` : `${name}, ${min} to ${max}`;
}

const HEAD = `<!-- npm run schema writes this page from the schema of an environment file: do not edit it. -->

# Settings

Every key of an environment file. This page is generated; what goes together, and why one would set it, is told on the
pages that the [README](../README.md) names.

*A change* says what a change of the key does at most:

- **nothing** in AWS, or not before something else changes,
- **in-place**: an update that neither a build nor a node notices,
- **builds**: a new AMI, which then rolls the nodes that follow it,
- **rolls**: nodes are exchanged one after the other, see [what replaces nodes](node-changes.md),
- **ends**: what was there is deleted, before or without an exchange.

\`[]\` stands for each item of a list.
`;

/** The text of docs/settings.md. */
export function renderSettingsPage(keys: readonly ListedKey[] = listedKeys()): string {
  const parts = [...new Set(keys.map(({ path }) => partOf(path)))];
  const sections = parts.map((part) =>
    renderSection(
      part,
      keys.filter(({ path }) => partOf(path) === part),
    ),
  );
  return [HEAD, ...sections].join('\n');
}

const partOf = (path: string): string => path.replace(/\W.*$/s, '');

function renderSection(part: string, keys: readonly ListedKey[]): string {
  const rows = keys.map(({ path, form, byDefault, change, about, holdsKeys }) => {
    const does = change ?? (holdsKeys ? 'as its keys' : '');
    return [`\`${path}\``, form, byDefault, does, about].map(renderCell).join(' | ');
  });
  return [
    `## ${part}`,
    '',
    '| Key | Values | Default | A change | What it is |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

/** A vertical bar would end the cell, and what is in angle brackets would be HTML. */
const renderCell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
