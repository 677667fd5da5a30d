import { Token } from 'cdktf';
import type { Path, Problem } from '../core';
import { AWS_CLI_CREDENTIALS_SETTINGS, type AwsCliCredentials } from '../iam';
import {
  boolean,
  checkSettings,
  choice,
  integer,
  known,
  type SettingProps,
  setting,
} from '../settings';

/**
 * What becomes of Fast Launch when the stack is destroyed. `leave` goes on costing: prepared
 * snapshots stay until nodes have used them up, and EC2 can prepare no more, because the launch
 * template goes with the stack.
 */
const FAST_LAUNCH_ON_DESTROY = ['disable', 'leave'] as const;

/** `disable`, or `leave`. */
export type FastLaunchOnDestroy = (typeof FAST_LAUNCH_ON_DESTROY)[number];

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

/** How Fast Launch is switched, setting by setting. */
export const FAST_LAUNCH_SETTINGS = {
  /**
   * `false` switches Fast Launch off for all AMIs of the stack, and keeps what is needed to do so.
   * To take Fast Launch out of a stack, apply this first: Terraform runs no destroy step of a
   * resource that has left the configuration, and what is on would stay on, and be billed.
   * @default true
   */
  enabled: setting(boolean(), {
    about: 'False switches it off for all AMIs: apply that before you remove fastLaunch',
    change: 'in-place',
    default: true,
  }),
  /**
   * Snapshots to keep ready, 1 to 10,000: one for each node that may come at once. Each has the
   * size of the AMI's root volume at most and is billed as any snapshot. A change prepares or
   * removes snapshots, and leaves the nodes alone.
   * @default 5
   */
  targetResourceCount: setting(integer({ min: 1, max: MAX_TARGET_RESOURCE_COUNT }), {
    about: 'Number of prepared snapshots to keep; each is billed',
    change: 'in-place',
    default: DEFAULT_TARGET_RESOURCE_COUNT,
  }),
  /**
   * Instances that prepare snapshots at the same time, at least 6. A Region has 40 of them for all
   * AMIs together, unless the quota was raised: that is six AMIs with 6 each.
   * @default 6
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-start-fast-launch-prereqs.html
   */
  maxParallelLaunches: setting(integer({ min: MIN_PARALLEL_LAUNCHES }), {
    about:
      'Number of instances that may prepare snapshots at the same time, at least 6; the quota of a new account is 40 in a Region',
    change: 'in-place',
    default: MIN_PARALLEL_LAUNCHES,
  }),
  /**
   * Whether an apply waits until Fast Launch is on before nodes change over. Without it the first
   * nodes of a new AMI may start as slowly as without Fast Launch, and a failure to prepare
   * snapshots is seen in AWS only.
   * @default true
   */
  waitForEnabled: setting(boolean(), {
    about: 'Whether nodes change over only when it is on',
    change: 'nothing',
    default: true,
  }),
  /**
   * Minutes to wait until Fast Launch is on, 1 to 1,440. No reference: it is multiplied here, and a
   * destroy step may refer to nothing but its own resource.
   * @default 60
   */
  timeoutMinutes: setting(known(integer({ min: 1, max: 1440 })), {
    about: 'Minutes to wait until it is on',
    change: 'nothing',
    default: 60,
  }),
  /** What becomes of it when the stack is destroyed. @default disable */
  onDestroy: setting(choice(FAST_LAUNCH_ON_DESTROY), {
    about: 'What happens to it when the stack is destroyed',
    change: 'nothing',
    default: 'disable',
  }),
  /**
   * Whether to change what another launch template has switched on for the same AMI: another
   * environment, Image Builder, or somebody by hand. An AMI has one setting, so that the last apply
   * wins. Without it the apply stops, and has changed nothing.
   * @default false
   */
  takeOver: setting(boolean(), {
    about: 'Change what another environment or somebody by hand has switched on for the same AMI',
    change: 'nothing',
    default: false,
    otherwise: 'false, so that the apply stops',
  }),
  /**
   * Whether plans warn when no prepared snapshot is left: somebody has switched Fast Launch off, or
   * nodes have just used up all snapshots. Needs `ec2:DescribeSnapshots`.
   * @default true
   */
  driftCheck: setting(boolean(), {
    about: 'Warn in plans when no prepared snapshot is left',
    change: 'nothing',
    default: true,
  }),
};

/** How Fast Launch is switched. */
export interface FastLaunchSettings extends SettingProps<typeof FAST_LAUNCH_SETTINGS> {
  /**
   * How the AWS CLI gets the account of the AWS provider.
   * @default - as the machine that runs Terraform is set up
   */
  readonly credentials?: AwsCliCredentials | undefined;
}

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
  const { credentials = {} } = settings;
  return [
    ...checkSettings(FAST_LAUNCH_SETTINGS, settings, path),
    ...checkSettings(AWS_CLI_CREDENTIALS_SETTINGS, credentials, [...path, 'credentials']),
  ];
}
