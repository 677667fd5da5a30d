import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededNetworkAndCluster } from './seed-network-and-cluster';

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
