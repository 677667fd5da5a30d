import { z } from 'zod';
import {
  DEFAULT_TARGET_RESOURCE_COUNT,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
} from '../modules/fast-launch';
import { instanceType, securityGroupIds, subnetId } from './aws-fields';
import { integer } from './field-types';

/** Fast Launch as the nodes stack switches it on. */
export const fastLaunchSchema = z.strictObject({
  targetResourceCount: integer({ min: 1, max: MAX_TARGET_RESOURCE_COUNT })
    .default(DEFAULT_TARGET_RESOURCE_COUNT)
    .describe('Number of prepared snapshots to keep; each is billed; default 5.'),
  maxParallelLaunches: integer({ min: MIN_PARALLEL_LAUNCHES })
    .default(MIN_PARALLEL_LAUNCHES)
    .describe(
      'Number of instances that may prepare snapshots at the same time, at least 6; the quota of a new account is 40 in a Region; default 6.',
    ),
  subnetId: subnetId()
    .exactOptional()
    .describe('Subnet to prepare the snapshots in; default one of the default VPC.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe('Security groups of the preparing instances; default that of the VPC.'),
  instanceType: instanceType()
    .exactOptional()
    .describe('EC2 instance type that prepares the snapshots; default t3.xlarge.'),
});
