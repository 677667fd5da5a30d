import type {
  AutoscalingGroupConfig,
  AutoscalingGroupMixedInstancesPolicyInstancesDistribution,
} from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import {
  checkEach,
  checkInteger,
  checkKnownKeys,
  checkListLength,
  checkOneOf,
  checkText,
  checkUnique,
  checkWindowsInstanceType,
  numberText,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import type { WindowsLaunchTemplate } from '../instance/windows-launch-template';
import { GROUP_SIZE, PERCENT } from './group-limits';

/** Which instances a group launches. A change replaces nodes, unless no node needs it. */
export interface InstanceChoice {
  /** x86-64 types, the preferred one first; with several, EC2 chooses among them. */
  readonly instanceTypes: readonly string[];
  /**
   * How many nodes are On-Demand and how many are Spot, and how EC2 chooses among the types.
   * @default - On-Demand only, in the order of `instanceTypes`
   */
  readonly instancesDistribution?: InstancesDistribution | undefined;
  /**
   * How many units a node of each type counts, 1 to 999, for every one of `instanceTypes`. All sizes
   * of the group are in these units then, and so are those that an autoscaler sets: the cluster
   * autoscaler takes a unit for a node, so do not use both.
   * @default - every node counts as one
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups-instance-weighting.html
   */
  readonly weightedCapacities?: Readonly<Record<string, number>> | undefined;
}

/**
 * On-Demand and Spot nodes in one group. Spot nodes cost less and are taken away with two minutes'
 * notice; see `NodeTerminationQueue` for how to drain them before.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html
 */
export interface InstancesDistribution {
  /** Nodes that are On-Demand before any is Spot, 0 to 5,000. @default 0 */
  readonly onDemandBaseCapacity?: number | undefined;
  /**
   * Per cent of the nodes above that which are On-Demand, 0 to 100. With 0 all of them are Spot.
   * @default 100
   */
  readonly onDemandPercentageAboveBaseCapacity?: number | undefined;
  /** How EC2 chooses the types of On-Demand nodes. @default prioritized */
  readonly onDemandAllocationStrategy?: OnDemandAllocationStrategy | undefined;
  /**
   * How EC2 chooses the types of Spot nodes.
   * @default price-capacity-optimized
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html
   */
  readonly spotAllocationStrategy?: SpotAllocationStrategy | undefined;
  /** Number of pools, 1 to 20; only with `lowest-price`. @default - AWS's own, 2 */
  readonly spotInstancePools?: number | undefined;
  /**
   * Most that a Spot node may cost an hour, in US dollars, such as `0.25`. AWS advises against it:
   * such nodes are taken away more often.
   * @default - the price of an On-Demand node
   */
  readonly spotMaxPrice?: string | undefined;
}

/** How EC2 chooses the types of On-Demand nodes. */
export const ON_DEMAND_ALLOCATION_STRATEGIES = ['prioritized', 'lowest-price'] as const;

/** One of {@link ON_DEMAND_ALLOCATION_STRATEGIES}. */
export type OnDemandAllocationStrategy = (typeof ON_DEMAND_ALLOCATION_STRATEGIES)[number];

/** How EC2 chooses the types of Spot nodes. */
export const SPOT_ALLOCATION_STRATEGIES = [
  'price-capacity-optimized',
  'capacity-optimized',
  'capacity-optimized-prioritized',
  'lowest-price',
] as const;

/** One of {@link SPOT_ALLOCATION_STRATEGIES}. */
export type SpotAllocationStrategy = (typeof SPOT_ALLOCATION_STRATEGIES)[number];

/** AWS's own for Spot is `lowest-price`, which AWS itself advises against. */
const DEFAULTS = {
  onDemandBaseCapacity: 0,
  onDemandPercentageAboveBaseCapacity: 100,
  onDemandAllocationStrategy: 'prioritized',
  spotAllocationStrategy: 'price-capacity-optimized',
} as const;

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html */
const SPOT_INSTANCE_POOLS = { min: 1, max: 20 };

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
export const WEIGHTED_CAPACITY = { min: 1, max: 999 };

/** A price as AWS takes it: without sign, currency and exponent. */
const SPOT_MAX_PRICE: TextRule = {
  id: 'spot-max-price',
  pattern: /^(?=.*[1-9])\d{1,4}(?:\.\d{1,6})?$/,
  rule: 'be a price in US dollars an hour such as "0.25"',
};

/** Whether a group needs more than a launch template to say what it launches. */
export function hasMixedInstances(choice: Partial<InstanceChoice>): boolean {
  const { instanceTypes = [], instancesDistribution, weightedCapacities } = choice;
  return (
    instanceTypes.length > 1 ||
    instancesDistribution !== undefined ||
    weightedCapacities !== undefined
  );
}

/** The launch template of a group, or its mixed instances policy. */
export function buildInstanceChoice(
  choice: InstanceChoice,
  { id, latestVersion }: Pick<WindowsLaunchTemplate, 'id' | 'latestVersion'>,
): Pick<AutoscalingGroupConfig, 'launchTemplate' | 'mixedInstancesPolicy'> {
  if (!hasMixedInstances(choice)) return { launchTemplate: { id, version: latestVersion } };
  const { instanceTypes, instancesDistribution, weightedCapacities } = choice;
  return {
    mixedInstancesPolicy: withoutUndefined({
      instancesDistribution: instancesDistribution && buildDistribution(instancesDistribution),
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id, version: latestVersion },
        override: instanceTypes.map((instanceType) => {
          const weight = weightedCapacities?.[instanceType];
          return weight === undefined
            ? { instanceType }
            : { instanceType, weightedCapacity: numberText(weight) };
        }),
      },
    }),
  };
}

