import type {
  LaunchTemplateCapacityReservationSpecification,
  LaunchTemplatePlacement,
} from '@cdktf/provider-aws/lib/launch-template/index.js';
import {
  checkCapacityReservationId,
  checkDedicatedHostId,
  checkHostNeedsTenancy,
  checkPlacementGroupName,
  checkResourceGroupArn,
  type HostTenancy,
  type Path,
  type Problem,
  problem,
  TENANCIES,
  withoutUndefined,
} from '../../core';
import { choice, freeText, group, type SettingProps, setting, text } from '../../settings';

const NODE_TENANCY_SETTINGS = {
  /** Whether others use the hardware too. @default - that of the VPC */
  tenancy: setting(choice(TENANCIES), {
    about: 'Tenancy of the nodes',
    otherwise: 'that of the VPC',
    change: 'rolls',
  }),
  /** Id of the Dedicated Host; needs tenancy `host`. @default - any host */
  hostId: setting(text(checkDedicatedHostId), {
    about: 'Dedicated Host to run on',
    otherwise: 'any',
    change: 'rolls',
  }),
  /** ARN of the host resource group; needs tenancy `host`, without `hostId`. @default - none */
  hostResourceGroupArn: setting(text(checkResourceGroupArn), {
    about: 'Host resource group to run in',
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * Name of a placement group that exists. All nodes of a cluster placement group are in one zone,
   * so that the group needs subnets of one zone.
   * @default - none
   */
  groupName: setting(freeText(checkPlacementGroupName), {
    about: 'Placement group to run in',
    otherwise: 'none',
    change: 'rolls',
  }),
};

/** On which hardware nodes run: what a launch template calls its placement. */
export interface NodeTenancy extends SettingProps<typeof NODE_TENANCY_SETTINGS> {}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateCapacityReservationSpecificationRequest.html */
const CAPACITY_RESERVATION_PREFERENCES = ['open', 'none', 'capacity-reservations-only'] as const;

/** One of {@link CAPACITY_RESERVATION_PREFERENCES}. */
export type CapacityReservationPreference = (typeof CAPACITY_RESERVATION_PREFERENCES)[number];

const CAPACITY_RESERVATION_SETTINGS = {
  /**
   * `open`: any open reservation that fits, else On-Demand. `none`: On-Demand also when a
   * reservation fits. `capacity-reservations-only`: no node starts without a reservation; the only
   * one that may stand beside an `id` or a `resourceGroupArn`.
   * @default - AWS's own, `open`
   */
  preference: setting(choice(CAPACITY_RESERVATION_PREFERENCES), {
    about: 'Which reservations nodes may use',
    otherwise: 'open, any that fits',
    change: 'rolls',
  }),
  /** Id of the only reservation to run in. @default - none */
  id: setting(text(checkCapacityReservationId), {
    about: 'The only reservation to run in',
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * ARN of a resource group of reservations. When none of them fits, nodes run On-Demand, unless
   * `preference` says otherwise.
   * @default - none
   */
  resourceGroupArn: setting(text(checkResourceGroupArn), {
    about: 'Resource group of the reservations to run in',
    otherwise: 'none',
    change: 'rolls',
  }),
};

/**
 * In which Capacity Reservations nodes may run: a preference, or one reservation, or a group of
 * them. A reservation fits nodes of its instance type, zone, tenancy and platform, here `Windows`;
 * there are none for Dedicated Hosts, for licences of one's own, and for placement groups other than
 * cluster ones.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-launch.html
 */
export interface CapacityReservation extends SettingProps<typeof CAPACITY_RESERVATION_SETTINGS> {}

/** The tenancy as the placement of a launch template. */
export function buildNodeTenancy(placement: NodeTenancy): LaunchTemplatePlacement {
  const { tenancy, hostId, hostResourceGroupArn, groupName } = placement;
  return withoutUndefined({ tenancy, hostId, hostResourceGroupArn, groupName });
}

/** The reservation as a block of a launch template. */
export function buildCapacityReservation(
  reservation: CapacityReservation,
): LaunchTemplateCapacityReservationSpecification {
  const { preference, id, resourceGroupArn } = reservation;
  const target = withoutUndefined({
    capacityReservationId: id,
    capacityReservationResourceGroupArn: resourceGroupArn,
  });
  return withoutUndefined({
    capacityReservationPreference: preference,
    capacityReservationTarget: Object.keys(target).length === 0 ? undefined : target,
  });
}

/** Tenancy, host and placement group. */
export const nodeTenancy = group(NODE_TENANCY_SETTINGS, checkHostNeedsTenancy);

/** A reservation, of which there is only one target. */
export const capacityReservation = group(CAPACITY_RESERVATION_SETTINGS, checkTargets);

/**
 * Nodes on Dedicated Hosts cannot ask for a reservation.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html
 */
export function checkReservationTenancy(
  path: Path,
  reservation: CapacityReservation,
  { tenancy }: HostTenancy,
): Problem[] {
  const { preference, id, resourceGroupArn } = reservation;
  const asks = preference === 'capacity-reservations-only' || (id ?? resourceGroupArn);
  if (tenancy !== 'host' || !asks) return [];
  const rule = 'be left out with tenancy "host", because Dedicated Hosts have no reservations';
  return [problem('reservation-on-host', path, rule, reservation)];
}

function checkTargets(path: Path, reservation: CapacityReservation): Problem[] {
  const { preference, id, resourceGroupArn } = reservation;
  if (id === undefined && resourceGroupArn === undefined) {
    if (preference !== undefined) return [];
    return [
      problem(
        'reservation-empty',
        path,
        'have a preference, an id or a resourceGroupArn',
        undefined,
      ),
    ];
  }
  if (id !== undefined && resourceGroupArn !== undefined) {
    const rule = 'be left out when there is an `id`';
    return [problem('reservation-targets', [...path, 'resourceGroupArn'], rule, resourceGroupArn)];
  }
  if (preference !== 'open' && preference !== 'none') return [];
  const rule = 'be "capacity-reservations-only" or left out beside a target';
  return [problem('reservation-preference', [...path, 'preference'], rule, preference)];
}
