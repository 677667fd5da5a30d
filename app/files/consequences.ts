import { Token } from 'cdktf';
import { type Path, type Problem, REFERENCE, showValue } from '../../modules/core';
import { isMapping } from './schema-walk';

/** As much of a problem as tells whether it is news. */
type Told = Pick<Problem, 'id' | 'path' | 'value'> & {
  /** Whether the path is only that part of a construct's which a file can have. @default false */
  readonly isCut?: boolean;
};

/** What is told of a value that is wrong as a whole, so that nobody knows what would be in it. */
const OF_WHOLE_VALUES: ReadonlySet<string> = new Set([
  'alternative',
  'empty-value',
  'missing-key',
  'wrong-type',
]);

/**
 * Whether a problem follows from what is told of a file already, or says it once more: it speaks of
 * a stand-in (a file has no references), of what would be in a value that is wrong as a whole, or of
 * the same value by the same rule or at the same key.
 */
export function isConsequence(one: Told, told: readonly Told[]): boolean {
  return (
    one.value === REFERENCE ||
    hasToken(one.value) ||
    one.path.some((part) => Token.isUnresolved(part)) ||
    told.some((other) => isOutOf(one, other) || saysAgain(one, other))
  );
}

const isOutOf = ({ path }: Told, { id, path: whole, value }: Told): boolean =>
  startsWith(path, whole) && (OF_WHOLE_VALUES.has(id) || (id === 'list-length' && value === 0));

/** A construct may know the value by another key than the file, which then is cut to its part. */
function saysAgain(one: Told, other: Told): boolean {
  const isSameRule = one.id === other.id;
  const isWithin = startsWith(other.path, one.path);
  if (isSame(one.path, other.path) && isSameRule && one.isCut !== true) return true;
  if (showValue(one.value) !== showValue(other.value)) return false;
  if (isSame(one.path, other.path)) return true;
  return one.isCut === true
    ? isSameRule || (isWithin && typeof one.value === 'string')
    : isSameRule && isWithin;
}

const startsWith = (path: Path, start: Path): boolean =>
  start.every((part, index) => path[index] === part);

const isSame = (left: Path, right: Path): boolean =>
  left.length === right.length && startsWith(left, right);

/** Whether there is a token in it, at any depth. */
function hasToken(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  if (Array.isArray(value)) return value.some(hasToken);
  return isMapping(value) && Object.entries(value).flat().some(hasToken);
}
