import {
  checkRegion,
  checkSecurityGroupId,
  checkSubnetId,
  checkWindowsInstanceType,
} from '../../../modules/core';
import { ROOT_VOLUME_GIB } from '../../../modules/windows-base/checks';
import { integer, list, text } from './field-types';

/** Fields that stand in more than one part of an environment file. */

/** An AWS Region. */
export const region = () => text(checkRegion);

/** The id of a subnet. */
export const subnetId = () => text(checkSubnetId).meta({ pattern: '^subnet-' });

/** Ids of security groups, at least one. */
export const securityGroupIds = () =>
  list(text(checkSecurityGroupId).meta({ pattern: '^sg-' }), { min: 1 });

/** An EC2 instance type that runs Windows. */
export const instanceType = () => text(checkWindowsInstanceType);

/** The size of a root volume. */
export const rootVolumeGiB = () => integer(ROOT_VOLUME_GIB);

/** How fast an EBS volume is. What goes together is said by the checks of the constructs. */
export const volumeSpeed = {
  iops: integer({ min: 1 })
    .exactOptional()
    .describe('I/O operations per second; default 3000 for gp3.'),
  throughput: integer({ min: 1 })
    .exactOptional()
    .describe('MiB per second of a gp3 volume; default 125.'),
};
