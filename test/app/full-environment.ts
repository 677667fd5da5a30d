import { formatFileProblem, inReadingOrder } from '../../app/files/file-problem';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { outlineInFile } from '../support/problem';

/** A file with every part, on lines that stay put, so that a test can name a place. */
export const FULL_ENVIRONMENT = `name: example
region: us-east-1
tags: { owner: platform }
provider: { version: "6.25.0" }
backend:
  s3: { bucket: acme-terraform-state, keyPrefix: windows/example, region: us-east-1 }
cluster: { name: example, kubernetesVersion: "1.35" }
windows: { server: "2022", edition: Core, release: latest }
image:
  rootVolumeGiB: 100
  instanceTypes: [m7i.xlarge]
  network: { subnetId: subnet-0123456789abcdef0, securityGroupIds: [sg-0123456789abcdef0] }
  cachedImages:
    - mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2022
    - 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4.2
  schedule: { cron: "cron(0 6 ? * SUN *)", timezone: Etc/UTC }
  buildOnApply: true
fastLaunch: { targetResourceCount: 5, maxParallelLaunches: 6, subnetId: subnet-0123456789abcdef0 }
nodes:
  ami: built
  groups:
    - name: apps
      subnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      instanceTypes: [m7i.xlarge]
      minSize: 1
      maxSize: 5
      labels: { workload: web }
      taints: [{ key: os, value: windows, effect: NoSchedule }]
`;

/** What a change says: this text becomes that text. */
export type Change = readonly [from: string, to: string];

/** The full environment with changes. Fails when one does not change anything. */
export function withChanges(...changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`there is no ${JSON.stringify(from)} to change`);
    return text.replace(from, () => to);
  }, FULL_ENVIRONMENT);
}

/** The problems of a file's text, for a file named `e.yaml`. */
export function problemsOf(text: string): string[] {
  return inReadingOrder(readEnvironmentFile('e.yaml', text).problems).map(outlineInFile);
}

/** The same as they are printed, for tests of the wording. */
export function printedProblemsOf(text: string): string[] {
  return inReadingOrder(readEnvironmentFile('e.yaml', text).problems).map(formatFileProblem);
}
