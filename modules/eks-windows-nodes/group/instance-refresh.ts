import type { AutoscalingGroupInstanceRefresh } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import {
  checkEach,
  checkInteger,
  checkKnown,
  checkListLength,
  checkOneOf,
  checkText,
  checkUnique,
  numberText,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import { PERCENT } from './group-limits';

/** What becomes of nodes that are protected from scale-in. */
export const SCALE_IN_PROTECTED = ['Refresh', 'Ignore', 'Wait'] as const;

/** Who starts an instance refresh. */
export const REFRESH_METHODS = ['provider', 'local-exec'] as const;

/** One of {@link REFRESH_METHODS}. */
export type RefreshMethod = (typeof REFRESH_METHODS)[number];

/** How long an apply waits for the end of a refresh when nothing else is said. */
export const DEFAULT_REFRESH_TIMEOUT_MINUTES = 240;

/** Two days: with pauses and many nodes a refresh may take that long. */
export const REFRESH_TIMEOUT_MINUTES = { min: 1, max: 2880 };

/** Most per cent of a group that there may be during a refresh. */
export const MAX_HEALTHY_PERCENTAGE = { min: 100, max: 200 };

/** Per cent of a group at which a refresh may pause. */
export const CHECKPOINT_PERCENTAGE = { min: 1, max: 100 };

/** How long it may pause: up to two days. */
export const CHECKPOINT_DELAY_SECONDS = { min: 0, max: 172_800 };

/** What becomes of nodes in standby. */
export const STANDBY = ['Terminate', 'Ignore', 'Wait'] as const;

/**
 * What nodes get from the group, and not from its template, when they are launched. A new template
 * version and a change of the mixed instances policy start a refresh by themselves.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group#triggers-1
 */
export const REFRESH_TRIGGERS = ['tag', 'vpc_zone_identifier', 'protect_from_scale_in'] as const;

/** One of {@link REFRESH_TRIGGERS}. */
export type RefreshTrigger = (typeof REFRESH_TRIGGERS)[number];

/**
 * How nodes are exchanged when something about them has changed.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
export interface InstanceRefresh {
  /** Per cent of the group that stays in service, 0 to 100. @default 100 */
  readonly minHealthyPercentage?: number | undefined;
  /**
   * Per cent that the group may grow to, 100 to 200, and not more than 100 above
   * `minHealthyPercentage`. What is above 100 is paid for meanwhile.
   * @default 110
   */
  readonly maxHealthyPercentage?: number | undefined;
  /** Seconds from a new node in service to the next step, 0 or more. @default 300 */
  readonly instanceWarmupSeconds?: number | undefined;
  /** Per cent of the group at which it pauses, 1 to 100, rising. @default - no pause */
  readonly checkpointPercentages?: readonly number[] | undefined;
  /** Length of such a pause in seconds, 0 to 172,800. @default - AWS's own, an hour */
  readonly checkpointDelaySeconds?: number | undefined;
  /**
   * Names of CloudWatch alarms, 1 to 10, that end the refresh as failed when one of them is in
   * `ALARM`. Alarms of their own: one that goes off for other reasons stops every roll.
   * @default - none
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
   */
  readonly alarms?: readonly string[] | undefined;
  /**
   * What starts a refresh beyond a new template version and a change of the types.
   * @default - nothing
   */
  readonly triggers?: readonly RefreshTrigger[] | undefined;
  /**
   * Who starts refreshes. `provider`: Terraform's provider, which does not wait for their end and
   * leaves AWS nothing to roll back to. `local-exec`: a step that calls the AWS CLI, waits, and
   * fails the apply when the refresh fails; AWS then brings back the AMI that ran before.
   * @default provider
   */
  readonly method?: RefreshMethod | undefined;
  /** With `local-exec`: whether the apply waits for the end. @default true */
  readonly waitForSuccess?: boolean | undefined;
  /** With `local-exec`: minutes to wait, 1 to 2,880; no reference. @default 240 */
  readonly timeoutMinutes?: number | undefined;
  /**
   * Whether AWS, when a refresh fails, replaces the nodes that are new already by ones of the
   * configuration that is saved in the group. With the method `provider` that is the new one
   * already, so that nothing is gained: the way back is an apply with the AMI from before.
   * @default - true with `local-exec`, false with `provider`
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/34189
   */
  readonly autoRollback?: boolean | undefined;
  /** Whether nodes that are as wanted already stay. @default true */
  readonly skipMatching?: boolean | undefined;
  /** @default Ignore - AWS's own: such a node keeps the old AMI */
  readonly scaleInProtectedInstances?: (typeof SCALE_IN_PROTECTED)[number] | undefined;
  /** @default Ignore - AWS's own */
  readonly standbyInstances?: (typeof STANDBY)[number] | undefined;
}

