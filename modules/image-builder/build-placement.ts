import {
  checkAvailabilityZone,
  checkDedicatedHostId,
  checkOneOf,
  checkResourceGroupArn,
  type Path,
  type Problem,
  problem,
} from '../core';

/** On which hardware build and test instances run. */
export interface BuildPlacement {
  /** With a network: the zone of its subnet. @default - any zone of the network */
  readonly availabilityZone?: string | undefined;
  /** @default default */
  readonly tenancy?: BuildTenancy | undefined;
  /** Id of the Dedicated Host; needs tenancy `host`. @default - any host */
  readonly hostId?: string | undefined;
  /** ARN of the host resource group; needs tenancy `host`, without `hostId`. @default - none */
  readonly hostResourceGroupArn?: string | undefined;
}

/**
 * Shared hardware, hardware of one account, or a Dedicated Host. Shared hardware comes with the
 * Windows licence; the other two cost more, see AWS on bringing one's own licence.
 */
export const BUILD_TENANCIES = ['default', 'dedicated', 'host'] as const;

/** One of {@link BUILD_TENANCIES}. */
export type BuildTenancy = (typeof BUILD_TENANCIES)[number];

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Placement.html */
export function checkBuildPlacement(path: Path, placement: BuildPlacement): Problem[] {
  const { availabilityZone, tenancy = 'default', hostId, hostResourceGroupArn } = placement;
  return [
    ...(availabilityZone === undefined
      ? []
      : checkAvailabilityZone([...path, 'availabilityZone'], availabilityZone)),
    ...checkOneOf([...path, 'tenancy'], tenancy, BUILD_TENANCIES),
    ...(hostId === undefined ? [] : checkDedicatedHostId([...path, 'hostId'], hostId)),
    ...(hostResourceGroupArn === undefined
      ? []
      : checkResourceGroupArn([...path, 'hostResourceGroupArn'], hostResourceGroupArn)),
    ...checkHostTenancy(path, placement),
  ];
}

function checkHostTenancy(
  path: Path,
  { tenancy, hostId, hostResourceGroupArn }: BuildPlacement,
): Problem[] {
  const host = hostId ?? hostResourceGroupArn;
  if (host === undefined) return [];
  if (hostId !== undefined && hostResourceGroupArn !== undefined) {
    const rule = 'be left out when there is a `hostId`';
    return [problem([...path, 'hostResourceGroupArn'], rule, hostResourceGroupArn)];
  }
  if (tenancy === undefined) {
    return [problem([...path, 'tenancy'], 'be "host" for a host or a host group', tenancy)];
  }
  return checkOneOf([...path, 'tenancy'], tenancy, ['host']);
}
