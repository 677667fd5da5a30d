import type { InstanceRefreshes } from './auto-scaling/instance-refresh';
import type { AmiStore } from './ec2/ami-store';
import type { FastLaunch } from './ec2/fast-launch';
import type { LaunchPermissions } from './ec2/launch-permissions';
import type { AccessEntries } from './eks/access-entries';
import type { ApiClient } from './front/api-client';
import { iamKinds, motoKinds } from './front/moto-inventory';
import type { ImageBuilder } from './image-builder/image-builder';
import { s3Kinds } from './s3/s3-inventory';

/** Sorted names of everything that exists, by kind. */
export type Inventory = Record<string, readonly string[]>;

/** Where the inventory looks. */
export interface InventoryParts {
  readonly moto: ApiClient;
  readonly amis: AmiStore;
  readonly fastLaunch: FastLaunch;
  readonly imageBuilder: ImageBuilder;
  readonly launchPermissions: LaunchPermissions;
  readonly refreshes: InstanceRefreshes;
  readonly accessEntries: AccessEntries;
}

/**
 * Lists everything that exists in a region, in IAM and in S3. Kinds of other regions that were used
 * are named `<region>/<kind>` and left out while they are empty.
 */
export async function takeInventory(
  parts: InventoryParts,
  region: string,
  usedRegions: Iterable<string>,
): Promise<Inventory> {
  const kinds: Inventory = {
    ...(await regionalKinds(parts, region)),
    ...(await iamKinds(parts.moto, region)),
    ...(await s3Kinds(parts.moto)),
  };
  for (const other of usedRegions) {
    if (other === region) continue;
    for (const [kind, names] of Object.entries(await regionalKinds(parts, other))) {
      if (names.length > 0) kinds[`${other}/${kind}`] = names;
    }
  }
  for (const [kind, names] of Object.entries(kinds)) kinds[kind] = [...names].sort();
  return kinds;
}

async function regionalKinds(parts: InventoryParts, region: string): Promise<Inventory> {
  return {
    ...imageBuilderKinds(parts.imageBuilder.arns(region)),
    amis: parts.amis.amis(region).map((ami) => ami.id),
    amisInOtherAccounts: parts.imageBuilder.copiesInOtherAccounts(region),
    snapshots: parts.amis.snapshots(region).map((snapshot) => snapshot.id),
    launchPermissions: parts.launchPermissions.names(region),
    fastLaunchImages: parts.fastLaunch.imageIds(region),
    activeInstanceRefreshes: parts.refreshes.activeGroups(region),
    accessEntries: parts.accessEntries.names(region),
    ...(await motoKinds(parts.moto, region)),
  };
}

function imageBuilderKinds(arns: readonly string[]): Inventory {
  const kinds: Inventory = {};
  const names: Readonly<Record<string, string>> = {
    components: 'component',
    imageRecipes: 'image-recipe',
    infrastructureConfigurations: 'infrastructure-configuration',
    distributionConfigurations: 'distribution-configuration',
    imagePipelines: 'image-pipeline',
    images: 'image',
    lifecyclePolicies: 'lifecycle-policy',
  };
  for (const [kind, type] of Object.entries(names)) {
    kinds[kind] = arns.filter((arn) => arn.includes(`:${type}/`));
  }
  return kinds;
}
