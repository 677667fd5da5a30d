import { z } from 'zod';
import { checkKmsKeyArn } from '../../modules/core';
import {
  checkSnapshotPrice,
  DEFAULT_TARGET_RESOURCE_COUNT,
  FAST_LAUNCH_ON_DESTROY,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
  SNAPSHOT_PRICE_RANGE,
} from '../../modules/fast-launch/checks';
import { instanceType, securityGroupIds, subnetId } from './fields/aws-fields';
import { checked, integer, text } from './fields/field-types';

/**
 * Who switches Fast Launch on: Terraform, by a step that calls the AWS CLI; Image Builder, when it
 * distributes the AMI; or nobody. With the last two no stack has a `local-exec` step.
 */
const FAST_LAUNCH_METHODS = ['local-exec', 'distribution', 'none'] as const;

/** Keys that only the step of the method `local-exec` reads. */
export const LOCAL_EXEC_KEYS = [
  'enabled',
  'waitForEnabled',
  'timeoutMinutes',
  'onDestroy',
  'takeOver',
  'driftCheck',
] as const;

const keyGrant = z.strictObject({
  kmsKeyArn: text(checkKmsKeyArn).describe('ARN of the customer managed KMS key of the AMI.'),
  createServiceLinkedRole: z
    .boolean()
    .exactOptional()
    .describe(
      'Make the role AWSServiceRoleForEC2FastLaunch, in an account that never had Fast Launch on; default false.',
    ),
});

/** Fast Launch for the AMI of the nodes. */
export const fastLaunchSchema = z.strictObject({
  method: z
    .enum(FAST_LAUNCH_METHODS)
    .default('local-exec')
    .describe(
      'Who switches it on: local-exec (a step of Terraform that calls the AWS CLI, waits, and switches old AMIs off), distribution (Image Builder after each build; nothing waits, and nothing switches off) or none; default local-exec.',
    ),
  enabled: z
    .boolean()
    .exactOptional()
    .describe(
      'False switches it off for all AMIs: apply that before you remove fastLaunch; default true.',
    ),
  targetResourceCount: integer({ min: 1, max: MAX_TARGET_RESOURCE_COUNT })
    .default(DEFAULT_TARGET_RESOURCE_COUNT)
    .describe('Number of prepared snapshots to keep; each is billed; default 5.'),
  maxParallelLaunches: integer({ min: MIN_PARALLEL_LAUNCHES })
    .default(MIN_PARALLEL_LAUNCHES)
    .describe(
      'Number of instances that may prepare snapshots at the same time, at least 6; the quota of a new account is 40 in a Region; default 6.',
    ),
  waitForEnabled: z
    .boolean()
    .exactOptional()
    .describe('Whether nodes change over only when it is on; default true.'),
  timeoutMinutes: integer({ min: 1, max: 1440 })
    .exactOptional()
    .describe('Minutes to wait until it is on; default 60.'),
  onDestroy: z
    .enum(FAST_LAUNCH_ON_DESTROY)
    .exactOptional()
    .describe('What happens to it when the stack is destroyed; default disable.'),
  takeOver: z
    .boolean()
    .exactOptional()
    .describe(
      'Change what another environment or somebody by hand has switched on for the same AMI; default false, so that the apply stops.',
    ),
  driftCheck: z
    .boolean()
    .exactOptional()
    .describe('Warn in plans when no prepared snapshot is left; default true.'),
  keyGrant: keyGrant
    .exactOptional()
    .describe('Lets EC2 Fast Launch use the customer managed KMS key of the AMI; default none.'),
  subnetId: subnetId()
    .exactOptional()
    .describe('Subnet to prepare the snapshots in; default one of the default VPC.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe('Security groups of the preparing instances; default that of the VPC.'),
  instanceType: instanceType()
    .exactOptional()
    .describe('EC2 instance type that prepares the snapshots; default t3.xlarge.'),
  snapshotPricePerGiBMonth: checked(z.number(), checkSnapshotPrice)
    .meta({ minimum: SNAPSHOT_PRICE_RANGE.min, maximum: SNAPSHOT_PRICE_RANGE.max })
    .exactOptional()
    .describe(
      'Price of EBS snapshots in USD for a GiB a month, from which the cost is reckoned that summary and plan show; default the public one, for Regions where it is known.',
    ),
});
