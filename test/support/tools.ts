import { describe, jest } from '@jest/globals';
import { findAwsCliV2 } from '../../emulator/programs/aws-cli-v2';
import {
  executablePath,
  findProviderMirror,
  findTool,
  type ToolName,
} from '../../emulator/programs/tools';

/** What a test group can need: programs on PATH or a provider mirror. */
export type Need = ToolName | 'aws-cli-v2' | 'provider-mirror';

/** What becomes of a test group. */
export type GroupDecision =
  | { readonly kind: 'run' }
  /** `reason` says what is missing and how to get it. */
  | { readonly kind: 'skip' | 'fail'; readonly reason: string };

/**
 * Decides whether a test group can run. In CI a program that is installed but does not run
 * makes the group fail, so that a broken installation does not pass as a skip.
 */
export function decideGroup(needs: readonly Need[]): GroupDecision {
  const missing = needs.flatMap((need) => {
    const reason = missingReason(need);
    return reason === undefined ? [] : [{ need, reason }];
  });
  if (missing.length === 0) return { kind: 'run' };
  const installed = missing.some(({ need }) => executablePath(need) !== undefined);
  const reason = missing.map((entry) => entry.reason).join('; ');
  return { kind: process.env['CI'] && installed ? 'fail' : 'skip', reason };
}

/** Only what hangs takes as long, however busy the machine is; for tests and hooks of the file. */
const PROGRAM_LIMIT_MS = 120_000;

/**
 * Declares a test group that needs programs, and allows each of its tests two minutes. When one is
 * missing, the tests of the group count as skipped and the title ends with the reason.
 * @throws Error in CI when a program is installed but does not run.
 */
export function describeWith(needs: readonly Need[], name: string, tests: () => void): void {
  jest.setTimeout(PROGRAM_LIMIT_MS);
  const decision = decideGroup(needs);
  if (decision.kind === 'fail') throw new Error(`${name}: ${decision.reason}`);
  describeUnless(decision.kind === 'skip' ? decision.reason : undefined, name, tests);
}

/** Declares a test group that needs any other program, by its name on PATH. */
export function describeWithProgram(program: string, tests: () => void): void {
  const found = executablePath(program) !== undefined;
  describeUnless(found ? undefined : `${program} is not on PATH`, program, tests);
}

/** Declares a test group; with a reason against it, its tests count as skipped and name it. */
export function describeUnless(reason: string | undefined, name: string, tests: () => void): void {
  if (reason === undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: ${reason})`, tests);
}

function findNeed(need: Need): object {
  if (need === 'provider-mirror') return findProviderMirror();
  if (need === 'aws-cli-v2') return findAwsCliV2();
  return findTool(need);
}

function missingReason(need: Need): string | undefined {
  const result = findNeed(need);
  return 'missing' in result ? String(result.missing) : undefined;
}
