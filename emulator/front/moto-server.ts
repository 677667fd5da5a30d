import { type ChildProcess, spawn } from 'node:child_process';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;

/**
 * The shell stands between this process and moto_server: when its standard input ends, which
 * happens even when this process is killed, it ends moto_server; and it ends with moto_server.
 */
const WATCHDOG = `
exec 3<&0
"$0" -H 127.0.0.1 -p 0 </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill "$server") 2>/dev/null &
wait "$server"
`;

/** A running moto_server. */
export interface MotoServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends the server; further calls do nothing. */
  stop(): Promise<void>;
}

/**
 * Starts moto_server on a free port of the loopback interface. It ends with this process.
 * @throws Error when it does not listen within 30 seconds; the message has its last output.
 */
export async function startMotoServer(executable: string): Promise<MotoServer> {
  const child = spawn('/bin/sh', ['-c', WATCHDOG, executable], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    env: {
      ...withoutAwsSettings(process.env),
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
      PYTHONUNBUFFERED: '1',
    },
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.stdin?.on('error', () => undefined);
  const stop = () => endServer(child, exited);
  try {
    const url = await listeningUrl(child);
    child.stderr?.on('data', () => undefined);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** moto_server uses boto3, which fails on a profile of the caller that does not exist. */
function withoutAwsSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return Object.fromEntries(kept);
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string) => {
      settle();
      reject(new Error(`moto_server ${reason}; its last output: ${output.slice(-500).trim()}`));
    };
    const timer = setTimeout(() => fail('did not listen within 30 seconds'), START_LIMIT_MS);
    const onExit = () => fail('ended at start');
    const onData = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const match = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
      if (match?.[1] === undefined) return;
      settle();
      resolve(match[1]);
    };
    const settle = () => {
      clearTimeout(timer);
      child.off('exit', onExit);
      child.stderr?.off('data', onData);
    };
    child.on('exit', onExit);
    child.on('error', (error) => fail(error.message));
    child.stderr?.on('data', onData);
  });
}

async function endServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
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
