import {
  AutoscalingGroup,
  type AutoscalingGroupConfig,
} from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkEach,
  checkInteger,
  checkIpv4Cidr,
  checkListLength,
  checkSubnetId,
  checkText,
  checkUnique,
  checkWindowsInstanceType,
  type Problem,
  problem,
} from '../core';
import type { EksClusterAttributes } from './eks-cluster';
import {
  checkImageGcThresholds,
  type ImageGcThresholds,
  imageGcArguments,
} from './image-gc-thresholds';
import { checkLabels, checkTaint, type Taint } from './kubernetes-syntax';
import { type PlanCondition, WindowsLaunchTemplate } from './windows-launch-template';
import { checkKubeletArguments, renderWindowsUserData } from './windows-user-data';

/** Inputs of {@link WindowsNodeGroup}. */
export interface WindowsNodeGroupProps {
  /** 3 to 125 letters, digits and `._-`: names the group, its template and its instances. */
  readonly name: string;
  readonly cluster: Omit<EksClusterAttributes, 'version' | 'authenticationMode'>;
  readonly amiId: string;
  readonly instanceProfileName: string;
  readonly subnetIds: readonly string[];
  /** x86-64 types, the preferred one first; with several, EC2 chooses among them. */
  readonly instanceTypes: readonly string[];
  /** Nodes, 0 to 5,000. */
  readonly minSize: number;
  /** Nodes, not less than `minSize`. */
  readonly maxSize: number;
  /** @default - the cluster's own security group */
  readonly securityGroupIds?: readonly string[] | undefined;
  /** GiB, not smaller than the AMI's volume. @default 100 */
  readonly rootVolumeGiB?: number | undefined;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** @default - none: then Linux pods without a node selector may be sent here, and fail */
  readonly taints?: readonly Taint[] | undefined;
  /** Flags of the kubelet, without dashes. @default - none */
  readonly kubeletArguments?: Readonly<Record<string, string>> | undefined;
  /**
   * When the kubelet deletes images. Raise it for an AMI with cached images.
   * @default - the kubelet's own: 85 and 80
   */
  readonly imageGcThresholds?: ImageGcThresholds | undefined;
  /** @default - none */
  readonly excludedSnatCidrs?: readonly string[] | undefined;
  /** What has to be there before a node boots, such as its access entry. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /** What must hold, or the plan stops. @default - nothing */
  readonly preconditions?: readonly PlanCondition[] | undefined;
  /** Tags of the nodes and all else made here. @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
export const MAX_GROUP_SIZE = 5000;

/**
 * How nodes are exchanged: a new one first, then an old one goes. Windows boots for minutes, so a
 * group that shrinks first would be short of nodes for as long.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
const INSTANCE_REFRESH = {
  strategy: 'Rolling',
  preferences: {
    minHealthyPercentage: 100,
    maxHealthyPercentage: 110,
    instanceWarmup: '300',
    skipMatching: true,
  },
};

/**
 * Self-managed Windows nodes of an EKS cluster: an `aws_autoscaling_group` with a launch template.
 *
 * A change of the AMI, the user data, the volume or an instance type is a new template version,
 * and the apply that makes it starts an instance refresh, which exchanges the nodes one after the
 * other. Terraform does not wait for its end. The size between `minSize` and `maxSize` is left to
 * whoever scales the group.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-windows-workers.html
 */
export class WindowsNodeGroup extends Construct {
  public readonly launchTemplate: WindowsLaunchTemplate;
  /** The Terraform resource itself. */
  public readonly autoScalingGroup: AutoscalingGroup;

  constructor(scope: Construct, id: string, props: WindowsNodeGroupProps) {
    super(scope, id);
    assertNoProblems(this, validateWindowsNodeGroupProps(props));
    this.launchTemplate = this.createLaunchTemplate(props);
    this.autoScalingGroup = new AutoscalingGroup(this, 'AutoScalingGroup', {
      name: props.name,
      minSize: props.minSize,
      maxSize: props.maxSize,
      vpcZoneIdentifier: [...props.subnetIds],
      ...this.buildInstanceChoice(props.instanceTypes),
      instanceRefresh: INSTANCE_REFRESH,
      tag: buildGroupTags(props),
    });
  }

