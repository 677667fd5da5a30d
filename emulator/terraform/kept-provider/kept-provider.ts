import { type ServerProgram, startServerProgram } from '../../programs/server-program';
import { type ProviderMirror, providerExecutable } from '../../programs/tools';
import { startPassThrough } from './pass-through';
import { schemaOfTypes } from './provider-schema';
import { typesInUse } from './types-in-use';

/** An AWS provider that goes on from one command of Terraform to the next. */
export interface KeptProvider {
  /**
   * Variables with which Terraform uses it for the configuration in a folder and its local state.
   * It then knows only the types of resources that are in one of the two.
   * @throws Error when these cannot be seen; such a stack needs the plain path.
   */
  variables(folder: string): Readonly<Record<string, string>>;
  /** Ends it; further calls do nothing. */
  stop(): Promise<void>;
}

const PROVIDER = 'registry.terraform.io/hashicorp/aws';

/**
 * Starts the AWS provider of a mirror, to be used by many commands of Terraform. Of a short plan, most
 * of the time goes by until Terraform has started the provider three times, hashed its 700 MB and read
 * the schemas of 2,100 types; here it is started once and tells those in use. It is ended with this
 * process.
 *
 * Whatever interrupts Terraform, and whatever has to show how Terraform and the provider work for a
 * user, takes the plain path.
 *
 * @param env - the provider's whole environment: credentials, Region and endpoint are read from it
 */
export async function startKeptProvider(
  mirror: ProviderMirror,
  env: Readonly<Record<string, string>>,
): Promise<KeptProvider> {
  const executable = providerExecutable(mirror);
  const programs: Promise<ServerProgram>[] = [];
  const types = new Set<string>();
  const start = async (): Promise<string> => {
    const program = startServerProgram(executable, ['-debug'], {
      env,
      output: 'stdout',
      ready: /TF_REATTACH_PROVIDERS='(.*)'/,
    });
    programs.push(program);
    return addressOf((await program).told);
  };
  const passThrough = await startPassThrough(start, (schema) => schemaOfTypes(schema, types));
  const reattached = {
    Protocol: 'grpc',
    ProtocolVersion: 5,
    Pid: process.pid,
    // Else Terraform would end it.
    Test: true,
    Addr: passThrough.address,
  };
  const variables = { TF_REATTACH_PROVIDERS: JSON.stringify({ [PROVIDER]: reattached }) };
  return {
    variables: (folder) => {
      for (const type of typesInUse(folder)) types.add(type);
      return variables;
    },
    stop: async () => {
      await passThrough.stop();
      for (const started of await Promise.allSettled(programs)) {
        if (started.status === 'fulfilled') await started.value.stop();
      }
    },
  };
}

/** The socket of a provider, out of what it tells Terraform. */
function addressOf(told: string): string {
  type Told = Record<string, { readonly Addr: { readonly String: string } }>;
  const socket = (JSON.parse(told) as Told)[PROVIDER]?.Addr.String;
  if (socket === undefined) throw new Error(`the provider is not ${PROVIDER}`);
  return socket;
}
