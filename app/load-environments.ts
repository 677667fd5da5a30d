import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { TextDecoder } from 'node:util';
import { type EnvironmentFile, readEnvironmentFile } from './environment-file';
import type { Environment } from './environment-schema';
import { compareText, FILE_START, type FileProblem, inReadingOrder } from './file-problem';

/** An environment and where it comes from. */
export interface LoadedEnvironment {
  /** The path as the user would type it, with forward slashes. */
  readonly file: string;
  readonly environment: Environment;
}

/** What {@link loadEnvironments} found. At least one of both lists has something in it. */
export interface LoadedEnvironments {
  /** The environments without any problem, sorted by file name. */
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
  const problems = inReadingOrder([
    ...files.flatMap((file) => file.problems),
    ...checkUniqueNames(files),
  ]);
  const wrong = new Set(problems.map(({ file }) => file));
  const environments = files.flatMap(({ file, environment }) =>
    environment === undefined || wrong.has(file) ? [] : [{ file, environment }],
  );
  return { environments, problems };
}

function listYamlFiles(folder: string): string[] | { problem: FileProblem } {
  const advice = 'copy environments/example.yaml into it';
  const refuse = (rule: string, found: string, whatToDo: string) => ({
    problem: wholeFileProblem(folder, `the folder must ${rule}, got: ${found}; ${whatToDo}`),
  });
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return refuse('be readable', reasonOf(error), 'check its name and who may read it');
  }
  const names = entries.map(({ name }) => name).filter((name) => /^[^.].*\.ya?ml$/i.test(name));
  if (names.length === 0) return refuse('have an environment file (*.yaml)', 'none', advice);
  return names.sort(compareText);
}

function readFile(file: string): EnvironmentFile {
  const unreadable = (text: string): EnvironmentFile => ({
    file,
    environment: undefined,
    name: undefined,
    problems: [wholeFileProblem(file, text)],
  });
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const advice = 'check that it is a file and who may read it';
    return unreadable(`the file must be readable, got: ${reasonOf(error)}; ${advice}`);
  }
  const text = decode(bytes);
  if (text === undefined) {
    const found = 'another encoding';
    return unreadable(`the file must be UTF-8 text, got: ${found}; save it again as UTF-8`);
  }
  return readEnvironmentFile(file, text);
}

/** Takes off a byte order mark. Gives nothing for bytes that are not UTF-8. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw error;
  }
}

/** What the operating system said, by its short code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'a folder',
  ENOENT: 'nothing there',
  ENOTDIR: 'a file',
  EPERM: 'no permission',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}

/** The code that errors of Node.js have, and mistakes in our own code do not. */
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const wholeFileProblem = (file: string, text: string): FileProblem => ({
  file,
  ...FILE_START,
  text,
});

/** Stacks are named after their environment, so two of one name would be one stack. */
function checkUniqueNames(files: readonly EnvironmentFile[]): FileProblem[] {
  const named = files.flatMap(({ file, name }) => (name === undefined ? [] : [{ file, ...name }]));
  return named.flatMap(({ file, line, column, text }) => {
    const others = named.filter((other) => other.text === text && other.file !== file);
    return others.map((other) => {
      const place = `${other.file}:${other.line}:${other.column}`;
      const rule = `\`name\` must differ from all other environments, got: ${JSON.stringify(text)}`;
      return { file, line, column, text: `${rule}; ${place} has the same` };
    });
  });
}
