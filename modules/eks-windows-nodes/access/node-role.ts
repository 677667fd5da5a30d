import { DataAwsEksAccessEntry } from '@cdktf/provider-aws/lib/data-aws-eks-access-entry/index.js';
import { DataAwsIamInstanceProfile } from '@cdktf/provider-aws/lib/data-aws-iam-instance-profile/index.js';
import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { Fn, type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, type PlanCondition, withoutUndefined, writtenTags } from '../../core';
import {
  checkIamName,
  type IamOptions,
  iamName,
  type PolicyDocument,
  roleNameOf,
  ServiceRole,
} from '../../iam';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';
import {
  checkAuthenticationMode,
  checkNodeAccess,
  ENTRY_MODES,
  NODE_ACCESS_SETTINGS,
  type NodeAccess,
  type NodeAccessEntry,
} from './node-access';

/** Inputs of {@link WindowsNodeRole}. */
export interface WindowsNodeRoleProps {
  /** Name of the role and of its instance profile; unique in the account. */
  readonly name: string;
  readonly cluster: Pick<EksClusterAttributes, 'name' | 'authenticationMode'>;
  /** @default - a role and an access entry are made */
  readonly access?: NodeAccess | undefined;
  /** @default - path /, no boundary, the name as it is */
  readonly iam?: IamOptions | undefined;
  /**
   * How messages call what lets an access entry be made, where that is not the prop, but such as
   * the key of a file.
   * @default access.entry: 'access-entry'
   */
  readonly accessEntryWord?: string | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The role of Windows nodes, with instance profile and access entry: what lets a node call AWS and
 * join the cluster. Only for Windows: EKS tells the operating systems apart by the role, and with
 * an entry of another type pods on Windows nodes cannot resolve names.
 *
 * `AmazonEKS_CNI_Policy` is not among its policies: the controller in the control plane gives
 * Windows pods their addresses, with the rights of the cluster's role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
export class WindowsNodeRole extends Construct {
  public readonly arn: string;
  public readonly instanceProfileName: string;
  /** What must hold for nodes to join and is checked by nothing here; for what launches them. */
  public readonly conditions: readonly PlanCondition[];
  private readonly role: ServiceRole | undefined;
  private readonly attached: ITerraformDependable[] = [];
  private readonly missing = new Map<string, PolicyDocument>();

  constructor(scope: Construct, id: string, props: WindowsNodeRoleProps) {
    super(scope, id);
    const { cluster, access = {} } = props;
    const { entry = NODE_ACCESS_SETTINGS.entry.default } = access;
    assertNoProblems(this, [
      ...checkNodeAccess(['access'], access),
      ...checkAuthenticationMode(
        ['cluster', 'authenticationMode'],
        cluster.authenticationMode,
        entry,
      ),
    ]);
    const existing = this.findExisting(props);
    this.role = existing === undefined ? this.createRole(props) : undefined;
    const { arn, instanceProfileName } = existing ?? this.createProfile(this.role);
    this.arn = arn;
    this.instanceProfileName = instanceProfileName;
    this.conditions = entry === 'aws-auth' ? modeConditions(props, entry) : [];
    this.createEntry(props, entry);
  }

  /** What has to be there before a node boots. */
  public get ready(): readonly ITerraformDependable[] {
    return [...(this.role?.policies ?? []), ...this.attached];
  }

  /** Policies that an existing role needs and that its owner has to add, by their names. */
  public get policiesToAdd(): ReadonlyMap<string, PolicyDocument> {
    return new Map(this.missing);
  }

  /**
   * Gives the role a policy of its own. One that exists already is left as it is, and the policy
   * is among {@link policiesToAdd}. The name is also the construct's id.
   */
  public addPolicy(name: string, policy: PolicyDocument): void {
    if (this.role === undefined) {
      this.missing.set(name, policy);
    } else {
      this.role.addPolicy(name, policy);
    }
  }

