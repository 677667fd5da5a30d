import type { AutoscalingGroupWarmPool } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import { type Path, type Problem, problem, withoutUndefined } from '../../core';
import { boolean, choice, group, integer, type SettingProps, setting } from '../../settings';
import { GROUP_SIZE } from './group-limits';
import { hasMixedInstances, type InstanceChoice } from './instance-choice';

/**
 * What the nodes of a warm pool do while they wait. Without AWS's `Hibernated`: it needs a launch
 * template that asks for hibernation, which ours does not.
 */
const POOL_STATES = ['Stopped', 'Running'] as const;

/** One of {@link POOL_STATES}. */
export type PoolState = (typeof POOL_STATES)[number];

const WARM_POOL_SETTINGS = {
  /** What the nodes do while they wait. Of a stopped one only the volumes are paid. @default Stopped */
  poolState: setting(choice(POOL_STATES), {
    about: 'What the nodes do while they wait',
    default: 'Stopped',
    change: 'in-place',
  }),
  /** Nodes that wait at least, 0 to 5,000. @default 0 */
  minSize: setting(integer(GROUP_SIZE), {
    about: 'Nodes that wait at least',
    default: 0,
    change: 'in-place',
  }),
  /**
   * Most nodes in service and waiting together, 0 to 5,000.
   * @default - the group's `maxSize`, so that everything it may still launch waits
   */
  maxGroupPreparedCapacity: setting(integer(GROUP_SIZE), {
    about: 'Most nodes in service and waiting together',
    otherwise: 'maxSize of the group',
    change: 'in-place',
  }),
  /** Whether a node goes back to wait, instead of away, when the group shrinks. @default false */
  reuseOnScaleIn: setting(boolean(), {
    about: 'Let nodes wait again when the group shrinks',
    default: false,
    change: 'in-place',
  }),
};

/**
 * Nodes that were started before they are needed and then wait, stopped as a rule. A change here
 * replaces no node; an instance refresh replaces the waiting ones too.
 *
 * The first boot runs the user data, so that a node joins the cluster while it warms up, and its
 * Node object stays, not ready, while it waits. Without a life-cycle hook at launch that is held
 * until the bootstrap has ended, AWS may stop a node in the middle of it.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
export interface WarmPool extends SettingProps<typeof WARM_POOL_SETTINGS> {}

/** A pool by itself. */
export const warmPool = group(WARM_POOL_SETTINGS, checkPoolSizes);

/** Writes it as the provider wants it. */
export function buildWarmPool(pool: WarmPool): AutoscalingGroupWarmPool {
  const { poolState = WARM_POOL_SETTINGS.poolState.default, reuseOnScaleIn } = pool;
  const { minSize = WARM_POOL_SETTINGS.minSize.default } = pool;
  return withoutUndefined({
    poolState,
    minSize,
    maxGroupPreparedCapacity: pool.maxGroupPreparedCapacity,
    instanceReusePolicy: reuseOnScaleIn === undefined ? undefined : { reuseOnScaleIn },
  });
}

function checkPoolSizes(path: Path, pool: WarmPool): Problem[] {
  const { minSize = WARM_POOL_SETTINGS.minSize.default, maxGroupPreparedCapacity: most } = pool;
  if (most === undefined || Token.isUnresolved(minSize) || Token.isUnresolved(most)) return [];
  // What is out of its own range is reported by itself.
  if (most >= minSize || most < GROUP_SIZE.min || minSize > GROUP_SIZE.max) return [];
  const at = [...path, 'maxGroupPreparedCapacity'];
  return [
    problem('warm-pool-capacity', at, `be at least \`minSize\` of the pool (${minSize})`, most),
  ];
}

/** AWS has pools for groups of one type only. */
export function checkPooledTypes(
  path: Path,
  pool: WarmPool | undefined,
  choice: Partial<InstanceChoice>,
): Problem[] {
  // A type that is listed twice is a problem of its own, and no other type.
  const instanceTypes = [...new Set(choice.instanceTypes)];
  if (pool === undefined || !hasMixedInstances({ ...choice, instanceTypes })) return [];
  const rule =
    'be left out of a group with several types, `instancesDistribution` or `weightedCapacities`';
  return [
    problem(
      'warm-pool-of-mixed-instances',
      path,
      rule,
      pool,
      'AWS refuses it there; make a group of one type for it',
    ),
  ];
}
