import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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
