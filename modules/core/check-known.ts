import { Token } from 'cdktf';
import { type Path, type Problem, problem } from './problem';

/** Stands in a message for a value that only Terraform knows. */
export const REFERENCE = 'a reference';

/** A value that is written into text, reckoned with, or part of a name has to be known. */
const KNOWN_RULE = 'be known when the stack is built';

/** A map is written key by key into text, so its keys have to be known. */
const MAP_RULE = 'be keys that are known when the stack is built';

/** What to do when {@link MAP_RULE} is broken. */
const MAP_ADVICE = 'write the keys here; each value may be a reference';

/** A value that no reference may stand for; only one that is there and known is checked further. */
export function checkKnown<T>(
  path: Path,
  value: T | undefined,
  check: (path: Path, value: T) => readonly Problem[] = () => [],
): Problem[] {
  if (value === undefined) return [];
  if (Token.isUnresolved(value)) return [problem('known', path, KNOWN_RULE, REFERENCE)];
  return [...check(path, value)];
}

/** A map of which no reference may stand for the whole; each value may be one. */
export function checkKnownKeys(path: Path, map: object | undefined): Problem[] {
  return Token.isUnresolved(map)
    ? [problem('known-keys', path, MAP_RULE, REFERENCE, MAP_ADVICE)]
    : [];
}
