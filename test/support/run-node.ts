import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The folder of the repository. */
export const ROOT = join(__dirname, '..', '..');

/** How a program ended, and all that it said. */
export interface NodeResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Only what hangs takes as long, however busy the machine is. */
const HANG_MS = 300_000;

/**
 * Runs a TypeScript file the way `npm start` does, with an environment of its own: no other program
 * can be found on its PATH, and no setting of the machine reaches it.
 *
 * @param folder the current folder of the program
 */
export function runNode(
  file: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): NodeResult {
  const loader = require.resolve('tsx/cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', loader, file], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '', ...environment },
    timeout: HANG_MS,
  });
  return { status, stdout, stderr };
}
