import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

/** For hangs only: a busy machine may take long. */
const START_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 5_000;

/**
 * The shell stands between this process and the program: when its standard input ends, which
 * happens even when this process is killed, it ends the program; and it ends with the program.
 */
const WATCHDOG = `
exec 3<&0
"$0" "$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill "$server") 2>/dev/null &
wait "$server"
`;

/** How to start a program that serves. */
export interface ServerProgramOptions {
  /** The whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where it tells that it is ready. */
  readonly output: 'stdout' | 'stderr';
  /** What it tells then; the first group is the answer. */
  readonly ready: RegExp;
}

/** A running program that serves. */
export interface ServerProgram {
  /** What it has told about itself. */
  readonly told: string;
  /** Ends it; further calls do nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a program that serves until it is stopped. It ends with this process.
 * @throws Error when it ends or does not get ready; the message has its last output.
 */
export async function startServerProgram(
  path: string,
  args: readonly string[],
  options: ServerProgramOptions,
): Promise<ServerProgram> {
  const child = spawn('/bin/sh', ['-c', WATCHDOG, path, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: options.env,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  const stop = () => end(child, exited);
  try {
    const told = await readiness(child, basename(path), options);
    child.stdout.resume();
    child.stderr.resume();
    return { told, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readiness(
  child: ChildProcess & Record<'stdout' | 'stderr', Readable>,
  name: string,
  { output, ready }: ServerProgramOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (reason: string) => {
      settle();
      reject(new Error(`${name} ${reason}; its last output: ${text.slice(-500).trim()}`));
    };
    const seconds = START_LIMIT_MS / 1000;
    const timer = setTimeout(() => fail(`did not start within ${seconds} seconds`), START_LIMIT_MS);
    const onExit = () => fail('ended at start');
    const onData = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const told = ready.exec(text)?.[1];
      if (told === undefined) return;
      settle();
      resolve(told);
    };
    const settle = () => {
      clearTimeout(timer);
      child.off('exit', onExit);
      child[output].off('data', onData);
    };
    child.on('exit', onExit);
    child.on('error', (error) => fail(error.message));
    child[output].on('data', onData);
  });
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.stdin?.end();
  const timer = setTimeout(() => killGroup(child), STOP_LIMIT_MS);
  await exited;
  clearTimeout(timer);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended in the meantime.
  }
}
