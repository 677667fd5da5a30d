import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentJsonSchema } from '../../environment/json-schema';

interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const schema = JSON.parse(environmentJsonSchema()) as JsonSchema & { readonly $schema: string };

/** Every key of the file with its schema, by its path. */
function keysOf(part: JsonSchema, path = ''): [string, JsonSchema][] {
  const inside = [...(part.anyOf ?? []), ...(part.items === undefined ? [] : [part.items])];
  return [
    ...Object.entries(part.properties ?? {}).flatMap(([key, child]): [string, JsonSchema][] => [
      [`${path}${key}`, child],
      ...keysOf(child, `${path}${key}.`),
    ]),
    ...inside.flatMap((child) => keysOf(child, path)),
  ];
}

/** The keys that may be left out. */
function optionalKeysOf(root: JsonSchema): [string, JsonSchema][] {
  const required = new Set(requiredKeysOf(root));
  return keysOf(root).filter(([key]) => !required.has(key));
}

function requiredKeysOf(part: JsonSchema, path = ''): string[] {
  const inside = [...(part.anyOf ?? []), ...(part.items === undefined ? [] : [part.items])];
  return [
    ...(part.required ?? []).map((key) => `${path}${key}`),
    ...Object.entries(part.properties ?? {}).flatMap(([key, child]) =>
      requiredKeysOf(child, `${path}${key}.`),
    ),
    ...inside.flatMap((child) => requiredKeysOf(child, path)),
  ];
}

describe('the JSON schema for editors', () => {
  it('is the one in the repository; npm run schema writes it', () => {
    const file = readFileSync('environments/environment.schema.json', 'utf8');
    expect(file).toBe(environmentJsonSchema());
  });

  it('is of the draft that YAML editors know', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
  });

  it('describes each key in one sentence', () => {
    const keys = keysOf(schema);
    expect(keys.length).toBeGreaterThan(50);
    const wrong = keys.filter(([, { description }]) => !/^[A-Z].*\.$/.test(description ?? ''));
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('says in the description what the default is', () => {
    const withDefault = keysOf(schema).filter(([, part]) => part.default !== undefined);
    const silent = withDefault.filter(
      ([, { description }]) => !description?.includes('; default '),
    );
    expect(silent.map(([key]) => key)).toEqual([]);
    expect(withDefault.length).toBeGreaterThan(10);
  });

  it('says in the description what leaving a key out means', () => {
    const optional = [...optionalKeysOf(schema)];
    expect(optional.length).toBeGreaterThan(80);
    const silent = optional.filter(([, { description }]) => !description?.includes('; default '));
    // One of several that has to be there.
    expect(silent.map(([key]) => key)).toEqual([
      'image.components.file',
      'image.components.amazonManaged',
      'image.components.arn',
      'nodes.ami.imageId',
      'nodes.ami.builtVersion',
    ]);
  });

  it('asks only for what has no default, and knows all keys', () => {
    expect(schema.required).toEqual(['name', 'region', 'cluster', 'windows', 'image', 'nodes']);
    expect(schema.properties?.['image']?.required).toBeUndefined();
    expect(schema.additionalProperties).toBe(false);
  });

  it('has the simple limits', () => {
    expect(schema.properties?.['image']?.properties?.['rootVolumeGiB']).toEqual({
      type: 'integer',
      minimum: 50,
      maximum: 16000,
      default: 100,
      description: 'Size of the root volume of the image in GiB; default 100.',
    });
  });
});
