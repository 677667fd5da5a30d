import type {
  AutoscalingGroupConfig,
  AutoscalingGroupInitialLifecycleHook,
} from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { Token } from 'cdktf';
import {
  allow,
  checkInteger,
  numberText,
  type Path,
  type PolicyDocument,
  type Problem,
  policyOf,
  problem,
  quotePowerShell,
} from '../../core';
import { checkHookNameIsFree, type NamedHook } from './lifecycle-hook';

/** What becomes of a node whose bootstrap has failed. */
export const FAILED_BOOTSTRAP = ['keep', 'replace'] as const;

/** One of {@link FAILED_BOOTSTRAP}. */
export type FailedBootstrap = (typeof FAILED_BOOTSTRAP)[number];

/** Seconds from the launch of a node to the end of its bootstrap. */
const DEFAULT_BOOTSTRAP_TIMEOUT_SECONDS = 1800;

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
export const BOOTSTRAP_TIMEOUT_SECONDS = { min: 30, max: 7200 };

/** Name of the hook in its group. */
export const BOOTSTRAP_HOOK_NAME = 'node-bootstrap';

/** What of a group's inputs its hook comes from. */
export interface BootstrapHookInputs {
  readonly failedBootstrap?: FailedBootstrap | undefined;
  readonly bootstrapTimeoutSeconds?: number | undefined;
}

/**
 * The hook that keeps a new node out of service until its user data says that the bootstrap went
 * well: an entry of `initial_lifecycle_hook`, and nothing without `replace`. Without an answer in
 * time the node is given up, and the group launches another one.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export function buildBootstrapHook({
  failedBootstrap,
  bootstrapTimeoutSeconds = DEFAULT_BOOTSTRAP_TIMEOUT_SECONDS,
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
  bootstrapTimeoutSeconds: seconds = DEFAULT_BOOTSTRAP_TIMEOUT_SECONDS,
}: BootstrapHookInputs): Pick<AutoscalingGroupConfig, 'waitForCapacityTimeout'> {
  if (failedBootstrap !== 'replace') return {};
  // No reckoning with a number that only Terraform knows: the longest that it can be.
  const most = Token.isUnresolved(seconds) ? BOOTSTRAP_TIMEOUT_SECONDS.max : seconds;
  return { waitForCapacityTimeout: `${numberText(most + LAUNCH_SECONDS)}s` };
}

/** Seconds that AWS takes for a hook; without a hook nobody would wait. */
export function checkBootstrapTimeout(
  path: Path,
  seconds: number,
  failedBootstrap: FailedBootstrap = 'keep',
): Problem[] {
  const problems = checkInteger(path, seconds, BOOTSTRAP_TIMEOUT_SECONDS);
  if (problems.length > 0 || failedBootstrap === 'replace') return problems;
  if (Token.isUnresolved(failedBootstrap)) return [];
  return [
    problem('bootstrap-timeout', path, 'be left out without `failedBootstrap: replace`', seconds),
  ];
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
