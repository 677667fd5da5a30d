import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServerProgram } from './server-program';
import { findTool } from './tools';
import { withoutAwsSettings } from './without-aws-settings';

/** The AWS CLI with its modules loaded, as a program. */
export interface WarmAwsCli {
  /** Path of a program that does what `aws` does, several times faster. */
  readonly path: string;
  /** Ends it. */
  stop(): Promise<void>;
}

const SCRIPT = join(__dirname, 'warm-aws-cli.py');
const CALL = join(__dirname, 'call-warm-aws-cli.py');

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
  writeFileSync(path, `#!/bin/sh\nexec '${python}' -ISs '${CALL}' '${socket}' "$@"\n`);
  chmodSync(path, 0o755);
  const server = await startServerProgram(python, ['-B', SCRIPT, socket], {
    env: { ...withoutAwsSettings(process.env), ...NO_FILES },
    output: 'stdout',
    ready: /listening on (.*)/,
  });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { path, stop };
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

/** No file of the caller is looked at. */
const NO_FILES = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
