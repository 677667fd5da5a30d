import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/** What a folder looks like from outside: every entry by its path, with forward slashes. */
export type FolderContents = Readonly<
  Record<string, { readonly text: string; readonly time: number }>
>;

/** Long before any test: a file that is written again is newer. */
const LONG_AGO = new Date('2001-02-03T04:05:06Z');

/**
 * Text and modification time of every file of a folder, and the time of every folder; a folder's
 * time changes when a file comes or goes. Nothing when the folder does not exist.
 */
export function folderContents(folder: string): FolderContents | undefined {
  if (!existsSync(folder)) return undefined;
  const entries = ['.', ...listEntries(folder)].map((path) => {
    const stats = statSync(join(folder, path));
    const text = stats.isDirectory() ? '' : readFileSync(join(folder, path), 'utf8');
    return [path, { text, time: stats.mtimeMs }] as const;
  });
  return Object.fromEntries(entries);
}

/** The paths of all files of a folder, sorted, with forward slashes. */
export function listFiles(folder: string): string[] {
  return listEntries(folder).filter((path) => statSync(join(folder, path)).isFile());
}

/** The text of every file of a folder, by its path. */
export function fileTexts(folder: string): Readonly<Record<string, string>> {
  const entries = listFiles(folder).map(
    (path) => [path, readFileSync(join(folder, path), 'utf8')] as const,
  );
  return Object.fromEntries(entries);
}

/** Makes everything in a folder look old. */
export function makeOld(folder: string): void {
  for (const path of [...listEntries(folder), '.']) {
    utimesSync(join(folder, path), LONG_AGO, LONG_AGO);
  }
}

/** The files of a folder that were written since {@link makeOld}. */
export function newFiles(folder: string): string[] {
  return listFiles(folder).filter(
    (path) => statSync(join(folder, path)).mtimeMs !== LONG_AGO.getTime(),
  );
}

function listEntries(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.map((path) => path.split(sep).join(posix.sep)).sort();
}
