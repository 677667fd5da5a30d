import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from './tools';

/** The AWS CLI with its modules loaded, as a program. */
export interface WarmAwsCli {
  /** Path of a program that does what `aws` does, several times faster. */
  readonly path: string;
  /** Ends it. */
  stop(): Promise<void>;
}

const SCRIPT = join(__dirname, 'warm-aws-cli.py');

/**
 * Starts the AWS CLI in a process that has its modules loaded, for tests that call it hundreds of
 * times. It ends with this process. Undefined when `aws` on PATH is not version 1 of the CLI with
 * the modules of `python3` on PATH; then the program itself has to do.
 */
export async function startWarmAwsCli(): Promise<WarmAwsCli | undefined> {
  const python = findPython();
  if (python === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'warm-aws-cli-'));
  const socket = join(folder, 'socket');
  const path = join(folder, 'aws');
  writeFileSync(path, `#!/bin/sh\nexec '${python}' -ISs '${SCRIPT}' call '${socket}' "$@"\n`);
  chmodSync(path, 0o755);
  const server = spawn(python, [SCRIPT, 'serve', socket], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: withoutAwsSettings(process.env),
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  server.stdin.on('error', () => undefined);
  if (await isReady(server)) return { path, stop };
  await stop();
  return undefined;
}

/** The interpreter that has the modules of `aws`. */
function findPython(): string | undefined {
  const aws = findTool('aws');
  if ('missing' in aws || !aws.version?.startsWith('1.')) return undefined;
  const program = 'import awscli, sys; print(awscli.__version__, sys.executable)';
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  const [version, ...path] = (stdout ?? '').trim().split(' ');
  return version === aws.version ? path.join(' ') : undefined;
}

function isReady(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    server.stdout?.once('data', () => resolve(true));
    server.once('exit', () => resolve(false));
    server.once('error', () => resolve(false));
  });
}

/** No profile or file of the caller is looked at. */
function withoutAwsSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return { ...Object.fromEntries(kept), ...files };
}
