import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook/index.js';
import type { Construct } from 'constructs';
import {
  checkIamRoleArn,
  checkText,
  checkUnique,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import {
  choice,
  freeText,
  group,
  integer,
  known,
  listOrEmpty,
  type SettingProps,
  setting,
  text,
} from '../../settings';

/** When a node pauses. */
const LIFECYCLE_TRANSITIONS = [
  'autoscaling:EC2_INSTANCE_LAUNCHING',
  'autoscaling:EC2_INSTANCE_TERMINATING',
] as const;

/** One of {@link LIFECYCLE_TRANSITIONS}. */
export type LifecycleTransition = (typeof LIFECYCLE_TRANSITIONS)[number];

/** What happens when nobody answers. */
const LIFECYCLE_RESULTS = ['CONTINUE', 'ABANDON'] as const;

/** One of {@link LIFECYCLE_RESULTS}. */
export type LifecycleResult = (typeof LIFECYCLE_RESULTS)[number];

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHookSpecification.html */
export const HEARTBEAT_TIMEOUT_SECONDS = { min: 30, max: 7200 };

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
const MAX_LIFECYCLE_HOOKS = 50;

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
const LIFECYCLE_HOOK_NAME: TextRule = {
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

const LIFECYCLE_HOOK_SETTINGS = {
  /**
   * 1 to 255 letters, digits and `-_/`, once in a group. Part of the hook's name in Terraform, so
   * that it is no reference.
   */
  name: setting(known(text(LIFECYCLE_HOOK_NAME)), {
    about: 'Name of the hook, once in its group',
    required: true,
    change: 'in-place',
  }),
  /** At the launch or before the end. */
  lifecycleTransition: setting(choice(LIFECYCLE_TRANSITIONS), {
    about: 'When a node pauses',
    required: true,
    change: 'in-place',
  }),
  /**
   * Seconds until AWS goes on by itself, 30 to 7,200.
   * @default - AWS's own, an hour
   */
  heartbeatTimeoutSeconds: setting(integer(HEARTBEAT_TIMEOUT_SECONDS), {
    about: 'Seconds until AWS goes on by itself, 30 to 7200',
    otherwise: 'an hour',
    change: 'in-place',
  }),
  /**
   * What happens when nobody has answered by then. `ABANDON` at a launch terminates the node.
   * @default - AWS's own, `ABANDON`
   */
  defaultResult: setting(choice(LIFECYCLE_RESULTS), {
    about: 'What happens when nobody has answered by then',
    otherwise: 'ABANDON',
    change: 'in-place',
  }),
  /** Text for whoever is told, up to 1,023 characters. @default - none */
  notificationMetadata: setting(
    freeText((path, value) => checkText(path, value, NOTIFICATION_METADATA)),
    { about: 'Text for whoever is told', otherwise: 'none', change: 'in-place' },
  ),
  /**
   * ARN of an SQS queue or an SNS topic that is told, with `roleArn`.
   * @default - only EventBridge is told
   */
  notificationTargetArn: setting(text(NOTIFICATION_TARGET_ARN), {
    about: 'ARN of the SQS queue or SNS topic that is told',
    otherwise: 'EventBridge only',
    change: 'in-place',
  }),
  /** ARN of the role with which AWS tells it. @default - none */
  roleArn: setting(text(checkIamRoleArn), {
    about: 'ARN of the role with which AWS tells it',
    otherwise: 'none',
    change: 'in-place',
  }),
};

/**
 * A pause in the life of a node, for something to happen at its launch or before its end. A change
 * replaces no node and holds for launches and ends from then on.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export interface LifecycleHook extends SettingProps<typeof LIFECYCLE_HOOK_SETTINGS> {}

/** The hooks of a group. */
export const lifecycleHooks = listOrEmpty(
  group(LIFECYCLE_HOOK_SETTINGS, checkNotification),
  { max: MAX_LIFECYCLE_HOOKS },
  (path, hooks) => {
    const names = hooks.map(({ name }) => name);
    return checkUnique(path, names).map((one) => ({ ...one, path: [...one.path, 'name'] }));
  },
);

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

function checkNotification(path: Path, hook: LifecycleHook): Problem[] {
  const { notificationTargetArn: target, roleArn: role } = hook;
  return [
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
