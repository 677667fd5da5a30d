import type { AutoscalingGroupInstanceRefresh } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import {
  checkInteger,
  numberText,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import {
  boolean,
  choice,
  group,
  integer,
  known,
  list,
  listOrEmpty,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import { PERCENT } from './group-limits';

/** What becomes of nodes that are protected from scale-in. */
const SCALE_IN_PROTECTED = ['Refresh', 'Ignore', 'Wait'] as const;

/** Who starts an instance refresh. */
const REFRESH_METHODS = ['provider', 'local-exec'] as const;

/** One of {@link REFRESH_METHODS}. */
export type RefreshMethod = (typeof REFRESH_METHODS)[number];

/** Two days: with pauses and many nodes a refresh may take that long. */
const REFRESH_TIMEOUT_MINUTES = { min: 1, max: 2880 };

/** Most per cent of a group that there may be during a refresh. */
const MAX_HEALTHY_PERCENTAGE = { min: 100, max: 200 };

/** Per cent of a group at which a refresh may pause. */
const CHECKPOINT_PERCENTAGE = { min: 1, max: 100 };

/** How long it may pause: up to two days. */
const CHECKPOINT_DELAY_SECONDS = { min: 0, max: 172_800 };

/** What becomes of nodes in standby. */
const STANDBY = ['Terminate', 'Ignore', 'Wait'] as const;

/**
 * What nodes get from the group, and not from its template, when they are launched. A new template
 * version and a change of the mixed instances policy start a refresh by themselves.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group#triggers-1
 */
const REFRESH_TRIGGERS = ['tag', 'vpc_zone_identifier', 'protect_from_scale_in'] as const;

/** One of {@link REFRESH_TRIGGERS}. */
export type RefreshTrigger = (typeof REFRESH_TRIGGERS)[number];

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html */
const REFRESH_ALARMS = { min: 1, max: 10 };

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const ALARM_NAME: TextRule = {
  id: 'alarm-name',
  pattern: /^[^\p{Cc}]{1,255}$/u,
  rule: 'be the name of a CloudWatch alarm: 1 to 255 characters',
};

/**
 * A new node first, then an old one goes. Windows boots for minutes, so a group that shrinks first
 * would be short of nodes for as long.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
export const INSTANCE_REFRESH_SETTINGS = {
  /**
   * Who starts refreshes. `provider`: Terraform's provider, which does not wait for their end and
   * leaves AWS nothing to roll back to. `local-exec`: a step that calls the AWS CLI, waits, and
   * fails the apply when the refresh fails; AWS then brings back the AMI that ran before.
   * @default provider
   */
  method: setting(choice(REFRESH_METHODS), {
    about:
      'Who starts refreshes: provider (nothing waits for their end, and a failed one leaves the new AMI in the group) or local-exec (a step that calls the AWS CLI and waits; a failed refresh goes back to the AMI that ran before)',
    default: 'provider',
    change: 'in-place',
  }),
  /** With `local-exec`: whether the apply waits for the end. @default true */
  waitForSuccess: setting(boolean(), {
    about: 'With local-exec: whether the apply waits for the end',
    default: true,
    change: 'in-place',
  }),
  /** With `local-exec`: minutes to wait, 1 to 2,880; no reference. @default 240 */
  timeoutMinutes: setting(known(integer(REFRESH_TIMEOUT_MINUTES)), {
    about: 'With local-exec: minutes to wait for the end',
    default: 240,
    change: 'in-place',
  }),
  /** Per cent of the group that stays in service, 0 to 100. @default 100 */
  minHealthyPercentage: setting(integer(PERCENT), {
    about: 'Per cent of the nodes that stay in service',
    default: 100,
    change: 'in-place',
  }),
  /**
   * Per cent that the group may grow to, 100 to 200, and not more than 100 above
   * `minHealthyPercentage`. What is above 100 is paid for meanwhile.
   * @default 110
   */
  maxHealthyPercentage: setting(integer(MAX_HEALTHY_PERCENTAGE), {
    about: 'Per cent of the nodes that there may be meanwhile',
    default: 110,
    change: 'in-place',
  }),
  /** Seconds from a new node in service to the next step, 0 or more. @default 300 */
  instanceWarmupSeconds: setting(integer({ min: 0 }), {
    about: 'Seconds from a new node to the next step',
    default: 300,
    change: 'in-place',
  }),
  /** Per cent of the group at which it pauses, 1 to 100, rising. @default - no pause */
  checkpointPercentages: setting(list(integer(CHECKPOINT_PERCENTAGE), {}, checkRising), {
    about: 'Per cent of the nodes at which to pause, rising',
    otherwise: 'no pause',
    change: 'in-place',
  }),
  /** Length of such a pause in seconds, 0 to 172,800. @default - AWS's own, an hour */
  checkpointDelaySeconds: setting(integer(CHECKPOINT_DELAY_SECONDS), {
    about: 'Length of such a pause in seconds',
    otherwise: 'an hour',
    change: 'in-place',
  }),
  /**
   * Whether AWS, when a refresh fails, replaces the nodes that are new already by ones of the
   * configuration that is saved in the group. With the method `provider` that is the new one
   * already, so that nothing is gained: the way back is an apply with the AMI from before.
   * @default - true with `local-exec`, false with `provider`
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/34189
   */
  autoRollback: setting(boolean(), {
    about:
      'Replace what is new already when it fails: with local-exec by what ran before, with provider by the same again',
    otherwise: 'true with local-exec, false with provider',
    change: 'in-place',
  }),
  /** Whether nodes that are as wanted already stay. @default true */
  skipMatching: setting(boolean(), {
    about: 'Leave nodes alone that are as wanted',
    default: true,
    change: 'in-place',
  }),
  /** @default - AWS's own, `Ignore`: such a node keeps the old AMI */
  scaleInProtectedInstances: setting(choice(SCALE_IN_PROTECTED), {
    about: 'What becomes of nodes that are protected from scale-in',
    otherwise: 'Ignore',
    change: 'in-place',
  }),
  /** @default - AWS's own, `Ignore` */
  standbyInstances: setting(choice(STANDBY), {
    about: 'What becomes of nodes in standby',
    otherwise: 'Ignore',
    change: 'in-place',
  }),
  /**
   * Names of CloudWatch alarms, 1 to 10, that end the refresh as failed when one of them is in
   * `ALARM`. Alarms of their own: one that goes off for other reasons stops every roll.
   * @default - none
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
   */
  alarms: setting(list(text(ALARM_NAME), REFRESH_ALARMS), {
    about: 'Names of CloudWatch alarms that make it fail, 1 to 10',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * What starts a refresh beyond a new template version and a change of the types.
   * @default - nothing
   */
  triggers: setting(listOrEmpty(choice(REFRESH_TRIGGERS)), {
    about:
      'What starts it beyond a new template version and other types: tag, vpc_zone_identifier or protect_from_scale_in',
    otherwise: 'nothing',
    change: 'in-place',
  }),
};

/**
 * How nodes are exchanged when something about them has changed.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
export interface InstanceRefresh extends SettingProps<typeof INSTANCE_REFRESH_SETTINGS> {}

/** Writes it as the provider wants it; nothing for `none`. */
export function buildInstanceRefresh(
  refresh: InstanceRefresh | 'none' = {},
): AutoscalingGroupInstanceRefresh | undefined {
  if (refresh === 'none') return undefined;
  const { checkpointPercentages: checkpoints, checkpointDelaySeconds: delay } = refresh;
  const { alarms, triggers, autoRollback = false } = refresh;
  const {
    minHealthyPercentage = INSTANCE_REFRESH_SETTINGS.minHealthyPercentage.default,
    maxHealthyPercentage = INSTANCE_REFRESH_SETTINGS.maxHealthyPercentage.default,
    instanceWarmupSeconds = INSTANCE_REFRESH_SETTINGS.instanceWarmupSeconds.default,
    skipMatching = INSTANCE_REFRESH_SETTINGS.skipMatching.default,
  } = refresh;
  return {
    strategy: 'Rolling',
    preferences: withoutUndefined({
      minHealthyPercentage,
      maxHealthyPercentage,
      instanceWarmup: numberText(instanceWarmupSeconds),
      checkpointPercentages: checkpoints && [...checkpoints],
      checkpointDelay: delay === undefined ? undefined : numberText(delay),
      autoRollback,
      skipMatching,
      scaleInProtectedInstances: refresh.scaleInProtectedInstances,
      standbyInstances: refresh.standbyInstances,
      alarmSpecification: alarms && { alarms: [...alarms] },
    }),
    // AWS is told nothing of these: the provider compares them with its state.
    ...withoutUndefined({ triggers: triggers && [...triggers].sort() }),
  };
}

const preferences = group(INSTANCE_REFRESH_SETTINGS, (path, refresh) => [
  ...checkSpan([...path, 'maxHealthyPercentage'], refresh),
  ...checkMethod(path, refresh),
]);

/** Lists what AWS would refuse. */
export const checkInstanceRefresh = (path: Path, refresh: InstanceRefresh | 'none') =>
  refresh === 'none' ? [] : preferences.check(path, refresh);

/** What goes with one method only. */
function checkMethod(path: Path, refresh: InstanceRefresh): Problem[] {
  const {
    method = INSTANCE_REFRESH_SETTINGS.method.default,
    waitForSuccess,
    timeoutMinutes,
    triggers,
    skipMatching,
  } = refresh;
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
    ...notWith('triggers', triggers, 'local-exec', 'only the provider knows them'),
    ...(skipMatching === false
      ? notWith('skipMatching', skipMatching, 'local-exec', 'a new group would roll at once')
      : []),
  ];
}

function checkSpan(path: Path, refresh: InstanceRefresh): Problem[] {
  const {
    minHealthyPercentage: min = INSTANCE_REFRESH_SETTINGS.minHealthyPercentage.default,
    maxHealthyPercentage: max = INSTANCE_REFRESH_SETTINGS.maxHealthyPercentage.default,
  } = refresh;
  if (Token.isUnresolved(min) || Token.isUnresolved(max)) return [];
  // What is out of its own range is reported by itself.
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

function checkRising(path: Path, checkpoints: readonly number[]): Problem[] {
  return checkpoints.flatMap((checkpoint, index) => {
    const before = checkpoints[index - 1];
    if (before === undefined || checkInteger([], checkpoint, CHECKPOINT_PERCENTAGE).length > 0) {
      return [];
    }
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
