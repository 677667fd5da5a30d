import { z } from 'zod';
import {
  MAX_GROUP_SIZE,
  MAX_INSTANCE_LIFETIME_SECONDS,
  SCALE_IN_PROTECTED,
  STANDBY,
  SUSPENDED_PROCESSES,
  TERMINATION_POLICIES,
} from '../modules/eks-windows-nodes';
import { instanceType } from './aws-fields';
import { integer, list } from './field-types';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const MAX_GROUP_INSTANCE_TYPES = 40;

const instanceRefresh = z.strictObject({
  minHealthyPercentage: integer({ min: 0, max: 100 })
    .exactOptional()
    .describe('Per cent of the nodes that stay in service; default 100.'),
  maxHealthyPercentage: integer({ min: 100, max: 200 })
    .exactOptional()
    .describe('Per cent of the nodes that there may be meanwhile; default 110.'),
  instanceWarmupSeconds: integer({ min: 0 })
    .exactOptional()
    .describe('Seconds from a new node to the next step; default 300.'),
  checkpointPercentages: list(integer({ min: 1, max: 100 }))
    .exactOptional()
    .describe('Per cent of the nodes at which to pause, rising; default no pause.'),
  checkpointDelaySeconds: integer({ min: 0, max: 172_800 })
    .exactOptional()
    .describe('Length of such a pause in seconds; default an hour.'),
  autoRollback: z
    .boolean()
    .exactOptional()
    .describe('Go back to the AMI that ran before when it fails; default true.'),
  skipMatching: z
    .boolean()
    .exactOptional()
    .describe('Leave nodes alone that are as wanted; default true.'),
  scaleInProtectedInstances: z
    .enum(SCALE_IN_PROTECTED)
    .exactOptional()
    .describe('What becomes of nodes that are protected from scale-in; default Ignore.'),
  standbyInstances: z
    .enum(STANDBY)
    .exactOptional()
    .describe('What becomes of nodes in standby; default Ignore.'),
});

/** The keys of a group that say how many nodes it has, and of which types. */
export const nodeScalingFields = {
  instanceTypes: list(instanceType(), { min: 1, max: MAX_GROUP_INSTANCE_TYPES }).describe(
    'EC2 instance types of the nodes, 1 to 40.',
  ),
  minSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Smallest number of nodes.'),
  maxSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Largest number of nodes.'),
  instanceRefresh: instanceRefresh
    .exactOptional()
    .describe('How nodes are exchanged; default a new one first, one after the other.'),
  terminationPolicies: list(z.enum(TERMINATION_POLICIES), { min: 1 })
    .exactOptional()
    .describe('Which node goes first when the group shrinks; default that of AWS.'),
  suspendedProcesses: list(z.enum(SUSPENDED_PROCESSES), { min: 1 })
    .exactOptional()
    .describe('Processes of the Auto Scaling group that stand still; default none.'),
  groupMetrics: z
    .boolean()
    .exactOptional()
    .describe('Send the metrics of the Auto Scaling group to CloudWatch; default false.'),
  maxInstanceLifetimeSeconds: integer(MAX_INSTANCE_LIFETIME_SECONDS)
    .exactOptional()
    .describe('Seconds after which a node is replaced; default never.'),
  protectFromScaleIn: z
    .boolean()
    .exactOptional()
    .describe('Never take a new node away by itself; default false.'),
  capacityRebalance: z
    .boolean()
    .exactOptional()
    .describe('Replace Spot nodes at risk before they are taken away; default false.'),
};
