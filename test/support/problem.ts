import type { FileProblem } from '../../app/files/file-problem';
import {
  formatPath,
  type Path,
  type Problem,
  showValue,
  ValidationError,
} from '../../modules/core';

/**
 * What a test says of a problem: where, which rule, and of which value. The wording is in one list
 * of its own, docs/problems.md.
 */
export const outline = ({ id, path, value }: Outlined): string =>
  `\`${formatPath(path)}\` ${id}: ${showValue(value)}`;

type Outlined = Pick<Problem, 'id' | 'path' | 'value'>;

/** The same of a problem in a file, with its place: `` e.yaml:3:7  `name` environment-name: "X" ``. */
export const outlineInFile = (one: FileProblem): string =>
  `${one.file}:${one.line}:${one.column}  ${outline(one)}`;

/** The error with which inputs are refused. Fails when they are not. */
export function refusalOf(build: () => unknown): ValidationError {
  try {
    build();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** What is wrong with refused inputs. Fails when they are taken, or for another error. */
export const refusedBy = (build: () => unknown): string[] => refusalOf(build).problems.map(outline);

/** What a problem says to do; for advice that depends on the case. */
export const adviceOf = ({ message }: Pick<Problem, 'message'>): string =>
  message.split('; ').slice(1).join('; ');

/** A problem in an error of which only the text is compared, as jest does with errors. */
export const told = (path: Path, message: string): Problem => ({
  id: 'told',
  path,
  value: undefined,
  message,
});

/** A problem without its id and value, for a comparison with what {@link told} gives. */
export const asTold = ({ path, message }: Problem): Problem => told(path, message);
