import { startServerProgram } from './server-program';
import { withoutAwsSettings } from './without-aws-settings';

/** How moto_server is to behave. */
export const MOTO_SETTINGS = {
  MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
  PYTHONUNBUFFERED: '1',
} as const;

/** What moto_server tells when it listens. */
export const MOTO_RUNNING = /Running on (http:\/\/127\.0\.0\.1:\d+)/;

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
