import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededNetworkAndCluster } from '../../emulator/seed-network-and-cluster';

const EXAMPLE = join(__dirname, '..', '..', 'environments', 'example.yaml');

/**
 * The text of the shipped example environment, for a seeded network: with its subnets and security
 * group in place of the example's, and with the version of the AWS provider that is at hand.
 */
export function exampleEnvironment(
  seeded: SeededNetworkAndCluster,
  providerVersion: string | undefined,
): string {
  const [first, second] = seeded.subnetIds;
  const text = readFileSync(EXAMPLE, 'utf8')
    .replaceAll('subnet-0123456789abcdef0', first)
    .replaceAll('subnet-0123456789abcdef1', second)
    .replaceAll('sg-0123456789abcdef0', seeded.securityGroupId);
  return providerVersion === undefined
    ? text
    : `${text}\nprovider: { version: "${providerVersion}" }\n`;
}

/** Writes the shipped example, with another version of the AWS provider, into a folder of its own. */
export function exampleEnvironmentFolder(parent: string, providerVersion: string): string {
  const folder = join(parent, 'environments');
  const text = readFileSync(EXAMPLE, 'utf8');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'example.yaml'),
    `${text}\nprovider: { version: "${providerVersion}" }\n`,
  );
  return folder;
}
