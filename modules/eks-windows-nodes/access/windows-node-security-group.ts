import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkSecurityGroupId,
  checkSubnetId,
  checkText,
  type Problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkSettings, choice, type SettingProps, setting } from '../../settings';
import { CLUSTER_NAME, type EksClusterAttributes } from '../kubernetes/eks-cluster';

/** Between which pods traffic is let through. */
const POD_TRAFFIC = ['all', 'windows-only'] as const;

/** One of {@link POD_TRAFFIC}. */
export type PodTraffic = (typeof POD_TRAFFIC)[number];

/** What can be chosen of the group. */
export const NODE_SECURITY_GROUP_SETTINGS = {
  /**
   * `all`: pods on Windows nodes and on nodes with the cluster's security group reach each other on
   * every port. `windows-only`: pods on Windows nodes reach each other, the API server and the
   * cluster's DNS; from the cluster only the kubelet is reached, so that neither webhooks nor
   * services may run on Windows nodes.
   * @default all
   */
  podTraffic: setting(choice(POD_TRAFFIC), {
    about: 'Which pods reach each other: all, or windows-only (beside DNS, kubelet and API server)',
    default: 'all',
    change: 'in-place',
  }),
};

/** Inputs of {@link WindowsNodeSecurityGroup}. */
export interface WindowsNodeSecurityGroupProps
  extends SettingProps<typeof NODE_SECURITY_GROUP_SETTINGS> {
  /** 3 to 100 letters, digits, `-` and `_`; Terraform adds a suffix of its own. */
  readonly name: string;
  readonly cluster: Pick<EksClusterAttributes, 'name' | 'securityGroupId'>;
  /** One of the nodes' subnets: the group is made in its VPC, which is looked up at plan. */
  readonly subnetId: string;
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/** What a rule lets through. */
interface Ports {
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

const ANY: Ports = { ipProtocol: '-1' };
const port = (ipProtocol: 'tcp' | 'udp', number: number): Ports => {
  return { ipProtocol, fromPort: number, toPort: number };
};

/**
 * What `windows-only` leaves open, by the id of the rule.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
const TO_CLUSTER = { Api: port('tcp', 443), DnsTcp: port('tcp', 53), DnsUdp: port('udp', 53) };
const FROM_CLUSTER = { Kubelet: port('tcp', 10_250) };

/**
 * A security group of their own for Windows nodes, instead of the cluster's: an
 * `aws_security_group`, rules on it, and rules on the cluster's group that let the nodes in. All
 * that the nodes send is let out, because they call AWS and pull images. Costs nothing.
 *
 * The rules on the cluster's group are resources of their own and leave its other rules alone. Pods
 * on Windows have no security groups of their own: they have that of their node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
export class WindowsNodeSecurityGroup extends Construct {
  public readonly securityGroupId: string;
  /** Without these a node cannot join: let nodes depend on them. */
  public readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WindowsNodeSecurityGroupProps) {
    super(scope, id);
    assertNoProblems(this, validateWindowsNodeSecurityGroupProps(props));
    this.securityGroupId = this.createGroup(props).id;
    this.rules = [this.letOut(props), this.letNodesTalk(props), ...this.joinWithCluster(props)];
  }

  private createGroup({ name, cluster, subnetId, tags }: WindowsNodeSecurityGroupProps) {
    const { vpcId } = new DataAwsSubnet(this, 'Subnet', { id: subnetId });
    return new SecurityGroup(
      this,
      'Resource',
      withoutUndefined({
        namePrefix: `${name}-`,
        description: `Windows nodes of the EKS cluster ${cluster.name}`,
        vpcId,
        tags: writtenTags(tags),
        // Nodes have to move over to a new group before the old one can go.
        lifecycle: { createBeforeDestroy: true },
      }),
    );
  }

  private letOut({ tags }: WindowsNodeSecurityGroupProps): ITerraformDependable {
    const { securityGroupId } = this;
    const config = { securityGroupId, ...ANY, cidrIpv4: '0.0.0.0/0', tags: writtenTags(tags) };
    return new VpcSecurityGroupEgressRule(this, 'Out', withoutUndefined(config));
  }

  private letNodesTalk(props: WindowsNodeSecurityGroupProps): ITerraformDependable {
    return this.letIn(props, 'Nodes', this.securityGroupId, this.securityGroupId, ANY);
  }

  private joinWithCluster(props: WindowsNodeSecurityGroupProps): ITerraformDependable[] {
    const [nodes, cluster] = [this.securityGroupId, props.cluster.securityGroupId];
    const all = { Pods: ANY };
    const { podTraffic = NODE_SECURITY_GROUP_SETTINGS.podTraffic.default } = props;
    const [from, to]: readonly Readonly<Record<string, Ports>>[] =
      podTraffic === 'all' ? [all, all] : [FROM_CLUSTER, TO_CLUSTER];
    return [
      ...Object.entries(from ?? {}).map(([id, ports]) =>
        this.letIn(props, `FromCluster-${id}`, cluster, nodes, ports),
      ),
      ...Object.entries(to ?? {}).map(([id, ports]) =>
        this.letIn(props, `ToCluster-${id}`, nodes, cluster, ports),
      ),
    ];
  }

  private letIn(
    { tags }: WindowsNodeSecurityGroupProps,
    id: string,
    referencedSecurityGroupId: string,
    securityGroupId: string,
    ports: Ports,
  ): ITerraformDependable {
    const groups = { referencedSecurityGroupId, securityGroupId, tags: writtenTags(tags) };
    return new VpcSecurityGroupIngressRule(this, id, withoutUndefined({ ...groups, ...ports }));
  }
}

function validateWindowsNodeSecurityGroupProps(props: WindowsNodeSecurityGroupProps): Problem[] {
  const { name, cluster, subnetId } = props;
  return [
    ...checkText(['name'], name, {
      id: 'security-group-name',
      pattern: /^(?!sg-)[A-Za-z0-9][A-Za-z0-9_-]{2,99}$/,
      rule: 'be 3 to 100 letters, digits, - and _, and not begin with sg-',
    }),
    ...checkText(['cluster', 'name'], cluster.name, CLUSTER_NAME),
    ...checkSecurityGroupId(['cluster', 'securityGroupId'], cluster.securityGroupId),
    ...checkSubnetId(['subnetId'], subnetId),
    ...checkSettings(NODE_SECURITY_GROUP_SETTINGS, props),
  ];
}
