import type { Construct, IConstruct } from 'constructs';

/** Where a value stands, as the person who wrote it would spell it: `['groups', 0, 'minSize']`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with an input, and what to do about it. */
export interface Problem {
  /** Which rule it is: the same for every value that breaks it, and never reworded. */
  readonly id: string;
  readonly path: Path;
  /** What was found there. */
  readonly value: unknown;
  /** Everything after the path: `must <rule>, got: <value>; <what to do>`. */
  readonly message: string;
}

/** Writes a path the way it is typed: `groups[0].minSize`, with odd keys in brackets. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** One problem on one line: `` `groups[0].minSize` must be …, got: -1; … ``. */
export function formatProblem(problem: Problem): string {
  return `\`${formatPath(problem.path)}\` ${problem.message}`;
}

/**
 * Shows a value in an error message. Strings are quoted, so that blanks and line ends show, and
 * cut after 120 characters, so that a pasted document does not hide the message.
 */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON has no infinity and no "not a number".
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/**
 * Composes a {@link Problem}, whose message has the one form that all of them have.
 *
 * @param id names the rule; one id has one wording
 */
export function problem(
  id: string,
  path: Path,
  rule: string,
  value: unknown,
  whatToDo?: string,
): Problem {
  return { id, path, value, message: wording(rule, showValue(value), whatToDo) };
}

/** What a problem says behind its path: the only place that has the form of the sentence. */
export function wording(rule: string, shown: string, whatToDo?: string): string {
  return `must ${rule}, got: ${shown}${whatToDo === undefined ? '' : `; ${whatToDo}`}`;
}

/** The same problems of a value that stands at a path. */
export const problemsAt = (path: Path, problems: readonly Problem[]): Problem[] =>
  problems.map((one) => ({ ...one, path: [...path, ...one.path] }));

/** Inputs of a construct were wrong. Lists all problems at once, under the construct's path. */
export class ValidationError extends Error {
  public override readonly name = 'ValidationError';

  /**
   * @param constructName class of the construct that refuses its inputs
   * @param constructPath its path in the tree
   */
  constructor(
    public readonly constructName: string,
    public readonly constructPath: string,
    public readonly problems: readonly Problem[],
  ) {
    const lines = problems.map((one) => `  - ${formatProblem(one)}`);
    super([`${constructName} at "${constructPath}":`, ...lines].join('\n'));
  }
}

const gatherings = new WeakMap<IConstruct, ValidationError[]>();

/**
 * From now on no construct below refuses its inputs: what is wrong with them comes into the list
 * that this gives back, so that a caller can tell the problems of all constructs at once. When the
 * list has something in it, what was built is not fit for use.
 *
 * @param root the app
 */
export function gatherProblems(root: IConstruct): readonly ValidationError[] {
  const gathered: ValidationError[] = [];
  gatherings.set(root, gathered);
  return gathered;
}

/**
 * Refuses inputs with problems.
 *
 * @throws ValidationError when there is at least one problem, and nobody gathers them, see
 * {@link gatherProblems}
 */
export function assertNoProblems(scope: Construct, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const error = new ValidationError(scope.constructor.name, scope.node.path, problems);
  const gathered = gatherings.get(scope.node.root);
  if (gathered === undefined) throw error;
  gathered.push(error);
}
