import {
  checkAvailabilityZone,
  checkDedicatedHostId,
  checkHostNeedsTenancy,
  checkResourceGroupArn,
  TENANCIES,
} from '../../core';
import { choice, group, type SettingProps, setting, text } from '../../settings';

/** Settings of {@link BuildPlacement}; Image Builder takes all of {@link TENANCIES}. */
const BUILD_PLACEMENT_SETTINGS = {
  /** With a network: the zone of its subnet. @default - any zone of the network */
  availabilityZone: setting(text(checkAvailabilityZone), {
    about: 'Availability Zone to build in',
    otherwise: 'as EC2 chooses',
    change: 'in-place',
  }),
  /** Shared hardware, hardware of this account, or a Dedicated Host. @default - that of the VPC */
  tenancy: setting(choice(TENANCIES), {
    about: 'Tenancy of the build instance',
    otherwise: 'that of the VPC',
    change: 'in-place',
  }),
  /** Id of the Dedicated Host; needs tenancy `host`. @default - any host */
  hostId: setting(text(checkDedicatedHostId), {
    about: 'Dedicated Host to build on',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** ARN of the host resource group; needs tenancy `host`, without `hostId`. @default - none */
  hostResourceGroupArn: setting(text(checkResourceGroupArn), {
    about: 'Host resource group to build in',
    otherwise: 'none',
    change: 'in-place',
  }),
};

/** On which hardware build and test instances run. */
export interface BuildPlacement extends SettingProps<typeof BUILD_PLACEMENT_SETTINGS> {}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Placement.html */
export const BUILD_PLACEMENT = group(BUILD_PLACEMENT_SETTINGS, checkHostNeedsTenancy);
