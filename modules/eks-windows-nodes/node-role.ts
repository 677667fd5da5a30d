import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry/index.js';
import { Fn, type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkOneOf,
  type IamOptions,
  ServiceRole,
  withoutUndefined,
  writtenTags,
} from '../core';
import type { EksClusterAttributes } from './eks-cluster';

/** Inputs of {@link WindowsNodeRole}. */
export interface WindowsNodeRoleProps {
  /** Name of the role and of its instance profile; unique in the account. */
  readonly name: string;
  readonly cluster: Pick<EksClusterAttributes, 'name' | 'authenticationMode'>;
  /** @default - path /, no boundary, the name as it is */
  readonly iam?: IamOptions | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Authentication modes in which EKS reads access entries. */
const ACCESS_ENTRY_MODES = ['API', 'API_AND_CONFIG_MAP'];

/**
 * The role of Windows nodes, with instance profile and access entry: what lets a node call AWS and
 * join the cluster. Only for Windows: EKS tells the operating systems apart by the role, and with
 * an entry of another type pods on Windows nodes cannot resolve names.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
export class WindowsNodeRole extends Construct {
  public readonly arn: string;
  public readonly instanceProfileName: string;
  /** What has to be there before a node boots. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WindowsNodeRoleProps) {
    super(scope, id);
    const mode = props.cluster.authenticationMode;
    assertNoProblems(this, checkOneOf(['cluster', 'authenticationMode'], mode, ACCESS_ENTRY_MODES));
    const role = new ServiceRole(this, 'Role', {
      name: props.name,
      description: `Windows nodes of the EKS cluster ${props.cluster.name}`,
      service: 'ec2.amazonaws.com',
      managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'],
      iam: props.iam,
      tags: props.tags,
    });
    this.arn = role.arn;
    this.instanceProfileName = role.createInstanceProfile(this, 'InstanceProfile').name;
    this.ready = [...role.policies, this.createAccessEntry(props)];
  }

  private createAccessEntry({ cluster, tags }: WindowsNodeRoleProps): EksAccessEntry {
    return new EksAccessEntry(
      this,
      'AccessEntry',
      withoutUndefined({
        clusterName: cluster.name,
        principalArn: this.arn,
        type: 'EC2_WINDOWS',
        tags: writtenTags(tags),
        ...accessEntryLifecycle(cluster),
      }),
    );
  }
}

/** Stops the plan when a mode that only Terraform knows is the wrong one. */
function accessEntryLifecycle(cluster: WindowsNodeRoleProps['cluster']) {
  const mode = cluster.authenticationMode;
  if (!Token.isUnresolved(mode)) return {};
  return {
    lifecycle: {
      precondition: [
        {
          condition: Token.asString(Fn.contains(ACCESS_ENTRY_MODES, mode)),
          errorMessage: `Cluster ${cluster.name} has authentication mode ${mode}, in which EKS does not read access entries, so that no node could join. Change it to API_AND_CONFIG_MAP: aws eks update-cluster-config --name ${cluster.name} --access-config authenticationMode=API_AND_CONFIG_MAP`,
        },
      ],
    },
  };
}
