import type { CalendarDate } from '../modules/windows-base/checks';
import { type FileProblem, formatFileProblem, inReadingOrder } from './files/file-problem';
import { loadEnvironments } from './loading/load-environments';
import { checkOutputFolder } from './output-folder';
import { locateRefusedInputs, stackProblems } from './refused-inputs';
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
 * problem of every file was listed and nothing was written, or else what kept it from being written.
 */
export function run(options: RunOptions): 0 | 1 {
  const { outputFolder, today } = options;
  const { environments, problems } = loadEnvironments(options.environmentsFolder);
  const all = [...problems, ...checkOutputFolder(outputFolder)];
  if (all.length > 0) return refuse(options, [...all, ...environments.flatMap(stackProblems)]);
  const result = synthesize(environments, outputFolder);
  if ('refused' in result) {
    return refuse(options, locateRefusedInputs(result.refused, environments));
  }
  if ('unwritten' in result) {
    return refuse(options, [result.unwritten], 'the output folder may be new in part');
  }
  const { stacks } = result;
  options.print(renderSummary({ environments, stacks, outputFolder, today }));
  return 0;
}

function refuse(
  { printError }: RunOptions,
  found: readonly FileProblem[],
  outcome = 'nothing was written',
): 1 {
  const texts = inReadingOrder(found).map(formatFileProblem);
  const count = texts.length === 1 ? '1 problem' : `${texts.length} problems`;
  printError([...texts, `${count}; ${outcome}`].join('\n'));
  return 1;
}
