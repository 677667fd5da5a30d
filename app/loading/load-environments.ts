import { type Dirent, readdirSync } from 'node:fs';
import { posix, sep } from 'node:path';
import type { ComponentDocuments } from '../../environment/component-documents';
import type { Environment } from '../../environment/schema/environment-schema';
import { type Path, type Problem, problem, wording } from '../../modules/core';
import { Told } from '../files/consequences';
import {
  compareText,
  type FileProblem,
  inReadingOrder,
  problemInText,
  wholeProblem,
} from '../files/file-problem';
import { readTextFile, reasonOf } from '../files/text-file';
import { readComponentFiles } from './component-files';
import {
  type EnvironmentFile,
  type Locate,
  readEnvironmentFile,
  unreadFile,
} from './environment-file';
import { readNodeFiles, withNodeFiles } from './node-files';

/** An environment and where it comes from. */
export interface LoadedEnvironment {
  /** The path as the user would type it, with forward slashes. */
  readonly file: string;
  readonly environment: Environment;
  /** The component files that it names, read; the texts of its node files are in `environment`. */
  readonly documents: ComponentDocuments;
  /** What is wrong with it; then stand-ins are in the place of what is wrong or could not be read. */
  readonly problems: readonly FileProblem[];
  readonly locate: Locate;
  /** Whether a key is not there because it, or what it stands in, is written wrongly. */
  readonly isMisspelled: (path: Path) => boolean;
}

/** What {@link loadEnvironments} found. At least one of both lists has something in it. */
export interface LoadedEnvironments {
  /** The environments, sorted by file name: of each file that has keys at all. */
  readonly environments: readonly LoadedEnvironment[];
  /** All problems of all files, sorted by file, line and column. */
  readonly problems: readonly FileProblem[];
}

/**
 * Reads all environment files (`*.yaml`, `*.yml`) of a folder, but not of folders in it. Files
 * whose name begins with a dot are left alone: they are the temporary files of editors.
 *
 * Never throws for what is in the folder or the files; all of that is among the problems.
 */
export function loadEnvironments(directory: string): LoadedEnvironments {
  const folder = posix.normalize(directory.split(sep).join(posix.sep)).replace(/(?<=.)\/$/, '');
  const names = listYamlFiles(folder);
  if ('problem' in names) return { environments: [], problems: [names.problem] };
  const files = names.map((name) => readFile(posix.join(folder, name)));
  const duplicates = checkUniqueNames(files);
  const loaded = files.map((file) => {
    const { documents, problems } = readComponentFiles(file);
    const { texts, problems: inTexts } = readNodeFiles(file);
    const others = duplicates.filter((one) => one.file === file.file);
    const told = new Told(file.problems);
    const inUse = problems.filter((one) => one.file !== file.file || !told.isConsequence(one));
    const all = [...file.problems, ...others, ...inUse, ...inTexts];
    const environment = file.environment && withNodeFiles(file.environment, texts);
    return { ...file, environment, documents, problems: all };
  });
  const environments = loaded.flatMap(({ environment, ...rest }) => {
    const { file, documents, problems, locate, isMisspelled } = rest;
    if (environment === undefined) return [];
    return [{ file, environment, documents, problems, locate, isMisspelled }];
  });
  return { environments, problems: inReadingOrder(loaded.flatMap(({ problems }) => problems)) };
}

function listYamlFiles(folder: string): string[] | { problem: FileProblem } {
  const advice = 'copy environments/example.yaml into it';
  const whole = (problem: Omit<Problem, 'path'>) => {
    return { file: folder, ...wholeProblem('folder', problem) };
  };
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const value = reasonOf(error);
    const message = wording('be readable', value, 'check its name and who may read it');
    return { problem: whole({ id: 'unreadable-folder', value, message }) };
  }
  const names = entries.map(({ name }) => name).filter((name) => /^[^.].*\.ya?ml$/i.test(name));
  if (names.length === 0) {
    const message = wording('have an environment file (*.yaml)', 'none', advice);
    return { problem: whole({ id: 'no-environment-file', value: 0, message }) };
  }
  return names.sort(compareText);
}

function readFile(file: string): EnvironmentFile {
  const read = readTextFile(file);
  if ('text' in read) return readEnvironmentFile(file, read.text);
  return unreadFile(file, [{ file, ...wholeProblem('file', read) }]);
}

/** Stacks are named after their environment, so two of one name would be one stack. */
function checkUniqueNames(files: readonly EnvironmentFile[]): FileProblem[] {
  const named = files.flatMap(({ file, name }) => (name === undefined ? [] : [{ file, ...name }]));
  return named.flatMap(({ file, text: name, ...position }) => {
    const other = named.find((one) => one.text === name && one.file !== file);
    if (other === undefined) return [];
    const place = `${other.file}:${other.line}:${other.column}`;
    const rule = 'differ from all other environments';
    const advice = `${place} has the same`;
    const found = problem('environment-name-taken', ['name'], rule, name, advice);
    return [{ file, ...problemInText(position, found) }];
  });
}