/**
 * A new node first, then an old one goes. Windows boots for minutes, so a group that shrinks first
 * would be short of nodes for as long.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
const DEFAULTS = {
  minHealthyPercentage: 100,
  maxHealthyPercentage: 110,
  instanceWarmupSeconds: 300,
  autoRollback: false,
  skipMatching: true,
};

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html */
export const REFRESH_ALARMS = { min: 1, max: 10 };

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const ALARM_NAME: TextRule = {
  id: 'alarm-name',
  pattern: /^[^\p{Cc}]{1,255}$/u,
  rule: 'be the name of a CloudWatch alarm: 1 to 255 characters',
};

/** Writes it as the provider wants it; nothing for `none`. */
export function buildInstanceRefresh(
  refresh: InstanceRefresh | 'none' = {},
): AutoscalingGroupInstanceRefresh | undefined {
  if (refresh === 'none') return undefined;
  const { checkpointPercentages: checkpoints, checkpointDelaySeconds: delay } = refresh;
  const { alarms, triggers } = refresh;
  const { instanceWarmupSeconds = DEFAULTS.instanceWarmupSeconds } = refresh;
  return {
    strategy: 'Rolling',
    preferences: withoutUndefined({
      minHealthyPercentage: refresh.minHealthyPercentage ?? DEFAULTS.minHealthyPercentage,
      maxHealthyPercentage: refresh.maxHealthyPercentage ?? DEFAULTS.maxHealthyPercentage,
      instanceWarmup: numberText(instanceWarmupSeconds),
      checkpointPercentages: checkpoints && [...checkpoints],
      checkpointDelay: delay === undefined ? undefined : numberText(delay),
      autoRollback: refresh.autoRollback ?? DEFAULTS.autoRollback,
      skipMatching: refresh.skipMatching ?? DEFAULTS.skipMatching,
      scaleInProtectedInstances: refresh.scaleInProtectedInstances,
      standbyInstances: refresh.standbyInstances,
      alarmSpecification: alarms && { alarms: [...alarms] },
    }),
    // AWS is told nothing of these: the provider compares them with its state.
    ...withoutUndefined({ triggers: triggers && [...triggers].sort() }),
  };
}

/** Lists what AWS would refuse. */
export function checkInstanceRefresh(path: Path, refresh: InstanceRefresh | 'none'): Problem[] {
  if (refresh === 'none') return [];
  const { alarms, triggers = [] } = refresh;
  const {
    minHealthyPercentage: min = DEFAULTS.minHealthyPercentage,
    maxHealthyPercentage: max = DEFAULTS.maxHealthyPercentage,
    instanceWarmupSeconds = DEFAULTS.instanceWarmupSeconds,
    checkpointDelaySeconds = 0,
    scaleInProtectedInstances = 'Ignore',
    standbyInstances = 'Ignore',
  } = refresh;
  const inside = (key: string): Path => [...path, key];
  return [
    ...checkInteger(inside('minHealthyPercentage'), min, PERCENT),
    ...checkInteger(inside('maxHealthyPercentage'), max, MAX_HEALTHY_PERCENTAGE),
    ...checkSpan(inside('maxHealthyPercentage'), min, max),
    ...checkInteger(inside('instanceWarmupSeconds'), instanceWarmupSeconds, { min: 0 }),
    ...checkCheckpoints(inside('checkpointPercentages'), refresh.checkpointPercentages ?? []),
    ...checkInteger(
      inside('checkpointDelaySeconds'),
      checkpointDelaySeconds,
      CHECKPOINT_DELAY_SECONDS,
    ),
    ...checkOneOf(
      inside('scaleInProtectedInstances'),
      scaleInProtectedInstances,
      SCALE_IN_PROTECTED,
    ),
    ...checkOneOf(inside('standbyInstances'), standbyInstances, STANDBY),
    ...(alarms === undefined ? [] : checkAlarms(inside('alarms'), alarms)),
    ...checkMethod(path, refresh),
    ...checkUnique(inside('triggers'), triggers),
    ...checkEach(inside('triggers'), triggers, (at, trigger) =>
      checkOneOf(at, trigger, REFRESH_TRIGGERS),
    ),
  ];
}

