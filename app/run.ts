import { ValidationError } from '../modules/core';
import type { CalendarDate } from '../modules/windows-base/checks';
import { formatFileProblem, inReadingOrder } from './files/file-problem';
import { loadEnvironments } from './loading/load-environments';
import { locateRefusedInputs } from './refused-inputs';
import { renderSummary } from './summary';
import { synthesize } from './synthesize';

/** Where the app reads and writes. */
export interface RunOptions {
  /** Folder with one YAML file an environment. */
  readonly environmentsFolder: string;
  /** Folder that gets the Terraform JSON. */
  readonly outputFolder: string;
  /** The date of today, on which some notices depend. Nothing that is written does. */
  readonly today: CalendarDate;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/**
 * Reads all environments and synthesizes their stacks. Returns the exit code: 0, or 1 after every
 * problem was listed and nothing was written.
 */
export function run(options: RunOptions): 0 | 1 {
  const { environments, problems: found } = loadEnvironments(options.environmentsFolder);
  if (found.length > 0) return refuse(options, found.map(formatFileProblem));
  try {
    const { outputFolder } = options;
    const stacks = synthesize(environments, outputFolder);
    options.print(renderSummary({ environments, stacks, outputFolder, today: options.today }));
    return 0;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const problems = locateRefusedInputs(error, environments);
    return problems === undefined
      ? refuse(options, [error.message], error.problems.length)
      : refuse(options, inReadingOrder(problems).map(formatFileProblem));
  }
}

function refuse(
  { printError }: RunOptions,
  texts: readonly string[],
  count: number = texts.length,
): 1 {
  const problems = count === 1 ? '1 problem' : `${count} problems`;
  printError([...texts, `${problems}; nothing was written`].join('\n'));
  return 1;
}
