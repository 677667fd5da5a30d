import type { Environment } from '../environment/schema/environment-schema';
import {
  renderPreparationCost,
  renderSnapshotCost,
  type SnapshotCostInput,
} from '../modules/fast-launch';
import type { DistributionTarget } from '../modules/image-builder';

/**
 * What Fast Launch for the nodes' AMI costs, in two lines: the snapshots, and what else is billed.
 * Nothing when Terraform does not switch it on.
 */
export function fastLaunchCost(environment: Environment): string[] {
  const { fastLaunch, region, nodes } = environment;
  if (fastLaunch?.method !== 'local-exec' || fastLaunch.enabled === false) return [];
  // Of any other AMI, an earlier build included, the size is not known before the plan.
  const volumeGiB = nodes.ami === 'built' ? imageVolumesGiB(environment) : undefined;
  return [
    renderSnapshotCost({ ...fastLaunch, region, volumeGiB }),
    renderPreparationCost(fastLaunch),
  ];
}

/** As much of a distribution target as costs something for Fast Launch. */
type CostlyTarget = Pick<DistributionTarget, 'region' | 'fastLaunch'>;

/** The same for what Image Builder switches on, a line for each setting of each target. */
export function nativeFastLaunchCost(environment: Environment): string[] {
  const { image, region, fastLaunch } = environment;
  const { snapshotPricePerGiBMonth: price, method } = fastLaunch ?? {};
  const volumeGiB = imageVolumesGiB(environment);
  const own = method === 'distribution' ? [{ region, fastLaunch: [fastLaunch ?? {}] }] : [];
  const targets: readonly CostlyTarget[] = [...own, ...(image.distribution?.targets ?? [])];
  return targets.flatMap((target) =>
    (target.fastLaunch ?? []).map(({ targetResourceCount, accountId }) => {
      // The price of one's own is that of the file's Region.
      const snapshotPricePerGiBMonth = target.region === region ? price : undefined;
      const input: SnapshotCostInput = {
        region: target.region,
        targetResourceCount,
        volumeGiB,
        snapshotPricePerGiBMonth,
      };
      const account = accountId === undefined ? '' : ` in account ${accountId}`;
      return `${renderSnapshotCost(input)}, for every AMI${account} until it is switched off there`;
    }),
  );
}

/** All volumes: whether there are snapshots of data volumes too, AWS does not say. */
function imageVolumesGiB({ image: { rootVolumeGiB, dataVolumes = [] } }: Environment): number {
  return dataVolumes.reduce((sum, { sizeGiB }) => sum + sizeGiB, rootVolumeGiB);
}