/** What goes with one method only. */
function checkMethod(path: Path, refresh: InstanceRefresh): Problem[] {
  const { method = 'provider', waitForSuccess, timeoutMinutes, triggers, skipMatching } = refresh;
  const inside = (key: string): Path => [...path, key];
  const notWith = (key: string, value: unknown, other: RefreshMethod, advice?: string) =>
    value === undefined
      ? []
      : [
          problem(
            'refresh-method',
            inside(key),
            `be left out with \`method: ${other}\``,
            value,
            advice,
          ),
        ];
  if (method === 'provider') {
    return [
      ...notWith('waitForSuccess', waitForSuccess, 'provider'),
      ...notWith('timeoutMinutes', timeoutMinutes, 'provider'),
    ];
  }
  return [
    ...checkOneOf(inside('method'), method, REFRESH_METHODS),
    ...notWith('triggers', triggers, 'local-exec', 'only the provider knows them'),
    ...(skipMatching === false
      ? notWith('skipMatching', skipMatching, 'local-exec', 'a new group would roll at once')
      : []),
    ...(timeoutMinutes === undefined ? [] : checkTimeout(inside('timeoutMinutes'), timeoutMinutes)),
  ];
}

function checkTimeout(path: Path, minutes: number): Problem[] {
  return checkKnown(path, minutes, (at, value) => checkInteger(at, value, REFRESH_TIMEOUT_MINUTES));
}

function checkAlarms(path: Path, alarms: readonly string[]): Problem[] {
  return [
    ...checkListLength(path, alarms, REFRESH_ALARMS),
    ...checkUnique(path, alarms),
    ...checkEach(path, alarms, (at, alarm) => checkText(at, alarm, ALARM_NAME)),
  ];
}

function checkSpan(path: Path, min: number, max: number): Problem[] {
  if (Token.isUnresolved(min) || Token.isUnresolved(max)) return [];
  // What is out of its own range was reported already.
  if (min < PERCENT.min || max > MAX_HEALTHY_PERCENTAGE.max || max - min <= 100) return [];
  const advice = 'lower it, or raise `minHealthyPercentage`';
  return [
    problem(
      'healthy-span',
      path,
      `be at most 100 above \`minHealthyPercentage\` (${min})`,
      max,
      advice,
    ),
  ];
}

function checkCheckpoints(path: Path, checkpoints: readonly number[]): Problem[] {
  if (Token.isUnresolved(checkpoints)) return [];
  return checkpoints.flatMap((checkpoint, index) => {
    const before = checkpoints[index - 1];
    const wrong = checkInteger([...path, index], checkpoint, CHECKPOINT_PERCENTAGE);
    if (wrong.length > 0 || before === undefined) return wrong;
    if (Token.isUnresolved(before) || Token.isUnresolved(checkpoint) || checkpoint > before) {
      return [];
    }
    return [
      problem(
        'checkpoint-order',
        [...path, index],
        `be above the one before it (${before})`,
        checkpoint,
      ),
    ];
  });
}
