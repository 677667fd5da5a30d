import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook/index.js';
import type { Construct } from 'constructs';
import {
  checkIamRoleArn,
  checkInteger,
  checkKnown,
  checkOneOf,
  checkText,
  checkUnique,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';

/**
 * A pause in the life of a node, for something to happen at its launch or before its end. A change
 * replaces no node and holds for launches and ends from then on.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export interface LifecycleHook {
  /** 1 to 255 letters, digits and `-_/`, once in a group. */
  readonly name: string;
  readonly lifecycleTransition: LifecycleTransition;
  /**
   * Seconds until AWS goes on by itself, 30 to 7,200.
   * @default - AWS's own, an hour
   */
  readonly heartbeatTimeoutSeconds?: number | undefined;
  /**
   * What happens when nobody has answered by then. `ABANDON` at a launch terminates the node.
   * @default - AWS's own, `ABANDON`
   */
  readonly defaultResult?: LifecycleResult | undefined;
  /** Text for whoever is told, up to 1,023 characters. @default - none */
  readonly notificationMetadata?: string | undefined;
  /**
   * ARN of an SQS queue or an SNS topic that is told, with `roleArn`.
   * @default - only EventBridge is told
   */
  readonly notificationTargetArn?: string | undefined;
  /** ARN of the role with which AWS tells it. @default - none */
  readonly roleArn?: string | undefined;
}

/** When a node pauses. */
export const LIFECYCLE_TRANSITIONS = [
  'autoscaling:EC2_INSTANCE_LAUNCHING',
  'autoscaling:EC2_INSTANCE_TERMINATING',
] as const;

/** One of {@link LIFECYCLE_TRANSITIONS}. */
export type LifecycleTransition = (typeof LIFECYCLE_TRANSITIONS)[number];

/** What happens when nobody answers. */
export const LIFECYCLE_RESULTS = ['CONTINUE', 'ABANDON'] as const;

/** One of {@link LIFECYCLE_RESULTS}. */
export type LifecycleResult = (typeof LIFECYCLE_RESULTS)[number];

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHookSpecification.html */
export const HEARTBEAT_TIMEOUT_SECONDS = { min: 30, max: 7200 };

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
export const MAX_LIFECYCLE_HOOKS = 50;

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
export const LIFECYCLE_HOOK_NAME: TextRule = {
  id: 'lifecycle-hook-name',
  pattern: /^[A-Za-z0-9_/-]{1,255}$/,
  rule: 'be 1 to 255 letters, digits and -_/',
};

const NOTIFICATION_METADATA: TextRule = {
  id: 'hook-metadata',
  pattern: /^[\s\S]{1,1023}$/,
  rule: 'be 1 to 1023 characters',
};

const NOTIFICATION_TARGET_ARN: TextRule = {
  id: 'hook-target-arn',
  pattern: /^arn:aws(?:-[a-z]+)*:(?:sqs|sns):[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
  rule: 'be the ARN of an SQS queue or an SNS topic, neither of them FIFO',
};

/**
 * Makes the hooks of a group, each as an `aws_autoscaling_lifecycle_hook`. The group's own
 * `initial_lifecycle_hook` counts only when the group is made: for a group that exists, a change of
 * it is in the plan and does nothing. In exchange, a hook that is made together with its group may
 * miss the launch of the group's very first nodes.
 */
export function createLifecycleHooks(
  scope: Construct,
  autoscalingGroupName: string,
  hooks: readonly LifecycleHook[],
): void {
  for (const hook of hooks) {
    const { heartbeatTimeoutSeconds: heartbeatTimeout, ...rest } = hook;
    // Named after the hook, so that a hook more or less leaves the others alone.
    new AutoscalingLifecycleHook(
      scope,
      `LifecycleHook-${hook.name.replaceAll('/', '-')}`,
      withoutUndefined({ autoscalingGroupName, ...rest, heartbeatTimeout }),
    );
  }
}

/** Lists what is wrong with the hooks of a group. */
export function checkLifecycleHooks(path: Path, hooks: readonly LifecycleHook[]): Problem[] {
  const names = hooks.map(({ name }) => name);
  const most = MAX_LIFECYCLE_HOOKS;
  return [
    ...(hooks.length > most
      ? [problem('hook-count', path, `have at most ${most} hooks`, hooks.length)]
      : []),
    ...checkUnique(path, names).map((one) => ({ ...one, path: [...one.path, 'name'] })),
    ...hooks.flatMap((hook, index) => checkLifecycleHook([...path, index], hook)),
  ];
}

/** As much of a hook as its name; nothing where it is not right by itself. */
export type NamedHook = { readonly name?: string | undefined } | undefined;

/** AWS takes a second hook of a name as a change of the first one. */
export function checkHookNameIsFree(
  path: Path,
  hooks: readonly NamedHook[],
  name: string,
  owner: string,
): Problem[] {
  return hooks.flatMap((hook, index) =>
    hook?.name === name
      ? [
          problem(
            'hook-name-is-free',
            [...path, index, 'name'],
            `be another name: ${owner} has it`,
            name,
          ),
        ]
      : [],
  );
}

/** Lists what is wrong with one hook. */
export function checkLifecycleHook(path: Path, hook: LifecycleHook): Problem[] {
  const { heartbeatTimeoutSeconds, defaultResult, notificationMetadata } = hook;
  const inside = (key: string): Path => [...path, key];
  return [
    ...checkHookName(inside('name'), hook.name),
    ...checkOneOf(inside('lifecycleTransition'), hook.lifecycleTransition, LIFECYCLE_TRANSITIONS),
    ...(heartbeatTimeoutSeconds === undefined
      ? []
      : checkInteger(
          inside('heartbeatTimeoutSeconds'),
          heartbeatTimeoutSeconds,
          HEARTBEAT_TIMEOUT_SECONDS,
        )),
    ...(defaultResult === undefined
      ? []
      : checkOneOf(inside('defaultResult'), defaultResult, LIFECYCLE_RESULTS)),
    ...(notificationMetadata === undefined
      ? []
      : checkText(inside('notificationMetadata'), notificationMetadata, NOTIFICATION_METADATA)),
    ...checkNotification(path, hook),
  ];
}

function checkHookName(path: Path, name: string): Problem[] {
  // The name is part of the hook's name in Terraform.
  return checkKnown(path, name, (at, value) => checkText(at, value, LIFECYCLE_HOOK_NAME));
}

function checkNotification(path: Path, hook: LifecycleHook): Problem[] {
  const { notificationTargetArn: target, roleArn: role } = hook;
  return [
    ...(target === undefined
      ? []
      : checkText([...path, 'notificationTargetArn'], target, NOTIFICATION_TARGET_ARN)),
    ...(role === undefined ? [] : checkIamRoleArn([...path, 'roleArn'], role)),
    ...(target !== undefined && role === undefined
      ? [
          problem(
            'hook-role-without-target',
            [...path, 'roleArn'],
            'be given together with `notificationTargetArn`',
            role,
          ),
        ]
      : []),
    ...(role !== undefined && target === undefined
      ? [
          problem(
            'hook-target-without-role',
            [...path, 'notificationTargetArn'],
            'be given together with `roleArn`',
            target,
          ),
        ]
      : []),
  ];
}