  private createLaunchTemplate(props: WindowsNodeGroupProps): WindowsLaunchTemplate {
    const { cluster, instanceTypes, securityGroupIds = [cluster.securityGroupId] } = props;
    return new WindowsLaunchTemplate(this, 'LaunchTemplate', {
      name: props.name,
      amiId: props.amiId,
      instanceType: instanceTypes[0] ?? '',
      instanceProfileName: props.instanceProfileName,
      securityGroupIds,
      userData: renderUserData(props),
      rootVolumeGiB: props.rootVolumeGiB,
      dependsOn: props.dependsOn,
      preconditions: props.preconditions,
      tags: props.tags,
    });
  }

  private buildInstanceChoice(
    instanceTypes: readonly string[],
  ): Pick<AutoscalingGroupConfig, 'launchTemplate' | 'mixedInstancesPolicy'> {
    const { id, latestVersion } = this.launchTemplate;
    if (instanceTypes.length === 1) return { launchTemplate: { id, version: latestVersion } };
    return {
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: id, version: latestVersion },
          override: instanceTypes.map((instanceType) => ({ instanceType })),
        },
      },
    };
  }
}

function renderUserData({ cluster, ...props }: WindowsNodeGroupProps): string {
  return renderWindowsUserData({
    clusterName: cluster.name,
    apiServerEndpoint: cluster.endpoint,
    base64ClusterCa: cluster.certificateAuthority,
    serviceCidr: cluster.serviceCidr,
    dnsClusterIp: cluster.dnsIp,
    excludedSnatCidrs: props.excludedSnatCidrs,
    labels: props.labels,
    taints: props.taints,
    kubeletArguments: {
      ...props.kubeletArguments,
      ...(props.imageGcThresholds && imageGcArguments(props.imageGcThresholds)),
    },
  });
}

/** Groups have tags of their own kind; the provider's default tags do not reach the instances. */
function buildGroupTags({ name, cluster, tags }: WindowsNodeGroupProps) {
  const all = { ...tags, Name: name, [`kubernetes.io/cluster/${cluster.name}`]: 'owned' };
  const entries = Object.entries(all).map(([key, value]) => {
    return { key, value, propagateAtLaunch: true };
  });
  // In one order, whatever the order of the keys is.
  return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function validateWindowsNodeGroupProps(props: WindowsNodeGroupProps): Problem[] {
  const { instanceTypes, subnetIds, excludedSnatCidrs = [], taints = [] } = props;
  return [
    ...checkText(['name'], props.name, {
      pattern: /^[A-Za-z0-9._-]{3,125}$/,
      rule: 'be 3 to 125 letters, digits and ._-',
    }),
    ...checkListLength(['subnetIds'], subnetIds, { min: 1 }),
    ...checkUnique(['subnetIds'], subnetIds),
    ...checkEach(['subnetIds'], subnetIds, checkSubnetId),
    ...checkListLength(['instanceTypes'], instanceTypes, { min: 1 }),
    ...checkUnique(['instanceTypes'], instanceTypes),
    ...checkEach(['instanceTypes'], instanceTypes, checkWindowsInstanceType),
    ...checkGroupSize(props),
    ...checkLabels(['labels'], props.labels ?? {}),
    ...checkEach(['taints'], taints, checkTaint),
    ...checkKubeletArguments(['kubeletArguments'], props.kubeletArguments ?? {}),
    ...checkGcThresholds(props),
    ...checkEach(['excludedSnatCidrs'], excludedSnatCidrs, checkIpv4Cidr),
  ];
}

function checkGcThresholds({ imageGcThresholds, kubeletArguments }: WindowsNodeGroupProps) {
  if (imageGcThresholds === undefined) return [];
  return checkImageGcThresholds(['imageGcThresholds'], imageGcThresholds, kubeletArguments);
}

function checkGroupSize({ minSize, maxSize }: WindowsNodeGroupProps): Problem[] {
  const range = { min: 0, max: MAX_GROUP_SIZE };
  const problems = [
    ...checkInteger(['minSize'], minSize, range),
    ...checkInteger(['maxSize'], maxSize, range),
  ];
  // A number token is a huge negative number: only known sizes can be compared.
  if (problems.length > 0 || minSize < 0 || maxSize < 0 || minSize <= maxSize) return problems;
  return [problem(['maxSize'], `be at least \`minSize\` (${minSize})`, maxSize)];
}
