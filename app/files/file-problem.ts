import { formatProblem, type Path, type Problem } from '../../modules/core';

/** Where something stands in a text file. Both numbers count from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place of everything that concerns a file as a whole. */
export const FILE_START: Position = { line: 1, column: 1 };

/** Where a character of a text stands. */
export function positionIn(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** What a problem of a text says without its file. */
export interface TextProblem extends Position {
  /** Which rule it is, as in docs/problems.md. */
  readonly id: string;
  /** The key; empty for what concerns the file as a whole. */
  readonly path: Path;
  /** What was found there. */
  readonly value: unknown;
  /** The whole message: `` `name` must <rule>, got: <value>; <what to do> ``. */
  readonly text: string;
}

/** One thing that is wrong with a file, with its place. */
export interface FileProblem extends TextProblem {
  /** The path as the user would type it, with forward slashes. */
  readonly file: string;
}

/** A problem of a file as a whole, or of a folder. */
export const wholeProblem = (
  what: 'file' | 'folder',
  { id, value, message }: Omit<Problem, 'path'>,
  position = FILE_START,
): TextProblem => ({ ...position, id, path: [], value, text: `the ${what} ${message}` });

/** A problem at its place in a text. */
export const problemInText = (position: Position, problem: Problem): TextProblem => {
  const { id, path, value } = problem;
  return {
    line: position.line,
    column: position.column,
    id,
    path,
    value,
    text: formatProblem(problem),
  };
};

/** One problem on one line, with a place that terminals and editors turn into a link. */
export function formatFileProblem({ file, line, column, text }: FileProblem): string {
  return `${file}:${line}:${column}  ${text}`;
}

/** Compares by UTF-16 code units: the same order on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorts by file, line, column and text, and drops repetitions. */
export function inReadingOrder(problems: readonly FileProblem[]): FileProblem[] {
  const once = new Map(problems.map((problem) => [formatFileProblem(problem), problem]));
  return [...once.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.text, b.text),
  );
}
