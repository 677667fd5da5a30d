import { Token } from 'cdktf';
import { formatPath, type Path, type Problem, REFERENCE, showValue } from '../../modules/core';
import { isMapping } from './schema-walk';

/** As much of a problem as tells whether it is news. */
type Finding = Pick<Problem, 'id' | 'path' | 'value'> & {
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
 * What is told of a file. Of a value of which something is told, nothing more is: those who look at
 * it next see a stand-in (see `standIns`), and what they say of that is recognized here.
 *
 * Looks up by path, since a file may have thousands of problems.
 */
export class Told {
  private readonly paths = new Set<string>();
  private readonly wholes = new Set<string>();
  /** Rules with their value, at all that their path is in. */
  private readonly rules = new Set<string>();

  constructor(problems: readonly Finding[] = []) {
    this.add(problems);
  }

  public add(problems: readonly Finding[]): void {
    for (const one of problems) {
      const path = formatPath(one.path);
      this.paths.add(path);
      if (isOfWhole(one)) this.wholes.add(path);
      for (const part of partsAround(one.path)) this.rules.add(ruleAt(part, one));
    }
  }

  /**
   * Whether a problem follows from what is told already, or says it once more: it speaks of a
   * stand-in, is in a value that is wrong as a whole, or at a key of which something is told. Where a
   * construct has a value by another key than the file, the same rule of the same value is enough.
   */
  public isConsequence(one: Finding): boolean {
    const path = formatPath(one.path);
    return (
      speaksOfStandIn(one) ||
      partsAround(one.path).some((part) => this.wholes.has(part)) ||
      this.rules.has(ruleAt(one.isCut === true ? EVERYWHERE : path, one)) ||
      (one.isCut !== true && this.paths.has(path))
    );
  }
}

const isOfWhole = ({ id, value }: Finding): boolean =>
  OF_WHOLE_VALUES.has(id) || (id === 'list-length' && value === 0);

const ruleAt = (part: string, { id, value }: Finding): string =>
  `${part} ${id} ${showValue(value)}`;

/** The path of all of a file. */
const EVERYWHERE = formatPath([]);

/** The value itself, and all that it is in. */
const partsAround = (path: Path): string[] => [
  ...path.map((_part, index) => formatPath(path.slice(0, index))),
  formatPath(path),
];

/** A file has no references. */
const speaksOfStandIn = ({ path, value }: Finding): boolean =>
  value === REFERENCE || hasToken(value) || path.some((part) => Token.isUnresolved(part));

/** Whether there is a token in it, at any depth. */
function hasToken(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  if (Array.isArray(value)) return value.some(hasToken);
  return isMapping(value) && Object.entries(value).flat().some(hasToken);
}
