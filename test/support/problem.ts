import type { FileProblem } from '../../app/files/file-problem';
import { formatPath, type Problem, showValue, ValidationError } from '../../modules/core';

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

/** What a problem says to do, behind its value; for advice that depends on the case. */
export function adviceOf({ message, value }: Problem): string {
  const before = `, got: ${showValue(value)}; `;
  const at = message.indexOf(before);
  return at === -1 ? '' : message.slice(at + before.length);
}
