import { startServerProgram } from './server-program';
import { MOTO_RUNNING, MOTO_SETTINGS } from './warm-moto-server';
import { withoutAwsSettings } from './without-aws-settings';

/** A running moto_server. */
export interface MotoServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends the server; further calls do nothing. */
  stop(): Promise<void>;
}

/**
 * Starts moto_server on a free port of the loopback interface. It ends with this process.
 * @throws Error when it does not start; the message has its last output.
 */
export async function startMotoServer(executable: string): Promise<MotoServer> {
  const { told, stop } = await startServerProgram(executable, ['-H', '127.0.0.1', '-p', '0'], {
    env: { ...withoutAwsSettings(process.env), ...MOTO_SETTINGS },
    output: 'stderr',
    ready: MOTO_RUNNING,
  });
  return { url: told, stop };
}
