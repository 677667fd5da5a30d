import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, type PlanCondition } from '../../core';
import { checkNodeBootstrap, renderNodeUserData } from '../bootstrap/node-bootstrap';
import type { NodeBootstrap } from '../bootstrap/node-bootstrap-props';
import type { NodeInstance } from '../instance/node-instance';
import { WindowsLaunchTemplate } from '../instance/windows-launch-template';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';

/** Inputs of {@link ManagedNodeTemplate}. */
export interface ManagedNodeTemplateProps
  // EKS makes the Auto Scaling group, so that there is no hook of ours to answer.
  extends Omit<NodeBootstrap, 'failedBootstrap' | 'bootstrapTimeoutSeconds'>,
    Pick<NodeInstance, 'securityGroupIds' | 'rootVolumeGiB'> {
  /** 3 to 125 letters, digits and `()./_-`. Also the name of the instances. */
  readonly name: string;
  readonly cluster: Omit<EksClusterAttributes, 'version' | 'authenticationMode'>;
  readonly amiId: string;
  /** The one instance type; then the managed node group must name none. @default - the group's */
  readonly instanceType?: string | undefined;
  /** What has to be there before an instance boots. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /** What must hold, or the plan stops. @default - nothing */
  readonly preconditions?: readonly PlanCondition[] | undefined;
  /** Tags of instances, volumes and the template. @default - a name only */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The launch template of an EKS managed node group that runs a Windows AMI of your own. The group
 * itself is yours to make, with `launchTemplate` set to {@link id} and {@link latestVersion}.
 *
 * It has what EKS leaves to the template when that names an AMI (the whole user data, the volume,
 * the security groups), and nothing of what EKS refuses there: no instance profile, no subnet, no
 * shutdown behaviour. The group must not set `amiType`, `diskSize`, `releaseVersion` and `version`.
 *
 * The role of the group needs an access entry of the type `EC2_WINDOWS` before the group is made,
 * such as a `WindowsNodeRole` makes: for an AMI of your own EKS would make one of `EC2_LINUX`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export class ManagedNodeTemplate extends Construct {
  public readonly id: string;
  /** The number of the newest version: a change of it replaces the nodes of the group. */
  public readonly latestVersion: string;
  public readonly launchTemplate: WindowsLaunchTemplate;
  /** The PowerShell that nodes run at their first boot; references of Terraform are in it. */
  public readonly userData: string;

  constructor(scope: Construct, id: string, props: ManagedNodeTemplateProps) {
    super(scope, id);
    assertNoProblems(this, checkNodeBootstrap(props));
    const { cluster } = props;
    this.userData = renderNodeUserData(cluster, props, props.name);
    this.launchTemplate = new WindowsLaunchTemplate(this, 'LaunchTemplate', {
      name: props.name,
      amiId: props.amiId,
      instanceType: props.instanceType,
      // EKS adds the cluster's own group only to a template without any.
      securityGroupIds: props.securityGroupIds ?? [cluster.securityGroupId],
      rootVolumeGiB: props.rootVolumeGiB,
      userData: this.userData,
      dependsOn: props.dependsOn,
      preconditions: props.preconditions,
      tags: props.tags,
    });
    this.id = this.launchTemplate.id;
    this.latestVersion = this.launchTemplate.latestVersion;
  }
}
