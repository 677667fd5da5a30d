import type { AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  checkEach,
  checkInteger,
  checkOneOf,
  checkUnique,
  numberText,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';
import type { WindowsLaunchTemplate } from '../instance/windows-launch-template';
import type { Taint } from '../kubernetes/kubernetes-syntax';
import { checkLifecycleHooks, type LifecycleHook } from '../life-cycle/lifecycle-hook';
import { type ClusterAutoscaler, checkClusterAutoscaler } from './cluster-autoscaler';
import { GROUP_SIZE } from './group-limits';
import { buildInstanceChoice, checkInstanceChoice, type InstanceChoice } from './instance-choice';
import {
  buildInstanceRefresh,
  checkInstanceRefresh,
  type InstanceRefresh,
} from './instance-refresh';
import { buildWarmPool, checkWarmPool, type WarmPool } from './warm-pool';

/**
 * How many nodes a group has, of which types, and how they are exchanged. A change of anything but
 * the types and their distribution leaves nodes that run as they are.
 */
export interface NodeScaling extends InstanceChoice {
  /** Nodes, 0 to 5,000. */
  readonly minSize: number;
  /** Nodes, not less than `minSize`. */
  readonly maxSize: number;
  /**
   * Nodes, from `minSize` to `maxSize`. Terraform puts the number back at every apply, whatever an
   * autoscaler has made of it.
   * @default - `minSize` at first, then left to whoever scales the group: never in a plan
   */
  readonly desiredSize?: number | undefined;
  /**
   * How nodes are exchanged when something about them has changed. With `none` nothing is: new
   * nodes are of the new template version, the others stay until somebody replaces them.
   * @default - a new node first, one after the other
   */
  readonly instanceRefresh?: InstanceRefresh | 'none' | undefined;
  /** Nodes that wait, started already, until they are needed. @default - none */
  readonly warmPool?: WarmPool | undefined;
  /** Pauses at the launch and before the end of a node. At most 50. @default - none */
  readonly lifecycleHooks?: readonly LifecycleHook[] | undefined;
  /**
   * Whether the cluster autoscaler may scale the group: tags by which it finds the group and knows
   * the labels and taints of its nodes, so that it can also scale from zero.
   * @default false
   */
  readonly clusterAutoscaler?: boolean | ClusterAutoscaler | undefined;
  /**
   * Which node goes first when the group shrinks; the first policy that tells counts.
   * @default - AWS's own: zones are balanced first
   */
  readonly terminationPolicies?: readonly TerminationPolicy[] | undefined;
  /** Processes of the group that stand still, such as `AZRebalance`. @default - none */
  readonly suspendedProcesses?: readonly SuspendedProcess[] | undefined;
  /** Whether CloudWatch gets the group's metrics. They are free. @default false */
  readonly groupMetrics?: boolean | undefined;
  /**
   * Seconds after which a node is replaced, 86,400 (a day) to 31,536,000 (a year).
   * @default - nodes stay as long as they work
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-max-instance-lifetime.html
   */
  readonly maxInstanceLifetimeSeconds?: number | undefined;
  /** Whether new nodes are never taken away when the group shrinks by itself. @default false */
  readonly protectFromScaleIn?: boolean | undefined;
  /** Whether Spot nodes at risk are replaced before they are taken away. @default false */
  readonly capacityRebalance?: boolean | undefined;
  /**
   * Seconds from one simple scaling to the next, 0 or more. The cluster autoscaler does not care.
   * @default - AWS's own, 300
   */
  readonly defaultCooldownSeconds?: number | undefined;
  /**
   * Seconds in service before the first health check of a node counts, 0 to 7,200.
   * @default - that of the provider, 300
   */
  readonly healthCheckGracePeriodSeconds?: number | undefined;
  /**
   * Seconds until a new node counts in metrics and scaling, 0 or more. An instance refresh has its
   * own, `instanceRefresh.instanceWarmupSeconds`.
   * @default - AWS's own: none
   */
  readonly defaultInstanceWarmupSeconds?: number | undefined;
  /**
   * Seconds that an apply waits for `minSize` or `desiredSize` nodes in service, when it makes the
   * group or raises one of the two; then the apply fails. With 0 it does not wait. In service means
   * running, not ready in Kubernetes; a life-cycle hook at launch comes before it.
   * @default - that of the provider, 600
   */
  readonly waitForCapacityTimeoutSeconds?: number | undefined;
  /**
   * Whether a destroy deletes the group at once and leaves its nodes to AWS, instead of scaling it
   * to zero and waiting for that. Life-cycle hooks, and so draining, are passed over.
   * @default false
   */
  readonly forceDelete?: boolean | undefined;
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html */
export const TERMINATION_POLICIES = [
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
export const SUSPENDED_PROCESSES = [
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
  const { terminationPolicies, suspendedProcesses, groupMetrics = false, warmPool } = scaling;
  return {
    minSize: scaling.minSize,
    maxSize: scaling.maxSize,
    ...buildInstanceChoice(scaling, template),
    ...withoutUndefined({
      desiredCapacity: scaling.desiredSize,
      instanceRefresh: isStep(scaling.instanceRefresh)
        ? undefined
        : buildInstanceRefresh(scaling.instanceRefresh),
      warmPool: warmPool && buildWarmPool(warmPool),
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
  const { terminationPolicies = [], suspendedProcesses = [], lifecycleHooks = [] } = scaling;
  return [
    ...checkInstanceChoice(scaling),
    ...checkGroupSize(scaling),
    ...checkInstanceRefresh(['instanceRefresh'], instanceRefresh),
    ...checkWarmPool(['warmPool'], scaling.warmPool, scaling),
    ...checkLifecycleHooks(['lifecycleHooks'], lifecycleHooks),
    ...(autoscaler === false
      ? []
      : checkClusterAutoscaler(
          ['clusterAutoscaler'],
          autoscaler === true ? {} : autoscaler,
          nodes,
        )),
    ...checkChoices(['terminationPolicies'], terminationPolicies, TERMINATION_POLICIES),
    ...checkChoices(['suspendedProcesses'], suspendedProcesses, SUSPENDED_PROCESSES),
    ...checkSeconds(scaling),
  ];
}

function checkChoices(path: Path, chosen: readonly string[], all: readonly string[]): Problem[] {
  return [
    ...checkUnique(path, chosen),
    ...checkEach(path, chosen, (itemPath, item) => checkOneOf(itemPath, item, all)),
  ];
}

/** The ranges of the settings that are times. */
export const TIMES = {
  maxInstanceLifetimeSeconds: MAX_INSTANCE_LIFETIME_SECONDS,
  defaultCooldownSeconds: { min: 0 },
  healthCheckGracePeriodSeconds: HEALTH_CHECK_GRACE_PERIOD_SECONDS,
  defaultInstanceWarmupSeconds: { min: 0 },
  waitForCapacityTimeoutSeconds: WAIT_FOR_CAPACITY_SECONDS,
} as const;

function checkSeconds(scaling: NodeScaling): Problem[] {
  const keys = Object.keys(TIMES) as (keyof typeof TIMES)[];
  return keys.flatMap((key) => {
    const value = scaling[key];
    return value === undefined ? [] : checkInteger([key], value, TIMES[key]);
  });
}

function checkGroupSize({ minSize, maxSize, desiredSize }: NodeScaling): Problem[] {
  const problems = [
    ...checkInteger(['minSize'], minSize, GROUP_SIZE),
    ...checkInteger(['maxSize'], maxSize, GROUP_SIZE),
    ...(desiredSize === undefined ? [] : checkInteger(['desiredSize'], desiredSize, GROUP_SIZE)),
  ];
  if (problems.length > 0) return problems;
  // A number token is a huge negative number: only known sizes can be compared.
  if (minSize >= 0 && maxSize >= 0 && minSize > maxSize) {
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
  return checkDesiredSize([], { minSize, maxSize, desiredSize });
}

/** A wish between the two limits, as far as the three are known. */
function checkDesiredSize(
  path: Path,
  sizes: { readonly [Key in 'minSize' | 'maxSize' | 'desiredSize']?: number | undefined },
): Problem[] {
  const { minSize, maxSize, desiredSize } = sizes;
  // The lower limit of a number token is below every size, so that it never says anything.
  if (desiredSize === undefined || desiredSize < 0) return [];
  const at = [...path, 'desiredSize'];
  if (minSize !== undefined && desiredSize < minSize) {
    return [problem('desired-below-min', at, `be at least \`minSize\` (${minSize})`, desiredSize)];
  }
  if (maxSize !== undefined && maxSize >= 0 && desiredSize > maxSize) {
    return [problem('desired-above-max', at, `be at most \`maxSize\` (${maxSize})`, desiredSize)];
  }
  return [];
}
