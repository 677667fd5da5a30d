import { Token } from 'cdktf';
import {
  type AwsCliCredentials,
  checkAwsCliCredentials,
  checkInteger,
  checkKnown,
  checkOneOf,
  type Path,
  type Problem,
} from '../core';

/**
 * What becomes of Fast Launch when the stack is destroyed. `leave` goes on costing: prepared
 * snapshots stay until nodes have used them up, and EC2 can prepare no more, because the launch
 * template goes with the stack.
 */
export const FAST_LAUNCH_ON_DESTROY = ['disable', 'leave'] as const;

/** One of {@link FAST_LAUNCH_ON_DESTROY}. */
export type FastLaunchOnDestroy = (typeof FAST_LAUNCH_ON_DESTROY)[number];

/** How Fast Launch is switched. */
export interface FastLaunchSettings {
  /**
   * Snapshots to keep ready, 1 to 10,000: one for each node that may come at once. Each has the
   * size of the AMI's root volume at most and is billed as any snapshot. A change prepares or
   * removes snapshots, and leaves the nodes alone.
   * @default 5
   */
  readonly targetResourceCount?: number | undefined;
  /**
   * Instances that prepare snapshots at the same time, at least 6. A Region has 40 of them for all
   * AMIs together, unless the quota was raised: that is six AMIs with 6 each.
   * @default 6
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-start-fast-launch-prereqs.html
   */
  readonly maxParallelLaunches?: number | undefined;
  /**
   * Whether an apply waits until Fast Launch is on before nodes change over. Without it the first
   * nodes of a new AMI may start as slowly as without Fast Launch, and a failure to prepare
   * snapshots is seen in AWS only.
   * @default true
   */
  readonly waitForEnabled?: boolean | undefined;
  /** Minutes to wait until Fast Launch is on, 1 to 1,440; no reference. @default 60 */
  readonly timeoutMinutes?: number | undefined;
  /** What becomes of it when the stack is destroyed. @default disable */
  readonly onDestroy?: FastLaunchOnDestroy | undefined;
  /**
   * Whether to change what another launch template has switched on for the same AMI: another
   * environment, Image Builder, or somebody by hand. An AMI has one setting, so that the last apply
   * wins. Without it the apply stops, and has changed nothing.
   * @default false
   */
  readonly takeOver?: boolean | undefined;
  /**
   * `false` switches Fast Launch off for all AMIs of the stack, and keeps what is needed to do so.
   * To take Fast Launch out of a stack, apply this first: Terraform runs no destroy step of a
   * resource that has left the configuration, and what is on would stay on, and be billed.
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /**
   * Whether plans warn when no prepared snapshot is left: somebody has switched Fast Launch off, or
   * nodes have just used up all snapshots. Needs `ec2:DescribeSnapshots`.
   * @default true
   */
  readonly driftCheck?: boolean | undefined;
  /**
   * How the AWS CLI gets the account of the AWS provider.
   * @default - as the machine that runs Terraform is set up
   */
  readonly credentials?: AwsCliCredentials | undefined;
}

/**
 * Smaller values are refused.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableFastLaunch.html
 */
export const MIN_PARALLEL_LAUNCHES = 6;

/**
 * Parallel launches of a Region, for all AMIs together, unless the quota was raised.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-start-fast-launch-prereqs.html
 */
export const PARALLEL_LAUNCHES_QUOTA = 40;

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_FastLaunchSnapshotConfiguration.html */
export const MAX_TARGET_RESOURCE_COUNT = 10_000;

/** Snapshots to keep ready when nothing else is said. */
export const DEFAULT_TARGET_RESOURCE_COUNT = 5;

/** How long an apply waits when nothing else is said. */
export const DEFAULT_TIMEOUT_MINUTES = 60;

/**
 * What to know about the quota when so many launches are asked for; nothing when they fit. While
 * the AMI changes, Fast Launch is on for two AMIs.
 *
 * @param name how whoever reads it calls the number
 */
export function parallelLaunchesWarning(
  maxParallelLaunches: number,
  name = 'maxParallelLaunches',
): string | undefined {
  if (Token.isUnresolved(maxParallelLaunches)) return undefined;
  if (2 * maxParallelLaunches <= PARALLEL_LAUNCHES_QUOTA) return undefined;
  const quota = `a Region has ${PARALLEL_LAUNCHES_QUOTA} for all AMIs together, unless the quota was raised`;
  const asked = `${name} is ${maxParallelLaunches}`;
  if (maxParallelLaunches > PARALLEL_LAUNCHES_QUOTA) return `${asked}, but ${quota}`;
  return `${asked}, twice that while the AMI changes, and ${quota}`;
}

/** Lists what is wrong with the settings. */
export function checkFastLaunchSettings(path: Path, settings: FastLaunchSettings): Problem[] {
  const {
    targetResourceCount = DEFAULT_TARGET_RESOURCE_COUNT,
    maxParallelLaunches = MIN_PARALLEL_LAUNCHES,
    timeoutMinutes = DEFAULT_TIMEOUT_MINUTES,
    onDestroy = 'disable',
    credentials = {},
  } = settings;
  const count = { min: 1, max: MAX_TARGET_RESOURCE_COUNT };
  const parallel = { min: MIN_PARALLEL_LAUNCHES };
  return [
    ...checkInteger([...path, 'targetResourceCount'], targetResourceCount, count),
    ...checkInteger([...path, 'maxParallelLaunches'], maxParallelLaunches, parallel),
    ...checkTimeout([...path, 'timeoutMinutes'], timeoutMinutes),
    ...checkOneOf([...path, 'onDestroy'], onDestroy, FAST_LAUNCH_ON_DESTROY),
    ...checkAwsCliCredentials([...path, 'credentials'], credentials),
  ];
}

/** It is multiplied here, and a destroy step may refer to nothing but its own resource. */
function checkTimeout(path: Path, minutes: number): Problem[] {
  return checkKnown(path, minutes, (at, value) => checkInteger(at, value, { min: 1, max: 1440 }));
}
