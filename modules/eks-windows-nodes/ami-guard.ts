import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, checkAmiId, type Problem, problem } from '../core';
import { checkKubernetesVersion, compareKubernetesVersions } from '../windows-base';
import type { EksClusterAttributes } from './eks-cluster';
import type { PlanCondition } from './windows-launch-template';

/** Inputs of {@link AmiGuard}. */
export interface AmiGuardProps {
  readonly amiId: string;
  /** The Kubernetes version the AMI was built for: its kubelet's. */
  readonly kubernetesVersion: string;
  readonly cluster: Pick<EksClusterAttributes, 'name' | 'version'>;
}

/**
 * A kubelet may be older than the control plane by so many minor versions, and never newer.
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 */
const KUBELET_SKEW = 3;

/**
 * Reads an AMI at plan and tells whether Windows nodes of a cluster can be launched from it, as
 * conditions for whatever launches them. Makes one `aws_ami` data source.
 */
export class AmiGuard extends Construct {
  /** `amazon` for an AMI of Amazon's, empty for one of your own. */
  public readonly ownerAlias: string;
  public readonly conditions: readonly PlanCondition[];

  constructor(scope: Construct, id: string, props: AmiGuardProps) {
    super(scope, id);
    assertNoProblems(this, [
      ...checkAmiId(['amiId'], props.amiId),
      ...checkKubernetesVersion(['kubernetesVersion'], props.kubernetesVersion),
      ...checkSkew(props),
    ]);
    const ami = new DataAwsAmi(this, 'Resource', {
      filter: [{ name: 'image-id', values: [props.amiId] }],
      includeDeprecated: true,
    });
    this.ownerAlias = ami.imageOwnerAlias;
    this.conditions = [platformCondition(props.amiId, ami.platform), ...versionConditions(props)];
  }
}

function platformCondition(amiId: string, platform: string): PlanCondition {
  return {
    condition: Token.asString(Op.eq(platform, 'windows')),
    errorMessage: `${amiId} is not a Windows AMI. Name one in nodes.ami, or build one (nodes.ami: built).`,
  };
}

function checkSkew({ kubernetesVersion, cluster }: AmiGuardProps): Problem[] {
  if (Token.isUnresolved(kubernetesVersion) || Token.isUnresolved(cluster.version)) return [];
  const behind = compareKubernetesVersions(cluster.version, kubernetesVersion);
  if (behind >= 0 && behind <= KUBELET_SKEW) return [];
  const rule = `be the cluster's Kubernetes version (${cluster.version}) or up to ${KUBELET_SKEW} minor versions older`;
  return [problem(['kubernetesVersion'], rule, kubernetesVersion)];
}

function versionConditions({ kubernetesVersion, cluster }: AmiGuardProps): PlanCondition[] {
  // Terraform wants a reference in a condition; what is known was checked already.
  if (!Token.isUnresolved(kubernetesVersion) && !Token.isUnresolved(cluster.version)) return [];
  // Compared as numbers: as text, "1.9" would come after "1.35".
  const minor = (version: string): number => Fn.tonumber(Fn.element(Fn.split('.', version), 1));
  const [control, kubelet] = [minor(cluster.version), minor(kubernetesVersion)];
  // No comparison with the number 0: CDKTF 0.21 renders it as `undefined`.
  const notNewer = Op.lte(kubelet, control);
  const notTooOld = Op.lte(Op.sub(control, kubelet), KUBELET_SKEW);
  const condition = Token.asString(Op.and(notNewer, notTooOld));
  return [
    {
      condition,
      errorMessage: `Cluster ${cluster.name} runs Kubernetes ${cluster.version}, but the AMI is for ${kubernetesVersion}: a kubelet may be up to ${KUBELET_SKEW} minor versions older than its cluster, and never newer. Set cluster.kubernetesVersion to ${cluster.version}, or upgrade the cluster first.`,
    },
  ];
}
