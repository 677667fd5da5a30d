import { type ServerProgram, startServerProgram } from '../programs/server-program';

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
  const { told, stop }: ServerProgram = await startServerProgram(
    executable,
    ['-H', '127.0.0.1', '-p', '0'],
    {
      env: {
        ...withoutAwsSettings(process.env),
        MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
        MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
        PYTHONUNBUFFERED: '1',
      },
      output: 'stderr',
      ready: /Running on (http:\/\/127\.0\.0\.1:\d+)/,
    },
  );
  return { url: told, stop };
}

/** moto_server uses boto3, which fails on a profile of the caller that does not exist. */
function withoutAwsSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return Object.fromEntries(kept);
}
