import { z } from 'zod';
import {
  ALARM_NAME,
  CHECKPOINT_DELAY_SECONDS,
  CHECKPOINT_PERCENTAGE,
  checkInstancesDistribution,
  checkLifecycleHook,
  GROUP_SIZE,
  HEARTBEAT_TIMEOUT_SECONDS,
  LIFECYCLE_HOOK_NAME,
  LIFECYCLE_RESULTS,
  LIFECYCLE_TRANSITIONS,
  MAX_HEALTHY_PERCENTAGE,
  MAX_LIFECYCLE_HOOKS,
  ON_DEMAND_ALLOCATION_STRATEGIES,
  PERCENT,
  POOL_STATES,
  REFRESH_ALARMS,
  REFRESH_METHODS,
  REFRESH_TIMEOUT_MINUTES,
  REFRESH_TRIGGERS,
  SCALE_IN_PROTECTED,
  SPOT_ALLOCATION_STRATEGIES,
  STANDBY,
  SUSPENDED_PROCESSES,
  TERMINATION_POLICIES,
  TIMES,
  WEIGHTED_CAPACITY,
} from '../../../modules/eks-windows-nodes/checks';
import { instanceType } from '../fields/aws-fields';
import { checked, integer, list, plainText, textLike } from '../fields/field-types';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const MAX_GROUP_INSTANCE_TYPES = 40;

const instanceRefreshPreferences = z.strictObject({
  method: z
    .enum(REFRESH_METHODS)
    .exactOptional()
    .describe(
      'Who starts refreshes: provider (nothing waits for their end, and a failed one leaves the new AMI in the group) or local-exec (a step that calls the AWS CLI and waits; a failed refresh goes back to the AMI that ran before); default provider.',
    ),
  waitForSuccess: z
    .boolean()
    .exactOptional()
    .describe('With local-exec: whether the apply waits for the end; default true.'),
  timeoutMinutes: integer(REFRESH_TIMEOUT_MINUTES)
    .exactOptional()
    .describe('With local-exec: minutes to wait for the end; default 240.'),
  minHealthyPercentage: integer(PERCENT)
    .exactOptional()
    .describe('Per cent of the nodes that stay in service; default 100.'),
  maxHealthyPercentage: integer(MAX_HEALTHY_PERCENTAGE)
    .exactOptional()
    .describe('Per cent of the nodes that there may be meanwhile; default 110.'),
  instanceWarmupSeconds: integer({ min: 0 })
    .exactOptional()
    .describe('Seconds from a new node to the next step; default 300.'),
  checkpointPercentages: list(integer(CHECKPOINT_PERCENTAGE))
    .exactOptional()
    .describe('Per cent of the nodes at which to pause, rising; default no pause.'),
  checkpointDelaySeconds: integer(CHECKPOINT_DELAY_SECONDS)
    .exactOptional()
    .describe('Length of such a pause in seconds; default an hour.'),
  autoRollback: z
    .boolean()
    .exactOptional()
    .describe(
      'Replace what is new already when it fails: with local-exec by what ran before, with provider by the same again; default true with local-exec, false with provider.',
    ),
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
  alarms: list(textLike(ALARM_NAME), REFRESH_ALARMS)
    .exactOptional()
    .describe('Names of CloudWatch alarms that make it fail, 1 to 10; default none.'),
  triggers: list(z.enum(REFRESH_TRIGGERS), { min: 1 })
    .exactOptional()
    .describe(
      'What starts it beyond a new template version and other types: tag, vpc_zone_identifier or protect_from_scale_in; default nothing.',
    ),
});

const instanceRefresh = z.union([z.literal('none'), instanceRefreshPreferences], {
  error: 'be none or the preferences of an instance refresh',
});

const instancesDistribution = z.strictObject({
  onDemandBaseCapacity: integer(GROUP_SIZE)
    .exactOptional()
    .describe('Nodes that are On-Demand before any is Spot; default 0.'),
  onDemandPercentageAboveBaseCapacity: integer(PERCENT)
    .exactOptional()
    .describe(
      'Per cent of the nodes above that which are On-Demand, 0 for Spot only; default 100.',
    ),
  onDemandAllocationStrategy: z
    .enum(ON_DEMAND_ALLOCATION_STRATEGIES)
    .exactOptional()
    .describe('How EC2 chooses the types of On-Demand nodes; default prioritized.'),
  spotAllocationStrategy: z
    .enum(SPOT_ALLOCATION_STRATEGIES)
    .exactOptional()
    .describe('How EC2 chooses the types of Spot nodes; default price-capacity-optimized.'),
  spotInstancePools: integer({ min: 1 })
    .exactOptional()
    .describe('Number of Spot pools, 1 to 20, only with lowest-price; default 2.'),
  spotMaxPrice: plainText()
    .exactOptional()
    .describe(
      'Most that a Spot node may cost in US dollars an hour, in quotes; default the On-Demand price.',
    ),
});

