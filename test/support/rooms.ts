import { posix } from 'node:path';
import { readMarkdown } from './markdown';

/** A row of a table of rooms. */
export interface Room {
  /** As it is written, without the last slash; `*` is one folder, `**` any number. */
  readonly folder: string;
  readonly about: string;
  /** Names of other rooms, as they are written; `./` are those within, `everything` is all. */
  readonly mayImport: readonly string[];
}

/** A TypeScript file with the files of the repository that it imports. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly string[];
}

const EVERYTHING = 'everything';
const NOTHING = 'nothing';

/** The rooms of a page, in its order. */
export function roomsOf(page: string): Room[] {
  return tableRows(page, 'May import').map(([folder, about, imports]) => ({
    folder: posix.join(names(folder)[0] ?? '', '.'),
    about,
    mayImport: /^[a-z]+$/.test(imports) ? [imports] : names(imports),
  }));
}

/** The packages that each top room may import, by its folder. */
export function packagesOf(page: string): Map<string, readonly string[]> {
  const rows = tableRows(page, 'Packages');
  return new Map(rows.map(([folder, , packages]) => [names(folder)[0] ?? '', names(packages)]));
}

function tableRows(page: string, lastColumn: string): [string, string, string][] {
  return readMarkdown(page)
    .tables.filter(({ header }) => header.at(-1) === lastColumn)
    .flatMap(({ rows }) =>
      rows.map(([a = '', b = '', c = '']): [string, string, string] => [a, b, c]),
    );
}

/** What stands in back-ticks. */
function names(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

/** Where the page and the folders differ, and what is wrong with the page by itself. */
export function checkRooms(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  const folders = [...new Set(files.map(({ path }) => posix.dirname(path)))];
  return [
    ...folders
      .filter((folder) => roomOf(rooms, folder) === undefined)
      .map((folder) => `${folder}/ has no row`),
    ...rooms
      .filter((room) => !folders.some((folder) => roomOf(rooms, folder) === room))
      .map(({ folder }) => `${folder}/ has a row, but no TypeScript`),
    ...rooms
      .filter(({ about }) => !about.includes(' '))
      .map(({ folder }) => `${folder}/ has a row that does not say what it is`),
    ...rooms.flatMap((room, index) => checkOrder(rooms, room, index)),
  ];
}

/** A room stands below all that it may import; so there is no circle of rooms. */
function checkOrder(rooms: readonly Room[], room: Room, index: number): string[] {
  return room.mayImport.flatMap((name) => {
    if (name === EVERYTHING || name === NOTHING) return [];
    const named = rooms.filter(
      (other) => other !== room && isNamed(rooms, room, name, other.folder),
    );
    if (named.length === 0) return [`${room.folder}/ may import ${name}, which is no room`];
    return named
      .filter((other) => rooms.indexOf(other) > index)
      .map((other) => `${room.folder}/ may import ${other.folder}/, which stands below it`);
  });
}

/** Imports that no row allows. */
export function checkImports(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const folder = posix.dirname(path);
    const room = roomOf(rooms, folder);
    if (room === undefined) return [];
    return imports
      .filter((target) => !mayImport(rooms, room, folder, posix.dirname(target)))
      .map((target) => `${path} imports ${target}: ${allowance(room)}`);
  });
}

/** The entries of a module, for code outside of `modules/`. */
const ENTRY = /^modules\/(?:[^/]+\/)?(?:index|checks)\.ts$/;

/** Imports from outside that pass by the entries of a module. Tests may look inside. */
export function checkEntries(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !/^modules\/|(?:^|\/)test\//.test(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('modules/') && !ENTRY.test(target))
        .map((target) => `${path} imports ${target}, which is no index.ts and no checks.ts`),
    );
}

function allowance({ folder, mayImport }: Room): string {
  return `${folder}/ may import ${mayImport.join(', ')}`;
}

function mayImport(rooms: readonly Room[], room: Room, from: string, to: string): boolean {
  if (from === to) return true;
  return room.mayImport.some((name) => name === EVERYTHING || isNamed(rooms, room, name, to));
}

/** Whether a name in the row of a room stands for a folder. A name is looked for from near to far. */
function isNamed(rooms: readonly Room[], room: Room, name: string, folder: string): boolean {
  if (name === './') return folder !== room.folder && covers(room.folder, folder);
  const found = foldersAround(room.folder)
    .map((place) => posix.join(place, name))
    .find((one) => rooms.some((other) => isWithin(other.folder, one)));
  return found !== undefined && covers(found, folder);
}

/** `a/b`, `a` and `.` for `a/b/c`. */
function foldersAround(folder: string): string[] {
  const outer = posix.dirname(folder);
  return outer === '.' ? ['.'] : [outer, ...foldersAround(outer)];
}

/** A name covers all that lies within, but for tests. */
function covers(outer: string, folder: string): boolean {
  const rest = folder.slice(outer.length).split('/');
  return isWithin(folder, outer) && !rest.includes('test');
}

function isWithin(folder: string, outer: string): boolean {
  return folder === outer || folder.startsWith(`${outer}/`);
}

/** The row of a folder: its own, or else the first pattern that fits. */
function roomOf(rooms: readonly Room[], folder: string): Room | undefined {
  const exact = rooms.find((room) => room.folder === folder);
  return exact ?? rooms.find((room) => patternOf(room.folder).test(folder));
}

function patternOf(folder: string): RegExp {
  const literal = folder.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const pattern = literal.replace('/**', '(?:/.+)?').replace(/\/\*(?!\*)/, '/[^/]+');
  return new RegExp(`^${pattern}$`);
}
