import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { wording } from '../modules/core';
import { type FileProblem, wholeProblem } from './files/file-problem';
import { reasonOf } from './files/text-file';

/** What is in the way of writing to a folder, which need not be there yet. Writes nothing. */
export function checkOutputFolder(folder: string): FileProblem[] {
  const value = obstacleAt(nearestThere(resolve(folder)));
  if (value === undefined) return [];
  const advice = 'move it away, or name another folder in CDKTF_OUTDIR';
  const message = wording('be a folder to write to', value, advice);
  return [{ file: folder, ...wholeProblem('folder', { id: 'output-folder', value, message }) }];
}

/**
 * What the operating system has refused in the output folder, as a problem of the path. Anything
 * else is a bug, and thrown again.
 */
export function refusedInOutputFolder(error: unknown): FileProblem {
  const value = reasonOf(error);
  const { path } = error as NodeJS.ErrnoException;
  if (path === undefined) throw error;
  const advice = 'see who may write there, or name another folder in CDKTF_OUTDIR';
  const message = wording('be written', value, advice);
  const file = relative('', path).replaceAll('\\', '/');
  return { file, ...wholeProblem('file', { id: 'output-file', value, message }) };
}

/** The path itself, or what is there of the folders that it is in. */
const nearestThere = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));

function obstacleAt(path: string): string | undefined {
  if (!statSync(path).isDirectory()) return 'a file';
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
