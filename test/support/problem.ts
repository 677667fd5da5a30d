import { formatPath, type Path, type Problem, showValue } from '../../modules/core';

/**
 * What a test says of a problem: which rule, where, and of which value. The wording is in one list
 * of its own, docs/problems.md.
 */
export const outline = ({ id, path, value }: Problem): string =>
  `${id} \`${formatPath(path)}\` ${showValue(value)}`;

/** A problem in an error of which only the text is compared, as jest does with errors. */
export const told = (path: Path, message: string): Problem => ({
  id: 'told',
  path,
  value: undefined,
  message,
});
