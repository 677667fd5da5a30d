import type { AutoscalingGroupWarmPool } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import {
  checkInteger,
  checkOneOf,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';
import { GROUP_SIZE } from './group-limits';
import { hasMixedInstances, type InstanceChoice } from './instance-choice';

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
export interface WarmPool {
  /** What the nodes do while they wait. Of a stopped one only the volumes are paid. @default Stopped */
  readonly poolState?: PoolState | undefined;
  /** Nodes that wait at least, 0 to 5,000. @default 0 */
  readonly minSize?: number | undefined;
  /**
   * Most nodes in service and waiting together, 0 to 5,000.
   * @default - the group's `maxSize`, so that everything it may still launch waits
   */
  readonly maxGroupPreparedCapacity?: number | undefined;
  /** Whether a node goes back to wait, instead of away, when the group shrinks. @default false */
  readonly reuseOnScaleIn?: boolean | undefined;
}

/**
 * What the nodes of a warm pool do while they wait. Without AWS's `Hibernated`: it needs a launch
 * template that asks for hibernation, which ours does not.
 */
export const POOL_STATES = ['Stopped', 'Running'] as const;

/** One of {@link POOL_STATES}. */
export type PoolState = (typeof POOL_STATES)[number];

/** Writes it as the provider wants it. */
export function buildWarmPool(pool: WarmPool): AutoscalingGroupWarmPool {
  const { poolState = 'Stopped', minSize = 0, reuseOnScaleIn } = pool;
  return withoutUndefined({
    poolState,
    minSize,
    maxGroupPreparedCapacity: pool.maxGroupPreparedCapacity,
    instanceReusePolicy: reuseOnScaleIn === undefined ? undefined : { reuseOnScaleIn },
  });
}

/** Lists what AWS would refuse. */
export function checkWarmPool(
  path: Path,
  pool: WarmPool | undefined,
  choice: Partial<InstanceChoice>,
): Problem[] {
  if (pool === undefined) return [];
  const { poolState = 'Stopped', minSize = 0, maxGroupPreparedCapacity: most } = pool;
  return [
    ...checkOneOf([...path, 'poolState'], poolState, POOL_STATES),
    ...checkInteger([...path, 'minSize'], minSize, GROUP_SIZE),
    ...(most === undefined
      ? []
      : checkInteger([...path, 'maxGroupPreparedCapacity'], most, GROUP_SIZE)),
    ...checkPoolSizes([...path, 'maxGroupPreparedCapacity'], minSize, most),
    ...(hasMixedInstances(choice) ? [mixedInstancesProblem(path, pool)] : []),
  ];
}

function checkPoolSizes(path: Path, minSize: number, most = minSize): Problem[] {
  if (Token.isUnresolved(minSize) || Token.isUnresolved(most) || most >= minSize) return [];
  // What is out of its own range was reported already.
  if (most < GROUP_SIZE.min || minSize > GROUP_SIZE.max) return [];
  return [
    problem('warm-pool-capacity', path, `be at least \`minSize\` of the pool (${minSize})`, most),
  ];
}

function mixedInstancesProblem(path: Path, pool: WarmPool): Problem {
  const rule =
    'be left out of a group with several types, `instancesDistribution` or `weightedCapacities`';
  return problem(
    'warm-pool-of-mixed-instances',
    path,
    rule,
    pool,
    'AWS refuses it there; make a group of one type for it',
  );
}
