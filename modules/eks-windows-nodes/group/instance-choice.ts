import type {
  AutoscalingGroupConfig,
  AutoscalingGroupMixedInstancesPolicyInstancesDistribution,
} from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import {
  checkWindowsInstanceType,
  numberText,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import {
  checkSettings,
  choice,
  group,
  integer,
  list,
  map,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import type { WindowsLaunchTemplate } from '../instance/windows-launch-template';
import { GROUP_SIZE, PERCENT } from './group-limits';

/** How EC2 chooses the types of On-Demand nodes. */
const ON_DEMAND_ALLOCATION_STRATEGIES = ['prioritized', 'lowest-price'] as const;

/** One of {@link ON_DEMAND_ALLOCATION_STRATEGIES}. */
export type OnDemandAllocationStrategy = (typeof ON_DEMAND_ALLOCATION_STRATEGIES)[number];

/** How EC2 chooses the types of Spot nodes. */
const SPOT_ALLOCATION_STRATEGIES = [
  'price-capacity-optimized',
  'capacity-optimized',
  'capacity-optimized-prioritized',
  'lowest-price',
] as const;

/** One of {@link SPOT_ALLOCATION_STRATEGIES}. */
export type SpotAllocationStrategy = (typeof SPOT_ALLOCATION_STRATEGIES)[number];

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html */
const SPOT_INSTANCE_POOLS = { min: 1, max: 20 };

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const WEIGHTED_CAPACITY = { min: 1, max: 999 };

/** A price as AWS takes it: without sign, currency and exponent. */
const SPOT_MAX_PRICE: TextRule = {
  id: 'spot-max-price',
  pattern: /^(?=.*[1-9])\d{1,4}(?:\.\d{1,6})?$/,
  rule: 'be a price in US dollars an hour such as "0.25"',
};

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const MAX_INSTANCE_TYPES = 40;

const INSTANCES_DISTRIBUTION_SETTINGS = {
  /** Nodes that are On-Demand before any is Spot, 0 to 5,000. @default 0 */
  onDemandBaseCapacity: setting(integer(GROUP_SIZE), {
    about: 'Nodes that are On-Demand before any is Spot',
    default: 0,
    change: 'rolls',
  }),
  /**
   * Per cent of the nodes above that which are On-Demand, 0 to 100. With 0 all of them are Spot.
   * @default 100
   */
  onDemandPercentageAboveBaseCapacity: setting(integer(PERCENT), {
    about: 'Per cent of the nodes above that which are On-Demand, 0 for Spot only',
    default: 100,
    change: 'rolls',
  }),
  /** How EC2 chooses the types of On-Demand nodes. @default prioritized */
  onDemandAllocationStrategy: setting(choice(ON_DEMAND_ALLOCATION_STRATEGIES), {
    about: 'How EC2 chooses the types of On-Demand nodes',
    default: 'prioritized',
    change: 'rolls',
  }),
  /**
   * How EC2 chooses the types of Spot nodes. AWS's own is `lowest-price`, which AWS itself advises
   * against.
   * @default price-capacity-optimized
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html
   */
  spotAllocationStrategy: setting(choice(SPOT_ALLOCATION_STRATEGIES), {
    about: 'How EC2 chooses the types of Spot nodes',
    default: 'price-capacity-optimized',
    change: 'rolls',
  }),
  /** Number of pools, 1 to 20; only with `lowest-price`. @default - AWS's own, 2 */
  spotInstancePools: setting(integer(SPOT_INSTANCE_POOLS), {
    about: 'Number of Spot pools, 1 to 20, only with lowest-price',
    otherwise: '2',
    change: 'rolls',
  }),
  /**
   * Most that a Spot node may cost an hour, in US dollars, such as `0.25`. AWS advises against it:
   * such nodes are taken away more often.
   * @default - the price of an On-Demand node
   */
  spotMaxPrice: setting(text(SPOT_MAX_PRICE), {
    about: 'Most that a Spot node may cost in US dollars an hour, in quotes',
    otherwise: 'the On-Demand price',
    change: 'rolls',
  }),
};

/**
 * On-Demand and Spot nodes in one group. Spot nodes cost less and are taken away with two minutes'
 * notice; see `NodeTerminationQueue` for how to drain them before.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html
 */
export interface InstancesDistribution
  extends SettingProps<typeof INSTANCES_DISTRIBUTION_SETTINGS> {}

/** The settings of {@link InstanceChoice}. */
export const INSTANCE_CHOICE_SETTINGS = {
  /** x86-64 types, the preferred one first, 40 at most; with several, EC2 chooses among them. */
  instanceTypes: setting(
    list(text(checkWindowsInstanceType), { min: 1, max: MAX_INSTANCE_TYPES }),
    {
      about: 'EC2 instance types of the nodes, 1 to 40',
      required: true,
      change: 'rolls',
    },
  ),
  /**
   * How many nodes are On-Demand and how many are Spot, and how EC2 chooses among the types.
   * @default - On-Demand only, in the order of `instanceTypes`
   */
  instancesDistribution: setting(group(INSTANCES_DISTRIBUTION_SETTINGS, checkPools), {
    about: 'On-Demand and Spot nodes',
    otherwise: 'On-Demand only',
    change: 'rolls',
  }),
  /**
   * How many units a node of each type counts, 1 to 999, for every one of `instanceTypes`. All sizes
   * of the group are in these units then, and so are those that an autoscaler sets: the cluster
   * autoscaler takes a unit for a node, so do not use both.
   * @default - every node counts as one
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups-instance-weighting.html
   */
  weightedCapacities: setting(map(text(checkWindowsInstanceType), integer(WEIGHTED_CAPACITY)), {
    about: 'Units that a node of each type counts, 1 to 999',
    otherwise: 'every node counts as one',
    change: 'rolls',
  }),
};

/** Which instances a group launches. A change replaces nodes, unless no node needs it. */
export interface InstanceChoice extends SettingProps<typeof INSTANCE_CHOICE_SETTINGS> {}

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
  const {
    onDemandBaseCapacity: base,
    onDemandPercentageAboveBaseCapacity: percentage,
    onDemandAllocationStrategy: onDemand,
    spotAllocationStrategy: spot,
  } = INSTANCES_DISTRIBUTION_SETTINGS;
  return withoutUndefined({
    onDemandBaseCapacity: distribution.onDemandBaseCapacity ?? base.default,
    onDemandPercentageAboveBaseCapacity:
      distribution.onDemandPercentageAboveBaseCapacity ?? percentage.default,
    onDemandAllocationStrategy: distribution.onDemandAllocationStrategy ?? onDemand.default,
    spotAllocationStrategy: distribution.spotAllocationStrategy ?? spot.default,
    spotInstancePools: distribution.spotInstancePools,
    spotMaxPrice: distribution.spotMaxPrice,
  });
}

/** Lists what is wrong with the choice of instances. */
export function checkInstanceChoice(choice: InstanceChoice): Problem[] {
  const { instanceTypes, weightedCapacities } = choice;
  return [
    ...checkSettings(INSTANCE_CHOICE_SETTINGS, choice),
    ...(weightedCapacities === undefined
      ? []
      : checkWeightedTypes(['weightedCapacities'], weightedCapacities, instanceTypes)),
  ];
}

function checkPools(path: Path, distribution: InstancesDistribution): Problem[] {
  const { spotInstancePools: pools, spotAllocationStrategy: strategy } = distribution;
  if (pools === undefined || Token.isUnresolved(strategy) || strategy === 'lowest-price') return [];
  const rule = 'be left out unless `spotAllocationStrategy` is "lowest-price"';
  return [problem('spot-pools', [...path, 'spotInstancePools'], rule, pools)];
}

/** Lists the weights without a type, or else the types without a weight: one may be meant for the other. */
function checkWeightedTypes(
  path: Path,
  weights: Readonly<Record<string, number>>,
  instanceTypes: readonly string[],
): Problem[] {
  if (Token.isUnresolved(weights) || Token.isUnresolved(instanceTypes)) return [];
  const known = instanceTypes.filter((type) => !Token.isUnresolved(type));
  // Any type may be behind a reference.
  const wrong = known.length < instanceTypes.length ? [] : checkWeights(path, weights, known);
  if (wrong.length > 0) return wrong;
  const missing = known.filter((type) => !Object.hasOwn(weights, type));
  return missing.map((type) =>
    problem('type-without-weight', [...path, type], 'be given, as for every other type', undefined),
  );
}

function checkWeights(
  path: Path,
  weights: Readonly<Record<string, number>>,
  types: readonly string[],
): Problem[] {
  return Object.entries(weights)
    .filter(([type]) => !types.includes(type))
    .map(([type, weight]) =>
      problem('weight-without-type', [...path, type], 'be of a type in `instanceTypes`', weight),
    );
}
