import type { AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { numberText, type Problem, problem, withoutUndefined } from '../../core';
import {
  boolean,
  checkSettings,
  choice,
  integer,
  listOrEmpty,
  type SettingProps,
  setting,
} from '../../settings';
import type { WindowsLaunchTemplate } from '../instance/windows-launch-template';
import type { Taint } from '../kubernetes/kubernetes-syntax';
import { lifecycleHooks } from '../life-cycle/lifecycle-hook';
import { type ClusterAutoscaler, checkClusterAutoscaler } from './cluster-autoscaler';
import { GROUP_SIZE } from './group-limits';
import { buildInstanceChoice, checkInstanceChoice, type InstanceChoice } from './instance-choice';
import {
  buildInstanceRefresh,
  checkInstanceRefresh,
  type InstanceRefresh,
} from './instance-refresh';
import { buildWarmPool, checkPooledTypes, warmPool } from './warm-pool';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html */
const TERMINATION_POLICIES = [
  'Default',
  'AllocationStrategy',
  'OldestLaunchTemplate',
  'ClosestToNextInstanceHour',
  'NewestInstance',
  'OldestInstance',
] as const;

/** One of {@link TERMINATION_POLICIES}. */
export type TerminationPolicy = (typeof TERMINATION_POLICIES)[number];

/**
 * Without `Launch` and `Terminate`: a group in which they stand still does not roll.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html
 */
const SUSPENDED_PROCESSES = [
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;

/** One of {@link SUSPENDED_PROCESSES}. */
export type SuspendedProcess = (typeof SUSPENDED_PROCESSES)[number];

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
const MAX_INSTANCE_LIFETIME_SECONDS = { min: 86_400, max: 31_536_000 };

/** The same page; for AWS's own health checks. */
const HEALTH_CHECK_GRACE_PERIOD_SECONDS = { min: 0, max: 7200 };

/** Ours: an apply that waits longer than two hours is an apply that hangs. */
const WAIT_FOR_CAPACITY_SECONDS = { min: 0, max: 7200 };

/** The settings of {@link NodeScaling} beside those of the types, and what has two forms. */
export const NODE_SCALING_SETTINGS = {
  /** Nodes, 0 to 5,000. */
  minSize: setting(integer(GROUP_SIZE), {
    about: 'Smallest number of nodes',
    required: true,
    change: 'in-place',
  }),
  /** Nodes, not less than `minSize`. */
  maxSize: setting(integer(GROUP_SIZE), {
    about: 'Largest number of nodes',
    required: true,
    change: 'in-place',
  }),
  /**
   * Nodes, from `minSize` to `maxSize`. Terraform puts the number back at every apply, whatever an
   * autoscaler has made of it.
   * @default - `minSize` at first, then left to whoever scales the group: never in a plan
   */
  desiredSize: setting(integer(GROUP_SIZE), {
    about: 'Number of nodes that every apply puts back',
    otherwise: 'left to whoever scales the group',
    change: 'in-place',
  }),
  /** Nodes that wait, started already, until they are needed. @default - none */
  warmPool: setting(warmPool, {
    about: 'Nodes that wait, started already, until they are needed',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** Pauses at the launch and before the end of a node. At most 50. @default - none */
  lifecycleHooks: setting(lifecycleHooks, {
    about: 'Pauses at the launch and before the end of a node',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * Which node goes first when the group shrinks; the first policy that tells counts.
   * @default - AWS's own: zones are balanced first
   */
  terminationPolicies: setting(listOrEmpty(choice(TERMINATION_POLICIES)), {
    about: 'Which node goes first when the group shrinks',
    otherwise: 'that of AWS',
    change: 'in-place',
  }),
  /** Processes of the group that stand still, such as `AZRebalance`. @default - none */
  suspendedProcesses: setting(listOrEmpty(choice(SUSPENDED_PROCESSES)), {
    about: 'Processes of the Auto Scaling group that stand still',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** Whether CloudWatch gets the group's metrics. They are free. @default false */
  groupMetrics: setting(boolean(), {
    about: 'Send the metrics of the Auto Scaling group to CloudWatch',
    default: false,
    change: 'in-place',
  }),
  /**
   * Seconds after which a node is replaced, 86,400 (a day) to 31,536,000 (a year).
   * @default - nodes stay as long as they work
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-max-instance-lifetime.html
   */
  maxInstanceLifetimeSeconds: setting(integer(MAX_INSTANCE_LIFETIME_SECONDS), {
    about: 'Seconds after which a node is replaced',
    otherwise: 'never',
    change: 'in-place',
  }),
  /** Whether new nodes are never taken away when the group shrinks by itself. @default false */
  protectFromScaleIn: setting(boolean(), {
    about: 'Never take a new node away by itself',
    default: false,
    change: 'in-place',
  }),
  /** Whether Spot nodes at risk are replaced before they are taken away. @default false */
  capacityRebalance: setting(boolean(), {
    about: 'Replace Spot nodes at risk before they are taken away',
    default: false,
    change: 'in-place',
  }),
  /**
   * Seconds from one simple scaling to the next, 0 or more. The cluster autoscaler does not care.
   * @default - AWS's own, 300
   */
  defaultCooldownSeconds: setting(integer({ min: 0 }), {
    about: 'Seconds from one simple scaling to the next',
    otherwise: '300',
    change: 'in-place',
  }),
  /**
   * Seconds in service before the first health check of a node counts, 0 to 7,200.
   * @default - that of the provider, 300
   */
  healthCheckGracePeriodSeconds: setting(integer(HEALTH_CHECK_GRACE_PERIOD_SECONDS), {
    about: 'Seconds in service before health checks of a node count',
    otherwise: '300',
    change: 'in-place',
  }),
  /**
   * Seconds until a new node counts in metrics and scaling, 0 or more. An instance refresh has its
   * own, `instanceRefresh.instanceWarmupSeconds`.
   * @default - AWS's own: none
   */
  defaultInstanceWarmupSeconds: setting(integer({ min: 0 }), {
    about: 'Seconds until a new node counts in metrics and scaling',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * Seconds that an apply waits for `minSize` or `desiredSize` nodes in service, when it makes the
   * group or raises one of the two; then the apply fails. With 0 it does not wait. In service means
   * running, not ready in Kubernetes; a life-cycle hook at launch comes before it.
   * @default - that of the provider, 600
   */
  waitForCapacityTimeoutSeconds: setting(integer(WAIT_FOR_CAPACITY_SECONDS), {
    about: 'Seconds that an apply waits for nodes in service, 0 not at all',
    otherwise: '600',
    change: 'in-place',
  }),
  /**
   * Whether a destroy deletes the group at once and leaves its nodes to AWS, instead of scaling it
   * to zero and waiting for that. Life-cycle hooks, and so draining, are passed over.
   * @default false
   */
  forceDelete: setting(boolean(), {
    about: 'Let a destroy pass over its nodes and their hooks',
    default: false,
    change: 'in-place',
  }),
};

/**
 * How many nodes a group has, of which types, and how they are exchanged. A change of anything but
 * the types and their distribution leaves nodes that run as they are.
 */
export interface NodeScaling extends InstanceChoice, SettingProps<typeof NODE_SCALING_SETTINGS> {
  /**
   * How nodes are exchanged when something about them has changed. With `none` nothing is: new
   * nodes are of the new template version, the others stay until somebody replaces them.
   * @default - a new node first, one after the other
   */
  readonly instanceRefresh?: InstanceRefresh | 'none' | undefined;
  /**
   * Whether the cluster autoscaler may scale the group: tags by which it finds the group and knows
   * the labels and taints of its nodes, so that it can also scale from zero.
   * @default false
   */
  readonly clusterAutoscaler?: boolean | ClusterAutoscaler | undefined;
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html */
const GROUP_METRICS = [
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupMaxSize',
  'GroupMinSize',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
];

/** The scaling part of an Auto Scaling group that launches from a template. */
export function buildNodeScaling(
  scaling: NodeScaling,
  template: Pick<WindowsLaunchTemplate, 'id' | 'latestVersion'>,
): Partial<AutoscalingGroupConfig> & Pick<AutoscalingGroupConfig, 'minSize' | 'maxSize'> {
  const { terminationPolicies, suspendedProcesses, warmPool: pool } = scaling;
  const { groupMetrics = NODE_SCALING_SETTINGS.groupMetrics.default } = scaling;
  return {
    minSize: scaling.minSize,
    maxSize: scaling.maxSize,
    ...buildInstanceChoice(scaling, template),
    ...withoutUndefined({
      desiredCapacity: scaling.desiredSize,
      instanceRefresh: isStep(scaling.instanceRefresh)
        ? undefined
        : buildInstanceRefresh(scaling.instanceRefresh),
      warmPool: pool && buildWarmPool(pool),
      terminationPolicies: terminationPolicies && [...terminationPolicies],
      // AWS keeps a set, so that an order of ours would be a change in every plan.
      suspendedProcesses: suspendedProcesses && [...suspendedProcesses].sort(),
      enabledMetrics: groupMetrics ? GROUP_METRICS : undefined,
      maxInstanceLifetime: scaling.maxInstanceLifetimeSeconds,
      protectFromScaleIn: scaling.protectFromScaleIn,
      capacityRebalance: scaling.capacityRebalance,
      defaultCooldown: scaling.defaultCooldownSeconds,
      healthCheckGracePeriod: scaling.healthCheckGracePeriodSeconds,
      defaultInstanceWarmup: scaling.defaultInstanceWarmupSeconds,
      waitForCapacityTimeout: durationText(scaling.waitForCapacityTimeoutSeconds),
      forceDelete: scaling.forceDelete,
    }),
  };
}

/** Whether a step of Terraform starts the refreshes, and not the provider. */
export function isStep(refresh: InstanceRefresh | 'none' | undefined): refresh is InstanceRefresh {
  return refresh !== undefined && refresh !== 'none' && refresh.method === 'local-exec';
}

/** Seconds as a duration of Terraform; of what only Terraform knows, an expression. */
function durationText(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${numberText(seconds)}s`;
}

/** Lists what is wrong with the scaling of a group with these labels and taints. */
export function checkNodeScaling(
  scaling: NodeScaling,
  nodes: {
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly taints?: readonly Taint[] | undefined;
  } = {},
): Problem[] {
  const { instanceRefresh = {}, clusterAutoscaler: autoscaler = false } = scaling;
  return [
    ...checkInstanceChoice(scaling),
    ...checkSettings(NODE_SCALING_SETTINGS, scaling),
    ...checkGroupSize(scaling),
    ...checkInstanceRefresh(['instanceRefresh'], instanceRefresh),
    ...checkPooledTypes(['warmPool'], scaling.warmPool, scaling),
    ...(autoscaler === false
      ? []
      : checkClusterAutoscaler(
          ['clusterAutoscaler'],
          autoscaler === true ? {} : autoscaler,
          nodes,
        )),
  ];
}

/** Not out of its range, which is a problem of its own, and no number that only Terraform knows. */
const isSize = (size: number | undefined): size is number =>
  size !== undefined && size >= GROUP_SIZE.min && size <= GROUP_SIZE.max;

function checkGroupSize({ minSize, maxSize, desiredSize }: NodeScaling): Problem[] {
  if (isSize(minSize) && isSize(maxSize) && minSize > maxSize) {
    const advice = 'lower it, or raise `maxSize`';
    return [
      problem(
        'group-size-order',
        ['minSize'],
        `be at most \`maxSize\` (${maxSize})`,
        minSize,
        advice,
      ),
    ];
  }
  if (!isSize(desiredSize)) return [];
  if (isSize(minSize) && desiredSize < minSize) {
    return [
      problem(
        'desired-below-min',
        ['desiredSize'],
        `be at least \`minSize\` (${minSize})`,
        desiredSize,
      ),
    ];
  }
  if (isSize(maxSize) && desiredSize > maxSize) {
    return [
      problem(
        'desired-above-max',
        ['desiredSize'],
        `be at most \`maxSize\` (${maxSize})`,
        desiredSize,
      ),
    ];
  }
  return [];
}
