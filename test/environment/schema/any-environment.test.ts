import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { FULL_ENVIRONMENT } from '../../app/full-environment';
import { TemporaryProject } from '../../app/temporary-project';
import { WIDE_ENVIRONMENT, writeWideFiles } from '../../app/wide-environment';

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
  writeWideFiles(project);
});
afterEach(() => project.leave());

type Path = readonly (string | number)[];

/** The places of everything in a value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const inside: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(typeof value === 'object' && value !== null ? value : {});
  return [path, ...inside.flatMap(([key, one]) => pathsOf(one, [...path, key]))];
}

/** The same value with another one at a place; without anything there for `undefined`. */
function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) {
    const item = replaced(value[Number(key)], rest, other);
    return value.flatMap((one, index) =>
      index === key ? (item === undefined ? [] : [item]) : [one],
    );
  }
  const mapping = value as Record<string, unknown>;
  const { [key]: former, ...others } = mapping;
  const one = replaced(former, rest, other);
  return one === undefined ? others : { ...others, [key]: one };
}

const PLACED =
  /^environments\/[\w/.-]+:[1-9]\d*:[1-9]\d* {2}(?:`.+`|the file) (?:must .+|`.+` must .+), got: .+$/;

/** What stands in for a value that is wrong: nobody has written it. */
const STAND_IN = /TfToken|-8\.\d{9,}e\+298/;

/** Says for every change either nothing, or what is wrong and where. */
function expectAnswer(text: string): void {
  project.write('environments/example.yaml', text);
  const { code, errors } = project.run();
  const lines = errors.join('\n').split('\n');
  expect(code).toBe(errors.length === 0 ? 0 : 1);
  for (const line of errors.length === 0 ? [] : lines.slice(0, -1)) {
    expect(line).toMatch(PLACED);
    expect(line).not.toMatch(STAND_IN);
  }
}

const value = fc.oneof(
  fc.json({ maxDepth: 1 }).map((text): unknown => JSON.parse(text)),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  fc.integer({ min: -2, max: 70_000 }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'a',
    'update-windows',
    'image-cache',
    'components/agent.yaml',
    '${x}',
    '111122223333',
    'us-east-1',
    'latest',
    'plain-windows',
    'x'.repeat(2000),
    {},
    [],
    [null],
    [{}],
  ),
);

describe('any change of one value', () => {
  it.each([
    ['the full environment', FULL_ENVIRONMENT],
    ['the wide environment', WIDE_ENVIRONMENT],
  ])('of %s is taken, or reported with its place', (_name, environment) => {
    const data: unknown = parse(environment);
    const paths = pathsOf(data).slice(1);
    const changed = fc
      .tuple(fc.constantFrom(...paths), value)
      .map(([path, one]) => stringify(replaced(data, path, one), { aliasDuplicateObjects: false }));
    fc.assert(fc.property(changed, expectAnswer), { numRuns: 150 });
  });

  it.each<[string, (path: Path) => unknown]>([
    ['left out', () => undefined],
    ['null', () => null],
    ['empty keys', () => ({})],
    ['the word of its key', (path) => String(path.at(-1))],
  ])('%s, at every place, is taken, or reported with its place', (_name, other) => {
    const data: unknown = parse(WIDE_ENVIRONMENT);
    for (const path of pathsOf(data).slice(1)) {
      expectAnswer(stringify(replaced(data, path, other(path)), { aliasDuplicateObjects: false }));
    }
  });

  it('to that of another place is taken, or reported with its place', () => {
    const data: unknown = parse(WIDE_ENVIRONMENT);
    const paths = pathsOf(data).slice(1);
    const changed = fc
      .tuple(fc.constantFrom(...paths), fc.constantFrom(...paths))
      .map(([from, to]) => {
        const source = from.reduce<unknown>(
          (inside, key) => (inside as Record<string, unknown>)[key],
          data,
        );
        return stringify(replaced(data, to, source), { aliasDuplicateObjects: false });
      });
    fc.assert(fc.property(changed, expectAnswer), { numRuns: 100 });
  });
});