/** With every default written down: what Terraform leaves out, AWS keeps as it was. */
function buildDistribution(
  distribution: InstancesDistribution,
): AutoscalingGroupMixedInstancesPolicyInstancesDistribution {
  return withoutUndefined({
    onDemandBaseCapacity: distribution.onDemandBaseCapacity ?? DEFAULTS.onDemandBaseCapacity,
    onDemandPercentageAboveBaseCapacity:
      distribution.onDemandPercentageAboveBaseCapacity ??
      DEFAULTS.onDemandPercentageAboveBaseCapacity,
    onDemandAllocationStrategy:
      distribution.onDemandAllocationStrategy ?? DEFAULTS.onDemandAllocationStrategy,
    spotAllocationStrategy: distribution.spotAllocationStrategy ?? DEFAULTS.spotAllocationStrategy,
    spotInstancePools: distribution.spotInstancePools,
    spotMaxPrice: distribution.spotMaxPrice,
  });
}

/** Lists what is wrong with the choice of instances. */
export function checkInstanceChoice(choice: InstanceChoice): Problem[] {
  const { instanceTypes, instancesDistribution, weightedCapacities } = choice;
  return [
    ...checkListLength(['instanceTypes'], instanceTypes, { min: 1 }),
    ...checkUnique(['instanceTypes'], instanceTypes),
    ...checkEach(['instanceTypes'], instanceTypes, checkWindowsInstanceType),
    ...checkInstancesDistribution(['instancesDistribution'], instancesDistribution ?? {}),
    ...(weightedCapacities === undefined
      ? []
      : checkWeightedCapacities(['weightedCapacities'], weightedCapacities, instanceTypes)),
  ];
}

/** Lists what AWS would refuse of a distribution. */
export function checkInstancesDistribution(
  path: Path,
  distribution: InstancesDistribution,
): Problem[] {
  const {
    onDemandBaseCapacity = DEFAULTS.onDemandBaseCapacity,
    onDemandPercentageAboveBaseCapacity = DEFAULTS.onDemandPercentageAboveBaseCapacity,
    onDemandAllocationStrategy = DEFAULTS.onDemandAllocationStrategy,
    spotAllocationStrategy = DEFAULTS.spotAllocationStrategy,
    spotInstancePools,
    spotMaxPrice,
  } = distribution;
  const inside = (key: string): Path => [...path, key];
  return [
    ...checkInteger(inside('onDemandBaseCapacity'), onDemandBaseCapacity, GROUP_SIZE),
    ...checkInteger(
      inside('onDemandPercentageAboveBaseCapacity'),
      onDemandPercentageAboveBaseCapacity,
      PERCENT,
    ),
    ...checkOneOf(
      inside('onDemandAllocationStrategy'),
      onDemandAllocationStrategy,
      ON_DEMAND_ALLOCATION_STRATEGIES,
    ),
    ...checkOneOf(
      inside('spotAllocationStrategy'),
      spotAllocationStrategy,
      SPOT_ALLOCATION_STRATEGIES,
    ),
    ...(spotInstancePools === undefined
      ? []
      : checkPools(inside('spotInstancePools'), spotInstancePools, spotAllocationStrategy)),
    ...(spotMaxPrice === undefined
      ? []
      : checkText(inside('spotMaxPrice'), spotMaxPrice, SPOT_MAX_PRICE)),
  ];
}

function checkPools(path: Path, pools: number, strategy: string): Problem[] {
  const problems = checkInteger(path, pools, SPOT_INSTANCE_POOLS);
  if (problems.length > 0 || Token.isUnresolved(strategy) || strategy === 'lowest-price') {
    return problems;
  }
  const rule = 'be left out unless `spotAllocationStrategy` is "lowest-price"';
  return [problem('spot-pools', path, rule, pools)];
}

/** Lists the types without a weight, and the weights without a type. */
function checkWeightedCapacities(
  path: Path,
  weights: Readonly<Record<string, number>>,
  instanceTypes: readonly string[],
): Problem[] {
  if (Token.isUnresolved(weights)) return checkKnownKeys(path, weights);
  const wrong = Object.entries(weights).flatMap(([type, weight]) => [
    ...checkInteger([...path, type], weight, WEIGHTED_CAPACITY),
    ...checkOneOf([...path, type], type, instanceTypes).map(() =>
      problem('weight-without-type', [...path, type], 'be of a type in `instanceTypes`', weight),
    ),
  ]);
  const missing = instanceTypes.filter((type) => !Object.hasOwn(weights, type));
  return [
    ...wrong,
    ...missing.map((type) =>
      problem(
        'type-without-weight',
        [...path, type],
        'be given, as for every other type',
        undefined,
      ),
    ),
  ];
}
