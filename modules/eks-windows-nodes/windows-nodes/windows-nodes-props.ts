import type { ITerraformDependable } from 'cdktf';
import type { PlanCondition, Tags } from '../../core';
import type { FastLaunchProps, FastLaunchWords } from '../../fast-launch';
import type { AwsCliCredentials, IamOptions } from '../../iam';
import type { NodeAccess } from '../access/node-access';
import type { WindowsNodeSecurityGroupProps } from '../access/windows-node-security-group';
import type { WindowsNodeGroupProps } from '../group/windows-node-group';
import type { AmiGuardProps, AmiGuardWords } from '../guards/ami-guard';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';
import type { TerminationQueue } from '../life-cycle/node-termination-queue';

/** A group of nodes that are alike. All else is the same for every group of {@link WindowsNodesProps}. */
export type WindowsNodesGroup = Omit<
  WindowsNodeGroupProps,
  | 'cluster'
  | 'amiId'
  | 'instanceProfileName'
  | 'terminationQueue'
  | 'credentials'
  | 'dependsOn'
  | 'preconditions'
  | 'tags'
>;

/** EC2 Fast Launch for the AMI of {@link WindowsNodesProps}. */
export type WindowsNodesFastLaunch = Omit<
  FastLaunchProps,
  'name' | 'amiId' | 'amiOwnerAlias' | 'region' | 'credentials' | 'words' | 'tags'
> & {
  /**
   * Name of its launch template: 3 to 125 letters, digits and `()./_-`.
   * @default - the name of the nodes and `-fast-launch`
   */
  readonly name?: string | undefined;
};

/** How messages call what their reader can change. */
export interface WindowsNodesWords extends AmiGuardWords, FastLaunchWords {
  /** What lets an access entry be made. @default - the prop, as it is written in TypeScript */
  readonly accessEntry?: string | undefined;
}

/** Inputs of {@link WindowsNodes}. */
export interface WindowsNodesProps<GroupId extends string = string>
  extends Pick<AmiGuardProps, 'allowedSkew' | 'windowsServer' | 'amiOwners'> {
  /**
   * Name of the role, of its instance profile and of whatever of the security group and the
   * termination queue is made; also of the mark on the AMI. 3 to 54 letters, digits, `-` and `_`,
   * unique in the account.
   */
  readonly name: string;
  /** The Region of the nodes, such as `us-east-1`; no reference. */
  readonly region: string;
  readonly cluster: EksClusterAttributes;
  /** The Windows AMI that all groups run. Another one rolls the nodes. */
  readonly amiId: string;
  /**
   * The Kubernetes version the AMI was built for, such as `1.35`: its kubelet's. An AMI of
   * `WindowsImage` says so itself, by a tag that goes before this.
   */
  readonly kubernetesVersion: string;
  /**
   * The groups, at least one, by their construct ids, with which their addresses in Terraform
   * begin: another id is another group.
   */
  readonly groups: Readonly<Record<GroupId, WindowsNodesGroup>>;
  /** How the cluster gets to know the nodes. @default - a role and an access entry are made */
  readonly access?: NodeAccess | undefined;
  /** What roles have in common. @default - path /, no boundary, the name as it is */
  readonly iam?: IamOptions | undefined;
  /**
   * A security group of their own for the groups without `securityGroupIds`. It is made in the
   * network of the first group; later changes of that group's subnets change nothing. `{}` opens it
   * to all pods of the cluster.
   * @default - none: they get the cluster's own
   */
  readonly securityGroup?: Pick<WindowsNodeSecurityGroupProps, 'podTraffic'> | undefined;
  /**
   * A queue from which aws-node-termination-handler, which is yours to run, learns what to drain:
   * every node waits for it at its end. `{}` takes all defaults.
   * @default - nobody drains
   */
  readonly terminationQueue?: TerminationQueue | undefined;
  /**
   * Snapshots that are prepared for the AMI before nodes change over to it, and removed for the old
   * one after that. Needs the AWS CLI where Terraform runs, and an AMI of your own. Every snapshot
   * is billed. To take it out, apply `enabled: false` first.
   * @default - none
   */
  readonly fastLaunch?: WindowsNodesFastLaunch | undefined;
  /**
   * Whether a tag on the AMI keeps retention from touching it while the nodes run it. Needs an AMI
   * that may be tagged, which Amazon's are not.
   * @default true
   */
  readonly markAmi?: boolean | undefined;
  /**
   * How the steps that call the AWS CLI get the account of the AWS provider: Fast Launch, and
   * groups with `instanceRefresh.method: 'local-exec'`.
   * @default - as the machine that runs Terraform is set up
   */
  readonly credentials?: AwsCliCredentials | undefined;
  /**
   * What else has to be there before a node boots, such as what a `WindowsSupport` makes.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /** What else must hold, or the plan stops. @default - nothing */
  readonly preconditions?: readonly PlanCondition[] | undefined;
  /** How messages call what their reader can change. @default - as the props here are called */
  readonly words?: WindowsNodesWords | undefined;
  /** Tags of the nodes and of all else made here. @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}
