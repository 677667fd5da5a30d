import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, checkAmiId, checkInteger, type Problem, problem } from '../core';
import { checkKubernetesVersion, compareKubernetesVersions } from '../windows-base';
import type { EksClusterAttributes } from './eks-cluster';
import type { PlanCondition } from './windows-launch-template';

/** Inputs of {@link AmiGuard}. */
export interface AmiGuardProps {
  readonly amiId: string;
  /** The Kubernetes version the AMI was built for: its kubelet's. */
  readonly kubernetesVersion: string;
  readonly cluster: Pick<EksClusterAttributes, 'name' | 'version'>;
  /**
   * How many minor versions the kubelet may be older than the cluster, 0 to 3.
   * @default 3
   */
  readonly allowedSkew?: number | undefined;
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
      ...checkInteger(['allowedSkew'], allowedSkewOf(props), { min: 0, max: KUBELET_SKEW }),
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

function allowedSkewOf({ allowedSkew = KUBELET_SKEW }: AmiGuardProps): number {
  return allowedSkew;
}

/** How a kubelet may differ, in words. */
function describeSkew(skew: number): string {
  if (skew === 0) return 'as new as its cluster, neither older nor newer';
  return `up to ${minorVersions(skew)} older than its cluster, and never newer`;
}

function minorVersions(count: number): string {
  // A number token means nothing inside a text; its string form does.
  const shown = Token.isUnresolved(count) ? Token.asString(count) : count;
  return count === 1 ? 'one minor version' : `${shown} minor versions`;
}

function checkSkew(props: AmiGuardProps): Problem[] {
  const { kubernetesVersion, cluster } = props;
  const allowed = allowedSkewOf(props);
  if (Token.isUnresolved(allowed)) return [];
  if (Token.isUnresolved(kubernetesVersion) || Token.isUnresolved(cluster.version)) return [];
  const behind = compareKubernetesVersions(cluster.version, kubernetesVersion);
  if (behind >= 0 && behind <= allowed) return [];
  const same = `be the cluster's Kubernetes version (${cluster.version})`;
  const rule = allowed === 0 ? same : `${same} or up to ${minorVersions(allowed)} older`;
  return [problem(['kubernetesVersion'], rule, kubernetesVersion)];
}

function versionConditions(props: AmiGuardProps): PlanCondition[] {
  const { kubernetesVersion, cluster } = props;
  const allowed = allowedSkewOf(props);
  // Terraform wants a reference in a condition; what is known was checked already.
  if (!Token.isUnresolved(kubernetesVersion) && !Token.isUnresolved(cluster.version)) return [];
  // Compared as numbers: as text, "1.9" would come after "1.35".
  const minor = (version: string): number => Fn.tonumber(Fn.element(Fn.split('.', version), 1));
  const [control, kubelet] = [minor(cluster.version), minor(kubernetesVersion)];
  // No comparison with the number 0: CDKTF 0.21 renders it as `undefined`.
  const notNewer = Op.lte(kubelet, control);
  const notTooOld =
    allowed === 0 ? Op.eq(kubelet, control) : Op.lte(Op.sub(control, kubelet), allowed);
  const condition = Token.asString(Op.and(notNewer, notTooOld));
  return [
    {
      condition,
      errorMessage: `Cluster ${cluster.name} runs Kubernetes ${cluster.version}, but the AMI is for ${kubernetesVersion}: a kubelet may be ${describeSkew(allowed)}. Set cluster.kubernetesVersion to ${cluster.version}, or upgrade the cluster first.`,
    },
  ];
}