  private createRole({ name, cluster, access = {}, iam, tags }: WindowsNodeRoleProps): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      name,
      description: `Windows nodes of the EKS cluster ${cluster.name}`,
      service: 'ec2.amazonaws.com',
      managedPolicies: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEC2ContainerRegistryPullOnly',
        ...(access.sessionManager === true ? ['AmazonSSMManagedInstanceCore'] : []),
      ],
      iam,
      tags,
    });
    for (const [index, policyArn] of (access.policyArns ?? []).entries()) {
      const id = policyId(policyArn, index);
      this.attached.push(new IamRolePolicyAttachment(this, id, { role: role.name, policyArn }));
    }
    return role;
  }

  private createProfile(role: ServiceRole | undefined) {
    if (role === undefined) throw new Error('bug: an instance profile without a role');
    const { name } = role.createInstanceProfile(this, 'InstanceProfile');
    return { arn: role.arn, instanceProfileName: name };
  }

  /** The role that was given, directly or by its instance profile. */
  private findExisting({ name, access = {}, iam, tags }: WindowsNodeRoleProps) {
    const { roleArn: arn, instanceProfileName } = access;
    if (instanceProfileName !== undefined) {
      const config = { name: instanceProfileName };
      const profile = new DataAwsIamInstanceProfile(this, 'ExistingProfile', config);
      return { arn: profile.roleArn, instanceProfileName };
    }
    if (arn === undefined) return undefined;
    assertNoProblems(this, checkIamName([], name, iam));
    const profile = new IamInstanceProfile(
      this,
      'InstanceProfile',
      withoutUndefined({
        name: iamName(name, iam),
        path: iam?.path,
        role: roleNameOf(arn),
        tags: writtenTags(tags),
      }),
    );
    return { arn, instanceProfileName: profile.name };
  }

  private createEntry(props: WindowsNodeRoleProps, entry: NodeAccessEntry): void {
    const { cluster, tags } = props;
    const config = { clusterName: cluster.name, principalArn: this.arn };
    const precondition = modeConditions(props, entry);
    if (entry === 'access-entry') {
      const lifecycle = precondition.length === 0 ? undefined : { precondition };
      const entryTags = writtenTags(tags);
      const type = 'EC2_WINDOWS';
      const all = withoutUndefined({ ...config, type, tags: entryTags, lifecycle });
      this.attached.push(new EksAccessEntry(this, 'AccessEntry', all));
    } else if (entry === 'existing-entry') {
      const postcondition = [typeCondition(cluster.name, this.arn)];
      const lifecycle = { ...(precondition.length === 0 ? {} : { precondition }), postcondition };
      const found = new DataAwsEksAccessEntry(this, 'ExistingEntry', { ...config, lifecycle });
      this.attached.push(found);
    }
  }
}

/** By its account and name, so that the place in the list does not matter. */
function policyId(policyArn: string, index: number): string {
  if (Token.isUnresolved(policyArn)) return `Policy-${index}`;
  return `Policy-${policyArn.replace(/^.*:iam::/, '').replace(/[:/]+/g, '-')}`;
}

/** Nodes of two operating systems cannot share a role: its entry has one type. */
function typeCondition(clusterName: string, roleArn: string): PlanCondition {
  return {
    condition: '${self.type == "EC2_WINDOWS"}',
    errorMessage: `The access entry of ${roleArn} in cluster ${clusterName} is of the type \${self.type}, not EC2_WINDOWS, so that pods on Windows nodes could not resolve names. Give Windows nodes a role of their own: the type of an entry cannot be changed.`,
  };
}

/** Stops the plan when a mode that only Terraform knows is the wrong one. */
function modeConditions(
  { cluster, accessEntryWord = "access.entry: 'access-entry'" }: WindowsNodeRoleProps,
  entry: NodeAccessEntry,
): PlanCondition[] {
  const { name, authenticationMode: mode } = cluster;
  const modes = ENTRY_MODES[entry];
  if (modes === undefined || !Token.isUnresolved(mode)) return [];
  const condition = Token.asString(Fn.contains([...modes], mode));
  if (entry === 'aws-auth') {
    return [
      {
        condition,
        errorMessage: `Cluster ${name} has authentication mode ${mode}, in which EKS does not read aws-auth, so that no node could join. Let an access entry be made: ${accessEntryWord}.`,
      },
    ];
  }
  return [
    {
      condition,
      errorMessage: `Cluster ${name} has authentication mode ${mode}, in which EKS does not read access entries, so that no node could join. Change it to API_AND_CONFIG_MAP: aws eks update-cluster-config --name ${name} --access-config authenticationMode=API_AND_CONFIG_MAP`,
    },
  ];
}
