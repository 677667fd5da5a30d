import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-node';

/** Folders that are made, not written. Those whose name begins with a dot are too, but for two. */
const MADE = new Set(['node_modules', 'cdktf.out', 'coverage']);
const WRITTEN_DOT_FOLDERS = new Set(['.ci', '.github']);

/** Every file of the repository, sorted, as a path from its root with forward slashes. */
export function repositoryFiles(folder = '.'): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) return [path];
      return entry.isDirectory() && isWritten(entry.name) ? repositoryFiles(path) : [];
    })
    .sort();
}

function isWritten(folder: string): boolean {
  return folder.startsWith('.') ? WRITTEN_DOT_FOLDERS.has(folder) : !MADE.has(folder);
}

/** The text of a file of the repository. */
export function repositoryText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What a TypeScript file imports, re-exports or requires, as it is written. */
export function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^;'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
