import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOTO_RUNNING, MOTO_SETTINGS, type MotoServer } from './moto-server';
import { startServerProgram } from './server-program';
import { findTool } from './tools';
import { withoutAwsSettings } from './without-aws-settings';

/** moto_server with its modules loaded, to start several of them. */
export interface WarmMotoServers {
  /** What {@link startWarmMotoServer} connects to. */
  readonly socket: string;
  /** Ends it, and all servers that it has started. */
  stop(): Promise<void>;
}

const SCRIPT = join(__dirname, 'warm-moto-server.py');

/**
 * Starts a process that has the modules of moto_server loaded, for tests that start dozens of them. It
 * ends with this process. Undefined when `python3` on PATH does not have them; then the program itself
 * has to do.
 */
export async function startWarmMotoServers(): Promise<WarmMotoServers | undefined> {
  if ('missing' in findTool('moto_server')) return undefined;
  const program = 'import moto, sys; print(sys.executable)';
  const { status, stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'warm-moto-'));
  const socket = join(folder, 'socket');
  const server = await startServerProgram(stdout.trim(), ['-B', SCRIPT, socket], {
    env: { ...withoutAwsSettings(process.env), ...MOTO_SETTINGS },
    output: 'stdout',
    ready: /listening on (.*)/,
  });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { socket, stop };
}

/**
 * A moto_server of one's own, from the process that {@link startWarmMotoServers} has started. It ends
 * with this process.
 * @throws Error when it does not start; the message has its last output.
 */
export function startWarmMotoServer(socket: string): Promise<MotoServer> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(socket);
    const closed = new Promise<void>((end) => connection.once('close', () => end()));
    let output = '';
    const onData = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const url = MOTO_RUNNING.exec(output)?.[1];
      if (url === undefined) return;
      connection.off('data', onData);
      connection.resume();
      // A test that forgets to stop it does not keep its process from ending.
      connection.unref();
      const stop = () => {
        connection.ref();
        connection.end();
        return closed;
      };
      resolve({ url, stop });
    };
    connection.on('data', onData);
    connection.on('error', reject);
    connection.once('close', () =>
      reject(
        new Error(`moto_server ended at start; its last output: ${output.slice(-500).trim()}`),
      ),
    );
  });
}
