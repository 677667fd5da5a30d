import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importsOf, repositoryFiles, repositoryText } from './support/repository';
import {
  checkEntries,
  checkImports,
  checkRooms,
  packagesOf,
  roomsOf,
  type SourceFile,
} from './support/rooms';

const PAGE = repositoryText('ARCHITECTURE.md');
const ALL = new Set(repositoryFiles());
const SOURCES = [...ALL].filter((file) => file.endsWith('.ts'));

const isOfRepository = (name: string): boolean => name.startsWith('.');

/** The file behind a relative import; `tsc` finds those that lead nowhere. */
function fileOf(from: string, name: string): string[] {
  const path = posix.join(posix.dirname(from), name);
  return [path, `${path}.ts`, `${path}/index.ts`].filter((one) => ALL.has(one)).slice(0, 1);
}

const FILES: readonly SourceFile[] = SOURCES.map((path) => ({
  path,
  imports: importsOf(repositoryText(path))
    .filter(isOfRepository)
    .flatMap((name) => fileOf(path, name)),
}));

describe('the rooms of ARCHITECTURE.md', () => {
  const rooms = roomsOf(PAGE);

  it('are the folders with TypeScript, each below what it may import', () => {
    expect(checkRooms(rooms, FILES)).toEqual([]);
  });

  it('import only what their rows name', () => {
    expect(checkImports(rooms, FILES)).toEqual([]);
  });

  it('import modules by their entries', () => {
    expect(checkEntries(FILES)).toEqual([]);
  });

  it('import the packages that the page names', () => {
    const imported = [...packagesOf(PAGE).keys()].map((room): [string, string[]] => {
      const names = SOURCES.filter((file) => file.startsWith(room) && !file.includes('/test/'))
        .flatMap((file) => importsOf(repositoryText(file)))
        .filter((name) => !isOfRepository(name) && !name.startsWith('node:'))
        .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
      return [room, [...new Set(names)].sort()];
    });
    expect(packagesOf(PAGE).size).toBeGreaterThan(3);
    expect(new Map(imported)).toEqual(packagesOf(PAGE));
  });
});

describe('the check of rooms', () => {
  const page = (...rows: readonly string[]): string =>
    ['| Room | What is in it | May import |', '|---|---|---|', ...rows].join('\n');
  const roomsOfPage = roomsOf(
    page(
      '| `a/core/` | what all need | nothing |',
      '| `a/one/inner/` | a part of one | `core` |',
      '| `a/one/` | the first thing | `./`, `core` |',
      '| `b/` | what uses a | `a` |',
      '| `c/**/` | tests of all | everything |',
    ),
  );
  const files = (...imports: readonly [string, ...string[]][]): SourceFile[] =>
    imports.map(([path, ...targets]) => ({ path, imports: targets }));
  const EACH = files(
    ['a/core/x.ts'],
    ['a/one/inner/x.ts'],
    ['a/one/x.ts'],
    ['b/x.ts'],
    ['c/d/x.ts'],
  );

  it('lets pass folders that all have a row, and imports that follow the rows', () => {
    const followed = files(
      ['a/core/x.ts', 'a/core/y.ts'],
      ['a/one/inner/x.ts', 'a/core/x.ts'],
      ['a/one/x.ts', 'a/one/inner/x.ts', 'a/core/x.ts'],
      ['b/x.ts', 'a/one/inner/x.ts'],
      ['c/x.ts', 'b/x.ts'],
      ['c/d/x.ts', 'c/x.ts'],
    );
    expect(checkRooms(roomsOfPage, followed)).toEqual([]);
    expect(checkImports(roomsOfPage, followed)).toEqual([]);
  });

  it('finds a folder without a row', () => {
    const found = checkRooms(roomsOfPage, [...EACH, ...files(['a/two/x.ts'])]);
    expect(found).toEqual(['a/two/ has no row']);
  });

  it('finds a row whose folder is gone', () => {
    expect(checkRooms(roomsOfPage, EACH.slice(1))).toEqual([
      'a/core/ has a row, but no TypeScript',
    ]);
  });

  it('finds a row that says nothing', () => {
    const silent = roomsOf(page('| `a/` | things | nothing |'));
    expect(checkRooms(silent, files(['a/x.ts']))).toEqual([
      'a/ has a row that does not say what it is',
    ]);
  });

  it('finds rooms that may import each other, and names of no room', () => {
    const circle = roomsOf(page('| `a/` | the one | `b`, `gone` |', '| `b/` | the other | `a` |'));
    expect(checkRooms(circle, files(['a/x.ts'], ['b/x.ts']))).toEqual([
      'a/ may import b/, which stands below it',
      'a/ may import gone, which is no room',
    ]);
  });

  it('lets a name cover no tests', () => {
    const tested = roomsOf(
      page(
        '| `a/` | the one | nothing |',
        '| `b/` | the other | `a` |',
        '| `a/test/**/` | tests of a | `a` |',
      ),
    );
    const found = files(['a/test/x.ts', 'a/x.ts'], ['b/x.ts', 'a/x.ts', 'a/test/x.ts']);
    expect(checkRooms(tested, [...found, ...files(['a/x.ts'])])).toEqual([]);
    expect(checkImports(tested, found)).toEqual(['b/x.ts imports a/test/x.ts: b/ may import a']);
  });

  it('finds an import against the direction', () => {
    const against = files(['a/core/x.ts', 'a/one/x.ts'], ['a/one/inner/x.ts', 'b/x.ts']);
    expect(checkImports(roomsOfPage, against)).toEqual([
      'a/core/x.ts imports a/one/x.ts: a/core/ may import nothing',
      'a/one/inner/x.ts imports b/x.ts: a/one/inner/ may import core',
    ]);
  });

  it('finds an import that passes by the entries of a module', () => {
    const found = files(
      ['app/x.ts', 'modules/index.ts', 'modules/core/index.ts', 'modules/core/checks.ts'],
      ['app/y.ts', 'modules/core/problem.ts'],
      ['modules/core/x.ts', 'modules/core/problem.ts'],
      ['test/x.ts', 'modules/core/problem.ts'],
    );
    expect(checkEntries(found)).toEqual([
      'app/y.ts imports modules/core/problem.ts, which is no index.ts and no checks.ts',
    ]);
  });
});
