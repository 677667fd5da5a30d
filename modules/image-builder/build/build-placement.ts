import {
  checkAvailabilityZone,
  checkHostTenancy,
  type HostTenancy,
  type Path,
  type Problem,
  TENANCIES,
} from '../../core';

/** On which hardware build and test instances run. */
export interface BuildPlacement extends HostTenancy {
  /** With a network: the zone of its subnet. @default - any zone of the network */
  readonly availabilityZone?: string | undefined;
}

/** {@link TENANCIES}, all of which Image Builder takes. */
export const BUILD_TENANCIES = TENANCIES;

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Placement.html */
export function checkBuildPlacement(path: Path, placement: BuildPlacement): Problem[] {
  const { availabilityZone } = placement;
  return [
    ...(availabilityZone === undefined
      ? []
      : checkAvailabilityZone([...path, 'availabilityZone'], availabilityZone)),
    ...checkHostTenancy(path, placement),
  ];
}
