import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentJsonSchema } from '../../app/environment-json-schema';

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

  it('asks only for what has no default, and knows all keys', () => {
    expect(schema.required).toEqual(['name', 'region', 'cluster', 'windows', 'image', 'nodes']);
    expect(schema.properties?.['image']?.required).toEqual(['cachedImages']);
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
