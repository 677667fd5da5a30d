import { describe } from '@jest/globals';
import {
  executablePath,
  findProviderMirror,
  findTool,
  type MissingTool,
  type ToolName,
} from '../emulator/tools';

/** What a test group can need: programs on PATH or a provider mirror. */
export type Need = ToolName | 'provider-mirror';

/**
 * Declares a test group that needs programs. When one is missing, the tests of the group count
 * as skipped and the title says why. In CI a program that is installed but does not run makes
 * the group fail instead.
 */
export function describeWith(needs: readonly Need[], name: string, tests: () => void): void {
  const reasons = needs.flatMap((need) => missingReason(need) ?? []);
  if (reasons.length === 0) {
    describe(name, tests);
    return;
  }
  const broken = needs.filter((need) => isBroken(need));
  if (process.env['CI'] && broken.length > 0) {
    throw new Error(`${broken.join(', ')} is installed but not usable: ${reasons.join('; ')}`);
  }
  describe.skip(`${name} (skipped: ${reasons.join('; ')})`, tests);
}

function missingReason(need: Need): string | undefined {
  const result: object | MissingTool =
    need === 'provider-mirror' ? findProviderMirror() : findTool(need);
  return 'missing' in result ? String(result.missing) : undefined;
}

function isBroken(need: Need): boolean {
  return (
    need !== 'provider-mirror' &&
    missingReason(need) !== undefined &&
    executablePath(need) !== undefined
  );
}
