import { Token } from 'cdktf';
import { type Path, type Problem, problem } from '../../../modules/core';

/**
 * The checks of the constructs take CDKTF's place-holders for values yet to come. In a file they are
 * just text.
 */
export function checkPlain(path: Path, value: unknown): Problem[] {
  if (!Token.isUnresolved(value)) return [];
  return [problem(path, 'be a plain value, not a place-holder of CDKTF', value)];
}
