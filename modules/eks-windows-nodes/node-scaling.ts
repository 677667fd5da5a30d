import type { AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  checkEach,
  checkInteger,
  checkListLength,
  checkOneOf,
  checkUnique,
  checkWindowsInstanceType,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../core';
import {
  buildInstanceRefresh,
  checkInstanceRefresh,
  type InstanceRefresh,
} from './instance-refresh';
import type { WindowsLaunchTemplate } from './windows-launch-template';

/** How many nodes a group has, of which types, and how they are exchanged. */
export interface NodeScaling {
  /** x86-64 types, the preferred one first; with several, EC2 chooses among them. */
  readonly instanceTypes: readonly string[];
  /** Nodes, 0 to 5,000. */
  readonly minSize: number;
  /** Nodes, not less than `minSize`. */
  readonly maxSize: number;
  /** How nodes are exchanged when something about them has changed. @default see there */
  readonly instanceRefresh?: InstanceRefresh | undefined;
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
  /** Whether the group never takes a new node away by itself. @default false */
  readonly protectFromScaleIn?: boolean | undefined;
  /** Whether Spot nodes at risk are replaced before they are taken away. @default false */
  readonly capacityRebalance?: boolean | undefined;
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
export const MAX_INSTANCE_LIFETIME_SECONDS = { min: 86_400, max: 31_536_000 };

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

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
export const MAX_GROUP_SIZE = 5000;

/** The scaling part of an Auto Scaling group that launches from a template. */
export function buildNodeScaling(
  scaling: NodeScaling,
  template: Pick<WindowsLaunchTemplate, 'id' | 'latestVersion'>,
): Partial<AutoscalingGroupConfig> & Pick<AutoscalingGroupConfig, 'minSize' | 'maxSize'> {
  const { terminationPolicies, suspendedProcesses, groupMetrics = false } = scaling;
  return {
    minSize: scaling.minSize,
    maxSize: scaling.maxSize,
    ...buildInstanceChoice(scaling, template),
    instanceRefresh: buildInstanceRefresh(scaling.instanceRefresh),
    ...withoutUndefined({
      terminationPolicies: terminationPolicies && [...terminationPolicies],
      // AWS keeps a set, so that an order of ours would be a change in every plan.
      suspendedProcesses: suspendedProcesses && [...suspendedProcesses].sort(),
      enabledMetrics: groupMetrics ? GROUP_METRICS : undefined,
      maxInstanceLifetime: scaling.maxInstanceLifetimeSeconds,
      protectFromScaleIn: scaling.protectFromScaleIn,
      capacityRebalance: scaling.capacityRebalance,
    }),
  };
}

function buildInstanceChoice(
  { instanceTypes }: NodeScaling,
  { id, latestVersion }: Pick<WindowsLaunchTemplate, 'id' | 'latestVersion'>,
): Pick<AutoscalingGroupConfig, 'launchTemplate' | 'mixedInstancesPolicy'> {
  if (instanceTypes.length === 1) return { launchTemplate: { id, version: latestVersion } };
  return {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id, version: latestVersion },
        override: instanceTypes.map((instanceType) => ({ instanceType })),
      },
    },
  };
}

/** Lists what is wrong with the scaling of a group. */
export function checkNodeScaling(scaling: NodeScaling): Problem[] {
  const { instanceTypes, terminationPolicies = [], suspendedProcesses = [] } = scaling;
  const { maxInstanceLifetimeSeconds } = scaling;
  return [
    ...checkListLength(['instanceTypes'], instanceTypes, { min: 1 }),
    ...checkUnique(['instanceTypes'], instanceTypes),
    ...checkEach(['instanceTypes'], instanceTypes, checkWindowsInstanceType),
    ...checkGroupSize(scaling),
    ...checkInstanceRefresh(['instanceRefresh'], scaling.instanceRefresh ?? {}),
    ...checkChoices(['terminationPolicies'], terminationPolicies, TERMINATION_POLICIES),
    ...checkChoices(['suspendedProcesses'], suspendedProcesses, SUSPENDED_PROCESSES),
    ...(maxInstanceLifetimeSeconds === undefined
      ? []
      : checkInteger(
          ['maxInstanceLifetimeSeconds'],
          maxInstanceLifetimeSeconds,
          MAX_INSTANCE_LIFETIME_SECONDS,
        )),
  ];
}

function checkChoices(path: Path, chosen: readonly string[], all: readonly string[]): Problem[] {
  return [
    ...checkUnique(path, chosen),
    ...checkEach(path, chosen, (itemPath, item) => checkOneOf(itemPath, item, all)),
  ];
}

function checkGroupSize({ minSize, maxSize }: NodeScaling): Problem[] {
  const range = { min: 0, max: MAX_GROUP_SIZE };
  const problems = [
    ...checkInteger(['minSize'], minSize, range),
    ...checkInteger(['maxSize'], maxSize, range),
  ];
  // A number token is a huge negative number: only known sizes can be compared.
  if (problems.length > 0 || minSize < 0 || maxSize < 0 || minSize <= maxSize) return problems;
  return [problem(['maxSize'], `be at least \`minSize\` (${minSize})`, maxSize)];
}
