import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkSubnetId,
  checkText,
  type PlanCondition,
  type Problem,
} from '../../core';
import { AWS_CLI_CREDENTIALS_SETTINGS, type AwsCliCredentials } from '../../iam';
import { checkSettings, list, type SettingProps, setting, text } from '../../settings';
import { checkNodeBootstrap, renderNodeUserData } from '../bootstrap/node-bootstrap';
import type { NodeBootstrap } from '../bootstrap/node-bootstrap-props';
import type { NodeInstance } from '../instance/node-instance';
import { checkNodeTypes } from '../instance/node-instance-type';
import { WindowsLaunchTemplate } from '../instance/windows-launch-template';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';
import {
  buildBootstrapHook,
  buildCapacityTimeout,
  checkNoBootstrapHook,
} from '../life-cycle/bootstrap-hook';
import { createLifecycleHooks } from '../life-cycle/lifecycle-hook';
import {
  checkNoDrainHook,
  type NodeTerminationQueue,
  TERMINATION_HANDLER_TAG,
} from '../life-cycle/node-termination-queue';
import { buildClusterAutoscalerTags } from './cluster-autoscaler';
import { buildInstanceChoice } from './instance-choice';
import { InstanceRefreshStep } from './instance-refresh-step';
import { buildNodeScaling, checkNodeScaling, isStep, type NodeScaling } from './node-scaling';

/** The settings of a group that are neither of its scaling nor of its nodes. */
export const NODE_GROUP_SETTINGS = {
  /** At least one; nodes are spread over their zones. */
  subnetIds: setting(list(text(checkSubnetId, '^subnet-'), { min: 1 }), {
    about: 'Subnets to start nodes in',
    required: true,
    change: 'in-place',
  }),
};

