import { checkResourceGroupArn } from './aws-arns';
import { checkDedicatedHostId } from './aws-identifiers';
import { checkOneOf } from './check';
import { type Path, type Problem, problem } from './problem';

/**
 * Shared hardware, hardware of one account, or a Dedicated Host. Shared hardware comes with the
 * Windows licence; the other two cost more, see AWS on bringing one's own licence.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html
 */
export const TENANCIES = ['default', 'dedicated', 'host'] as const;

/** One of {@link TENANCIES}. */
export type Tenancy = (typeof TENANCIES)[number];

/** On whose hardware an instance runs. */
export interface HostTenancy {
  /** @default default */
  readonly tenancy?: Tenancy | undefined;
  /** Id of the Dedicated Host; needs tenancy `host`. @default - any host */
  readonly hostId?: string | undefined;
  /** ARN of the host resource group; needs tenancy `host`, without `hostId`. @default - none */
  readonly hostResourceGroupArn?: string | undefined;
}

/** Checks tenancy and host, each by itself and together. */
export function checkHostTenancy(path: Path, placement: HostTenancy): Problem[] {
  const { tenancy = 'default', hostId, hostResourceGroupArn } = placement;
  return [
    ...checkOneOf([...path, 'tenancy'], tenancy, TENANCIES),
    ...(hostId === undefined ? [] : checkDedicatedHostId([...path, 'hostId'], hostId)),
    ...(hostResourceGroupArn === undefined
      ? []
      : checkResourceGroupArn([...path, 'hostResourceGroupArn'], hostResourceGroupArn)),
    ...checkHostNeedsTenancy(path, placement),
  ];
}

/** A host or a host group, one of them, and only with its tenancy. */
export function checkHostNeedsTenancy(
  path: Path,
  { tenancy, hostId, hostResourceGroupArn }: HostTenancy,
): Problem[] {
  const host = hostId ?? hostResourceGroupArn;
  if (host === undefined) return [];
  if (hostId !== undefined && hostResourceGroupArn !== undefined) {
    const rule = 'be left out when there is a `hostId`';
    return [
      problem('host-or-host-group', [...path, 'hostResourceGroupArn'], rule, hostResourceGroupArn),
    ];
  }
  if (tenancy === undefined) {
    return [
      problem(
        'tenancy-of-host',
        [...path, 'tenancy'],
        'be "host" for a host or a host group',
        tenancy,
      ),
    ];
  }
  return checkOneOf([...path, 'tenancy'], tenancy, ['host']);
}
