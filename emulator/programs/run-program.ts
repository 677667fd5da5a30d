import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { groupHasEnded } from './process-group';

/** How a program ended. */
export interface ProgramResult {
  /** Exit status; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start a program. */
export interface ProgramOptions {
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** After this time the program and its children are killed. @default 1200000 */
  readonly limitMs?: number;
  /** Gets each line of standard output as it comes. @default - nobody does */
  readonly onLine?: (line: string) => void;
  /** Kills the program and its children when it fires. @default - nothing does */
  readonly interrupted?: AbortSignal;
  /** Gets the id of the process, which is that of its group too. @default - nobody does */
  readonly onStart?: (pid: number) => void;
}

/** For hangs only: a busy machine may take long. */
const DEFAULT_LIMIT_MS = 1_200_000;

/** Runs a program without blocking this process, which has to answer its API calls. */
export function runProgram(
  path: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    if (child.pid !== undefined) options.onStart?.(child.pid);
    const output = { stdout: '', stderr: '' };
    let isKilled = false;
    const kill = () => {
      isKilled = true;
      killGroup(child.pid);
    };
    const timer = setTimeout(kill, options.limitMs ?? DEFAULT_LIMIT_MS);
    const { interrupted } = options;
    if (interrupted?.aborted) kill();
    interrupted?.addEventListener('abort', kill);
    const settle = () => {
      clearTimeout(timer);
      interrupted?.removeEventListener('abort', kill);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout += chunk.toString('utf8');
    });
    if (options.onLine) createInterface({ input: child.stdout }).on('line', options.onLine);
    child.stderr.on('data', (chunk: Buffer) => {
      output.stderr += chunk.toString('utf8');
    });
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (status) => {
      settle();
      const result = { status: status ?? undefined, ...output };
      // Its children may still write a file while the signal is on its way to them.
      const ended = isKilled && child.pid !== undefined ? groupHasEnded(child.pid) : undefined;
      Promise.resolve(ended).then(() => resolve(result), reject);
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The program has ended in the meantime.
  }
}