/** Inputs of {@link WindowsNodeGroup}. */
export interface WindowsNodeGroupProps
  extends NodeBootstrap,
    NodeInstance,
    NodeScaling,
    SettingProps<typeof NODE_GROUP_SETTINGS> {
  /** 3 to 125 letters, digits and `._-`: names the group, its template and its instances. */
  readonly name: string;
  readonly cluster: Omit<EksClusterAttributes, 'version' | 'authenticationMode'>;
  readonly amiId: string;
  readonly instanceProfileName: string;
  /**
   * How the step of `instanceRefresh.method: 'local-exec'` gets the account of the AWS provider.
   * @default - as the machine that runs Terraform is set up
   */
  readonly credentials?: AwsCliCredentials | undefined;
  /** What has to be there before a node boots, such as its access entry. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /** Tells aws-node-termination-handler when a node has to be drained. @default - nobody is told */
  readonly terminationQueue?: NodeTerminationQueue | undefined;
  /** What must hold, or the plan stops. @default - nothing */
  readonly preconditions?: readonly PlanCondition[] | undefined;
  /** Tags of the nodes and all else made here. @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Self-managed Windows nodes of an EKS cluster: an `aws_autoscaling_group` with a launch template.
 *
 * A change of the AMI, the user data, the volume or an instance type is a new template version,
 * and the apply that makes it starts an instance refresh, which exchanges the nodes one after the
 * other. Terraform does not wait for its end. Without `desiredSize`, the size between `minSize`
 * and `maxSize` is left to whoever scales the group. Life-cycle hooks, that of
 * `failedBootstrap: 'replace'` among them, are `aws_autoscaling_lifecycle_hook` resources.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-windows-workers.html
 */
export class WindowsNodeGroup extends Construct {
  public readonly launchTemplate: WindowsLaunchTemplate;
  /** The Terraform resource itself. */
  public readonly autoScalingGroup: AutoscalingGroup;
  /** The PowerShell that nodes run at their first boot; references of Terraform are in it. */
  public readonly userData: string;
  /** What comes after the change-over of the nodes depends on it. */
  public readonly rolledOut: ITerraformDependable;

  constructor(scope: Construct, id: string, props: WindowsNodeGroupProps) {
    super(scope, id);
    assertNoProblems(this, validateWindowsNodeGroupProps(props));
    this.userData = renderNodeUserData(props.cluster, props, props.name);
    this.launchTemplate = this.createLaunchTemplate(props);
    const hooks = buildBootstrapHook(props);
    this.autoScalingGroup = new AutoscalingGroup(this, 'AutoScalingGroup', {
      name: props.name,
      vpcZoneIdentifier: [...props.subnetIds],
      ...buildNodeScaling(props, this.launchTemplate),
      ...(hooks.length === 0 ? {} : { initialLifecycleHook: hooks }),
      ...(props.waitForCapacityTimeoutSeconds === undefined ? buildCapacityTimeout(props) : {}),
      tag: buildGroupTags(props),
      lifecycle: { ignoreChanges: ignoredChanges(props) },
    });
    this.rolledOut = this.createRefreshStep(props) ?? this.autoScalingGroup;
    this.createBootstrapHook(props);
    createLifecycleHooks(this, this.autoScalingGroup.name, [
      ...(props.lifecycleHooks ?? []),
      ...(props.terminationQueue ? [props.terminationQueue.lifecycleHook] : []),
    ]);
  }

  private createRefreshStep(props: WindowsNodeGroupProps): ITerraformDependable | undefined {
    const { instanceRefresh: refresh, credentials } = props;
    if (!isStep(refresh)) return undefined;
    const instanceChoice = buildInstanceChoice(props, this.launchTemplate);
    const { autoScalingGroup } = this;
    const step = { autoScalingGroup, instanceChoice, refresh, credentials };
    return new InstanceRefreshStep(this, 'InstanceRefresh', step).done;
  }

  /**
   * The same hook once more: initial hooks are made with the group and never changed, so that a
   * group that is there already would not get it, and one that no longer wants it would keep it.
   * AWS takes a hook of the same name as a change of it.
   */
  private createBootstrapHook(props: WindowsNodeGroupProps): void {
    for (const hook of buildBootstrapHook(props)) {
      const autoscalingGroupName = this.autoScalingGroup.name;
      new AutoscalingLifecycleHook(this, 'BootstrapHook', { ...hook, autoscalingGroupName });
    }
  }

  private createLaunchTemplate(props: WindowsNodeGroupProps): WindowsLaunchTemplate {
    const { cluster, instanceTypes, securityGroupIds = [cluster.securityGroupId] } = props;
    return new WindowsLaunchTemplate(this, 'LaunchTemplate', {
      ...props,
      instanceType: instanceTypes[0] ?? '',
      securityGroupIds,
      userData: this.userData,
    });
  }
}

/** Groups have tags of their own kind; the provider's default tags do not reach the instances. */
function buildGroupTags(props: WindowsNodeGroupProps) {
  const { name, cluster, tags, terminationQueue } = props;
  const ofNodes = {
    ...tags,
    Name: name,
    [`kubernetes.io/cluster/${cluster.name}`]: 'owned',
    ...(terminationQueue && { [TERMINATION_HANDLER_TAG]: 'true' }),
  };
  // The autoscaler reads its tags from the group; nodes may have 50 tags only.
  const ofGroup = buildAutoscalerTags(props);
  const entries = Object.entries({ ...ofNodes, ...ofGroup }).map(([key, value]) => {
    return { key, value, propagateAtLaunch: !Object.hasOwn(ofGroup, key) };
  });
  // In one order, whatever the order of the keys is.
  return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function buildAutoscalerTags(props: WindowsNodeGroupProps): Record<string, string> {
  const { cluster, labels, taints, clusterAutoscaler: autoscaler = false } = props;
  if (autoscaler === false) return {};
  const nodes = { clusterName: cluster.name, labels, taints };
  return buildClusterAutoscalerTags(nodes, autoscaler === true ? {} : autoscaler);
}

function validateWindowsNodeGroupProps(props: WindowsNodeGroupProps): Problem[] {
  return [
    ...checkText(['name'], props.name, {
      id: 'node-group-name',
      pattern: /^[A-Za-z0-9._-]{3,125}$/,
      rule: 'be 3 to 125 letters, digits and ._-',
    }),
    ...checkSettings(NODE_GROUP_SETTINGS, props),
    ...checkNodeScaling(props, props),
    ...checkHookNames(props),
    ...checkSettings(AWS_CLI_CREDENTIALS_SETTINGS, props.credentials ?? {}, ['credentials']),
    ...checkNodeTypes(props),
    ...checkNodeBootstrap(props),
  ];
}

function ignoredChanges({ instanceRefresh }: WindowsNodeGroupProps): string[] {
  return [
    // Any change of them would replace the group, and with it all of its nodes at once.
    'initial_lifecycle_hook',
    // AWS saves them in the group when the step's refresh has succeeded.
    ...(isStep(instanceRefresh) ? ['launch_template', 'mixed_instances_policy'] : []),
  ];
}

/** Two hooks of one name would change each other. */
function checkHookNames(props: WindowsNodeGroupProps): Problem[] {
  const { terminationQueue, lifecycleHooks = [], failedBootstrap } = props;
  const path = ['lifecycleHooks'];
  return [
    ...(terminationQueue === undefined ? [] : checkNoDrainHook(path, lifecycleHooks)),
    ...(failedBootstrap === 'replace' ? checkNoBootstrapHook(path, lifecycleHooks) : []),
  ];
}
