import type {
  LaunchTemplateCapacityReservationSpecification,
  LaunchTemplatePlacement,
} from '@cdktf/provider-aws/lib/launch-template/index.js';
import {
  checkCapacityReservationId,
  checkHostTenancy,
  checkOneOf,
  checkPlacementGroupName,
  checkResourceGroupArn,
  type HostTenancy,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';

/** On which hardware nodes run: what a launch template calls its placement. */
export interface NodeTenancy extends HostTenancy {
  /**
   * Name of a placement group that exists. All nodes of a cluster placement group are in one zone,
   * so that the group needs subnets of one zone.
   * @default - none
   */
  readonly groupName?: string | undefined;
}

/**
 * In which Capacity Reservations nodes may run: a preference, or one reservation, or a group of
 * them. A reservation fits nodes of its instance type, zone, tenancy and platform, here `Windows`;
 * there are none for Dedicated Hosts, for licences of one's own, and for placement groups other than
 * cluster ones.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-launch.html
 */
export interface CapacityReservation {
  /**
   * `open`: any open reservation that fits, else On-Demand. `none`: On-Demand also when a
   * reservation fits. `capacity-reservations-only`: no node starts without a reservation; the only
   * one that may stand beside an `id` or a `resourceGroupArn`.
   * @default open
   */
  readonly preference?: CapacityReservationPreference | undefined;
  /** Id of the only reservation to run in. @default - none */
  readonly id?: string | undefined;
  /**
   * ARN of a resource group of reservations. When none of them fits, nodes run On-Demand, unless
   * `preference` says otherwise.
   * @default - none
   */
  readonly resourceGroupArn?: string | undefined;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateCapacityReservationSpecificationRequest.html */
export const CAPACITY_RESERVATION_PREFERENCES = [
  'open',
  'none',
  'capacity-reservations-only',
] as const;

/** One of {@link CAPACITY_RESERVATION_PREFERENCES}. */
export type CapacityReservationPreference = (typeof CAPACITY_RESERVATION_PREFERENCES)[number];

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

/** Checks tenancy, host and placement group. */
export function checkNodeTenancy(path: Path, placement: NodeTenancy): Problem[] {
  const { groupName } = placement;
  return [
    ...checkHostTenancy(path, placement),
    ...(groupName === undefined ? [] : checkPlacementGroupName([...path, 'groupName'], groupName)),
  ];
}

/** Checks each part, and that there is only one target. */
export function checkCapacityReservation(path: Path, reservation: CapacityReservation): Problem[] {
  const { preference, id, resourceGroupArn } = reservation;
  const preferencePath = [...path, 'preference'];
  return [
    ...(preference === undefined
      ? []
      : checkOneOf(preferencePath, preference, CAPACITY_RESERVATION_PREFERENCES)),
    ...(id === undefined ? [] : checkCapacityReservationId([...path, 'id'], id)),
    ...(resourceGroupArn === undefined
      ? []
      : checkResourceGroupArn([...path, 'resourceGroupArn'], resourceGroupArn)),
    ...checkTargets(path, reservation),
  ];
}

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
