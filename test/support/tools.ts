import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { findAwsCliV2 } from '../../emulator/programs/aws-cli-v2';
import {
  executablePath,
  findProviderMirror,
  findTool,
  type ToolName,
} from '../../emulator/programs/tools';

/** What a test group can need: programs on PATH, an optional dependency or a provider mirror. */
export type Need = ToolName | 'aws-cli-v2' | 'cdktf' | 'provider-mirror';

/** The `cdktf` command, an optional dependency: on some platforms it cannot be installed. */
export const CDKTF = join(__dirname, '../../node_modules/.bin/cdktf');

/** What has to be there, as `.ci/run` says: tests that need it must not be skipped. */
const mustRun = (): ReadonlySet<string> => new Set(process.env['MUST_RUN']?.split(' '));

/** What becomes of a test group. */
export type GroupDecision =
  | { readonly kind: 'run' }
  /** `reason` says what is missing and how to get it. */
  | { readonly kind: 'skip' | 'fail'; readonly reason: string };

/**
 * Decides whether a test group can run. What is in the variable MUST_RUN makes the group fail when it
 * is missing; so does, in CI, a program that is installed but does not run. A broken installation does
 * not pass as a skip.
 */
export function decideGroup(needs: readonly Need[]): GroupDecision {
  const missing = needs.flatMap((need) => {
    const reason = missingReason(need);
    return reason === undefined ? [] : [{ need, reason }];
  });
  if (missing.length === 0) return { kind: 'run' };
  const isBroken = missing.some(
    ({ need }) => mustRun().has(need) || (process.env['CI'] && executablePath(need) !== undefined),
  );
  const reason = missing.map((entry) => entry.reason).join('; ');
  return { kind: isBroken ? 'fail' : 'skip', reason };
}

/**
 * Declares a test group that needs programs. When one is missing, the tests of the group count as
 * skipped and the title ends with the reason.
 * @throws Error when one is missing that has to be there, or is installed but does not run.
 */
export function describeWith(needs: readonly Need[], name: string, tests: () => void): void {
  const decision = decideGroup(needs);
  if (decision.kind === 'fail') throw new Error(`${name}: ${decision.reason}`);
  describeUnless(decision.kind === 'skip' ? decision.reason : undefined, name, tests);
}

/**
 * Declares a test group that needs any other program, by its name on PATH.
 * @throws Error when it is missing and has to be there.
 */
export function describeWithProgram(program: string, tests: () => void): void {
  const found = executablePath(program) !== undefined;
  if (!found && mustRun().has(program)) throw new Error(`${program} is not on PATH`);
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
  if (need === 'cdktf') {
    return existsSync(CDKTF) ? { path: CDKTF } : { missing: 'cdktf-cli is not installed' };
  }
  return findTool(need);
}

function missingReason(need: Need): string | undefined {
  const result = findNeed(need);
  return 'missing' in result ? String(result.missing) : undefined;
}
