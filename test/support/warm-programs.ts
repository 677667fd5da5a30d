import { startWarmAwsCli } from '../../emulator/programs/warm-aws-cli';
import { startWarmMotoServers } from '../../emulator/programs/warm-moto-server';

interface Stoppable {
  stop(): Promise<void>;
}

/** What is to be stopped is kept where both of jest's calls find it. */
const kept = globalThis as { warmPrograms?: readonly (Stoppable | undefined)[] };

/** Run by jest before the tests with programs: has modules loaded that dozens of them need. */
export default async function startWarmPrograms(): Promise<void> {
  // Two projects of jest's configuration ask for them.
  if (kept.warmPrograms !== undefined) return;
  const [aws, moto] = await Promise.all([startWarmAwsCli(), startWarmMotoServers()]);
  kept.warmPrograms = [aws, moto];
  if (aws !== undefined) process.env['WARM_AWS_CLI'] = aws.path;
  if (moto !== undefined) process.env['WARM_MOTO_SERVERS'] = moto.socket;
}

/** Run by jest after them. */
export async function stopWarmPrograms(): Promise<void> {
  await Promise.all((kept.warmPrograms ?? []).map((program) => program?.stop()));
}

/** Makes an emulated AWS use the AWS CLI with its modules loaded, if there is one. */
export function warmAwsCli(): { readonly awsCli?: string } {
  const path = process.env['WARM_AWS_CLI'];
  return path === undefined ? {} : { awsCli: path };
}
