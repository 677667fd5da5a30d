import type {
  AutoscalingGroupConfig,
  AutoscalingGroupInitialLifecycleHook,
} from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import { numberText, type Path, type Problem, problem, quotePowerShell } from '../../core';
import { allow, type PolicyDocument, policyOf } from '../../iam';
import { choice, integer, type SettingProps, setting } from '../../settings';
import { checkHookNameIsFree, type NamedHook } from './lifecycle-hook';

/** What becomes of a node whose bootstrap has failed. */
const FAILED_BOOTSTRAP = ['keep', 'replace'] as const;

/** One of {@link FAILED_BOOTSTRAP}. */
export type FailedBootstrap = (typeof FAILED_BOOTSTRAP)[number];

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
const BOOTSTRAP_TIMEOUT_SECONDS = { min: 30, max: 7200 };

/** Name of the hook in its group. */
export const BOOTSTRAP_HOOK_NAME = 'node-bootstrap';

/** What of a group's settings its hook comes from. */
export const BOOTSTRAP_HOOK_SETTINGS = {
  /**
   * What becomes of a node whose bootstrap has failed. `keep`: it stays, outside of the cluster,
   * until someone looks. `replace`: a life-cycle hook keeps new nodes out of service until their
   * bootstrap went well, and the group replaces those that fail at once.
   *
   * Nodes then call `autoscaling:CompleteLifecycleAction`, see `bootstrapHookPolicy`: without that
   * right, or without a way to Auto Scaling, they are replaced for ever. An apply that makes the
   * group waits until its nodes have answered.
   *
   * @default keep
   */
  failedBootstrap: setting(choice(FAILED_BOOTSTRAP), {
    about:
      'What becomes of a node that fails to join: keep (it stays for you to look) or replace (the group launches another one)',
    default: 'keep',
    change: 'rolls',
  }),
  /**
   * Seconds that a node has to answer with `failedBootstrap: 'replace'`, from its launch on,
   * 30 to 7,200.
   * @default 1800
   */
  bootstrapTimeoutSeconds: setting(integer(BOOTSTRAP_TIMEOUT_SECONDS), {
    about: 'Seconds that a node has to join with failedBootstrap: replace',
    default: 1800,
    change: 'in-place',
  }),
};

/** What of a group's inputs its hook comes from. */
export interface BootstrapHookInputs extends SettingProps<typeof BOOTSTRAP_HOOK_SETTINGS> {}

/**
 * The hook that keeps a new node out of service until its user data says that the bootstrap went
 * well: an entry of `initial_lifecycle_hook`, and nothing without `replace`. Without an answer in
 * time the node is given up, and the group launches another one.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export function buildBootstrapHook({
  failedBootstrap,
  bootstrapTimeoutSeconds = BOOTSTRAP_HOOK_SETTINGS.bootstrapTimeoutSeconds.default,
}: BootstrapHookInputs): AutoscalingGroupInitialLifecycleHook[] {
  if (failedBootstrap !== 'replace') return [];
  return [
    {
      name: BOOTSTRAP_HOOK_NAME,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      defaultResult: 'ABANDON',
      heartbeatTimeout: bootstrapTimeoutSeconds,
    },
  ];
}

/** Seconds for the launch itself, before the hook begins to count. */
const LAUNCH_SECONDS = 600;

/**
 * How long an apply waits for nodes in service. Terraform's own ten minutes are over before a
 * Windows node has answered its hook, and the apply that makes a group would fail.
 */
export function buildCapacityTimeout({
  failedBootstrap,
  bootstrapTimeoutSeconds: seconds = BOOTSTRAP_HOOK_SETTINGS.bootstrapTimeoutSeconds.default,
}: BootstrapHookInputs): Pick<AutoscalingGroupConfig, 'waitForCapacityTimeout'> {
  if (failedBootstrap !== 'replace') return {};
  // No reckoning with a number that only Terraform knows: the longest that it can be.
  const most = Token.isUnresolved(seconds) ? BOOTSTRAP_TIMEOUT_SECONDS.max : seconds;
  return { waitForCapacityTimeout: `${numberText(most + LAUNCH_SECONDS)}s` };
}

/** Without a hook nobody would wait. */
export function checkBootstrapTimeout(inputs: BootstrapHookInputs): Problem[] {
  const { failedBootstrap = BOOTSTRAP_HOOK_SETTINGS.failedBootstrap.default } = inputs;
  const { bootstrapTimeoutSeconds: seconds } = inputs;
  if (seconds === undefined || failedBootstrap !== 'keep') return [];
  const rule = 'be left out without `failedBootstrap: replace`';
  return [problem('bootstrap-timeout', ['bootstrapTimeoutSeconds'], rule, seconds)];
}

/** The name of the hook, for those that are asked for beside it. */
export function checkNoBootstrapHook(path: Path, hooks: readonly NamedHook[]): Problem[] {
  return checkHookNameIsFree(path, hooks, BOOTSTRAP_HOOK_NAME, '`failedBootstrap: replace`');
}

/** Where the groups are whose hooks nodes answer. */
export interface BootstrapHookScope {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly groupNames: readonly string[];
}

/**
 * What nodes need to answer the hook of their group. By the group's name, which is unique in a
 * Region; the other part of its ARN is known only after the group was made, and nodes need the
 * policy before that.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 */
export function bootstrapHookPolicy(scope: BootstrapHookScope): PolicyDocument {
  const { partition, region, accountId, groupNames } = scope;
  const groups = `arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup`;
  const resources = [...new Set(groupNames)]
    .sort()
    .map((name) => `${groups}:*:autoScalingGroupName/${name}`);
  const actions = 'autoscaling:CompleteLifecycleAction';
  return policyOf([allow('CompleteBootstrapHook', { actions, resources })]);
}

/** The function that answers the hook, with the node's own credentials. */
export function renderHookFunction(groupName: string | undefined): string[] {
  if (groupName === undefined) return [];
  return [
    'function Complete-BootstrapHook($Result) {',
    "  $imds = 'http://169.254.169.254/latest'",
    '  $ttl = @{',
    "    'X-aws-ec2-metadata-token-ttl-seconds' = '300'",
    '  }',
    '  $header = @{',
    '    \'X-aws-ec2-metadata-token\' = Invoke-RestMethod -Method Put -Uri "$imds/api/token" -Headers $ttl',
    '  }',
    '  $hook = @{',
    `    AutoScalingGroupName = ${quotePowerShell(groupName)}`,
    `    LifecycleHookName = ${quotePowerShell(BOOTSTRAP_HOOK_NAME)}`,
    '    InstanceId = Invoke-RestMethod -Uri "$imds/meta-data/instance-id" -Headers $header',
    '    Region = Invoke-RestMethod -Uri "$imds/meta-data/placement/region" -Headers $header',
    '    LifecycleActionResult = $Result',
    '    Force = $true',
    '  }',
    '  Complete-ASLifecycleAction @hook | Out-Null',
    '}',
  ];
}

/** Answers the hook at the end of the user data. A call that fails is one of its failures. */
export function renderHookAnswer(groupName: string | undefined): string[] {
  if (groupName === undefined) return [];
  return [
    "  $result = if ($null -eq $failure) { 'CONTINUE' } else { 'ABANDON' }",
    '  try {',
    '    Complete-BootstrapHook $result',
    '    Write-Output "The life-cycle hook was answered with $result."',
    '  }',
    '  catch {',
    '    $failure = "The life-cycle hook was not answered with $result, so that the group gives the node up if it waits for an answer: $_"',
    '    Write-Outcome $failure Error 3',
    '  }',
  ];
}