const warmPool = z.strictObject({
  poolState: z
    .enum(POOL_STATES)
    .exactOptional()
    .describe('What the nodes do while they wait; default Stopped.'),
  minSize: integer(GROUP_SIZE).exactOptional().describe('Nodes that wait at least; default 0.'),
  maxGroupPreparedCapacity: integer(GROUP_SIZE)
    .exactOptional()
    .describe('Most nodes in service and waiting together; default maxSize of the group.'),
  reuseOnScaleIn: z
    .boolean()
    .exactOptional()
    .describe('Let nodes wait again when the group shrinks; default false.'),
});

const lifecycleHook = z.strictObject({
  name: textLike(LIFECYCLE_HOOK_NAME).describe('Name of the hook, once in its group.'),
  lifecycleTransition: z.enum(LIFECYCLE_TRANSITIONS).describe('When a node pauses.'),
  heartbeatTimeoutSeconds: integer(HEARTBEAT_TIMEOUT_SECONDS)
    .exactOptional()
    .describe('Seconds until AWS goes on by itself, 30 to 7200; default an hour.'),
  defaultResult: z
    .enum(LIFECYCLE_RESULTS)
    .exactOptional()
    .describe('What happens when nobody has answered by then; default ABANDON.'),
  notificationMetadata: plainText()
    .exactOptional()
    .describe('Text for whoever is told; default none.'),
  notificationTargetArn: plainText()
    .exactOptional()
    .describe('ARN of the SQS queue or SNS topic that is told; default EventBridge only.'),
  roleArn: plainText()
    .exactOptional()
    .describe('ARN of the role with which AWS tells it; default none.'),
});

const clusterAutoscaler = z.union(
  [
    z.boolean(),
    z.strictObject({
      labels: z
        .record(plainText(), plainText())
        .exactOptional()
        .describe('Labels that nodes get from someone else; default none.'),
      resources: z
        .record(plainText(), plainText())
        .exactOptional()
        .describe(
          'Resources of a node beyond CPU and memory, such as vpc.amazonaws.com/PrivateIPv4Address: "14"; default none.',
        ),
    }),
  ],
  { error: 'be true, false or { labels, resources }' },
);

/** The keys of a group that say how many nodes it has, and of which types. */
export const nodeScalingFields = {
  instanceTypes: list(instanceType(), { min: 1, max: MAX_GROUP_INSTANCE_TYPES }).describe(
    'EC2 instance types of the nodes, 1 to 40.',
  ),
  minSize: integer(GROUP_SIZE).describe('Smallest number of nodes.'),
  maxSize: integer(GROUP_SIZE).describe('Largest number of nodes.'),
  desiredSize: integer(GROUP_SIZE)
    .exactOptional()
    .describe(
      'Number of nodes that every apply puts back; default left to whoever scales the group.',
    ),
  instancesDistribution: checked(instancesDistribution, checkInstancesDistribution)
    .exactOptional()
    .describe('On-Demand and Spot nodes; default On-Demand only.'),
  weightedCapacities: z
    .record(instanceType(), integer(WEIGHTED_CAPACITY))
    .exactOptional()
    .describe('Units that a node of each type counts, 1 to 999; default every node counts as one.'),
  instanceRefresh: instanceRefresh
    .exactOptional()
    .describe(
      'How nodes are exchanged, or none: then nobody does it; default a new one first, one after the other.',
    ),
  warmPool: warmPool
    .exactOptional()
    .describe('Nodes that wait, started already, until they are needed; default none.'),
  lifecycleHooks: list(checked(lifecycleHook, checkLifecycleHook), {
    min: 1,
    max: MAX_LIFECYCLE_HOOKS,
  })
    .exactOptional()
    .describe('Pauses at the launch and before the end of a node; default none.'),
  clusterAutoscaler: clusterAutoscaler
    .exactOptional()
    .describe(
      'Let the cluster autoscaler find the group, and scale it from zero: true, or { labels, resources } of its nodes; default false.',
    ),
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
  maxInstanceLifetimeSeconds: integer(TIMES.maxInstanceLifetimeSeconds)
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
  defaultCooldownSeconds: integer(TIMES.defaultCooldownSeconds)
    .exactOptional()
    .describe('Seconds from one simple scaling to the next; default 300.'),
  healthCheckGracePeriodSeconds: integer(TIMES.healthCheckGracePeriodSeconds)
    .exactOptional()
    .describe('Seconds in service before health checks of a node count; default 300.'),
  defaultInstanceWarmupSeconds: integer(TIMES.defaultInstanceWarmupSeconds)
    .exactOptional()
    .describe('Seconds until a new node counts in metrics and scaling; default none.'),
  waitForCapacityTimeoutSeconds: integer(TIMES.waitForCapacityTimeoutSeconds)
    .exactOptional()
    .describe('Seconds that an apply waits for nodes in service, 0 not at all; default 600.'),
  forceDelete: z
    .boolean()
    .exactOptional()
    .describe('Let a destroy pass over its nodes and their hooks; default false.'),
};
