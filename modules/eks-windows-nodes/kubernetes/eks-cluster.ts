import { DataAwsEksCluster } from '@cdktf/provider-aws/lib/data-aws-eks-cluster/index.js';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, checkText, type TextRule } from '../../core';

/** What nodes need to know about an EKS cluster. */
export interface EksClusterAttributes {
  readonly name: string;
  /** Kubernetes minor version of the control plane, such as `1.35`. */
  readonly version: string;
  readonly endpoint: string;
  /** Certificate authority in base64. */
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  /** Address of the cluster's DNS service. */
  readonly dnsIp: string;
  /** The security group that EKS made for the traffic between control plane and nodes. */
  readonly securityGroupId: string;
  /** `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`. */
  readonly authenticationMode: string;
}

/** EKS puts the DNS service at the tenth address of the service network. */
const DNS_HOST_NUMBER = 10;

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const CLUSTER_NAME: TextRule = {
  id: 'cluster-name',
  pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
  rule: 'be the name of an EKS cluster: up to 100 letters, digits, - and _',
};

/**
 * Looks up an existing EKS cluster at plan: an `aws_eks_cluster` data source. A cluster that does
 * not exist stops the plan.
 */
export class EksCluster extends Construct implements EksClusterAttributes {
  public readonly name: string;
  public readonly version: string;
  public readonly endpoint: string;
  public readonly certificateAuthority: string;
  public readonly serviceCidr: string;
  public readonly dnsIp: string;
  public readonly securityGroupId: string;
  public readonly authenticationMode: string;
  /** ARN of the cluster's own role. */
  public readonly roleArn: string;
  /** `ipv4` or `ipv6`. */
  public readonly ipFamily: string;

  constructor(scope: Construct, id: string, props: { readonly clusterName: string }) {
    super(scope, id);
    assertNoProblems(this, checkText(['clusterName'], props.clusterName, CLUSTER_NAME));
    const cluster = new DataAwsEksCluster(this, 'Resource', { name: props.clusterName });
    this.name = props.clusterName;
    this.version = cluster.version;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.serviceCidr = cluster.kubernetesNetworkConfig.get(0).serviceIpv4Cidr;
    this.dnsIp = Token.asString(Fn.cidrhost(this.serviceCidr, DNS_HOST_NUMBER));
    this.securityGroupId = cluster.vpcConfig.get(0).clusterSecurityGroupId;
    this.authenticationMode = cluster.accessConfig.get(0).authenticationMode;
    this.roleArn = cluster.roleArn;
    this.ipFamily = cluster.kubernetesNetworkConfig.get(0).ipFamily;
  }
}
