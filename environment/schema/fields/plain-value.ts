import { Token } from 'cdktf';
import { type Path, type Problem, problem } from '../../../modules/core';

/**
 * The checks of the constructs take CDKTF's place-holders for values yet to come. In a file they are
 * just text.
 */
export function checkPlain(path: Path, value: unknown): Problem[] {
  if (!Token.isUnresolved(value)) return [];
  return [problem('place-holder', path, 'be a plain value, not a place-holder of CDKTF', value)];
}

/** The same for everything inside of a value that goes somewhere else as it is: any JSON. */
export function checkPlainData(path: Path, value: unknown): Problem[] {
  if (value === null)
    return [
      problem('data-without-value', path, 'have a value', value, 'write one, or remove the key'),
    ];
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return [problem('data-number', path, 'be a number that JSON can have', value)];
  }
  const problems = checkPlain(path, value);
  if (typeof value !== 'object' || problems.length > 0) return problems;
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, one]) => [
    ...checkPlain([...path, key], key),
    ...checkPlainData([...path, key], one),
  ]);
}
