import type { Taint } from '../kubernetes/kubernetes-syntax';
import type { FailedBootstrap } from '../life-cycle/bootstrap-hook';
import type { ImageGcThresholds } from './image-gc-thresholds';
import type { NodeProxy } from './node-proxy';
import type { EvictionThresholds, ReservedResources } from './reserved-resources';

/**
 * How the nodes of a group join their cluster. A change is new user data, so that nodes roll.
 *
 * User data is no place for secrets: everybody on a node can read it, also in pods that reach the
 * instance's metadata, and so can everybody who may read launch templates or Terraform's state.
 */
export interface NodeBootstrap {
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** @default - none: then Linux pods without a node selector may be sent here, and fail */
  readonly taints?: readonly Taint[] | undefined;
  /**
   * Pods that a node takes, 1 to 250. `maxWindowsPods` computes how many an instance type has
   * addresses for; pods beyond that wait.
   * @default - the kubelet's own: 110
   */
  readonly maxPods?: number | undefined;
  /** What kubelet and containerd need for themselves. @default - nothing is kept */
  readonly kubeReserved?: ReservedResources | undefined;
  /**
   * What Windows needs for itself. Keep at least 2 GiB of memory for it, here or in
   * `kubeReserved`: Windows has no OOM killer.
   * @default - nothing is kept
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/windows-oom.html
   */
  readonly systemReserved?: ReservedResources | undefined;
  /** What has to be free, or the kubelet evicts pods. @default - the kubelet's own */
  readonly evictionHard?: EvictionThresholds | undefined;
  /**
   * When the kubelet deletes images. Raise it for an AMI with cached images.
   * @default - the kubelet's own: 85 and 80
   */
  readonly imageGcThresholds?: ImageGcThresholds | undefined;
  /**
   * Further flags of the kubelet, without dashes: `{ v: '4' }`. Not those that have an input here.
   * @default - none
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/
   */
  readonly kubeletArguments?: Readonly<Record<string, string>> | undefined;
  /**
   * Flags of kube-proxy, without dashes.
   * @default - none
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/
   */
  readonly kubeProxyArguments?: Readonly<Record<string, string>> | undefined;
  /** Address of the DNS service that pods ask. @default - that of the cluster */
  readonly dnsClusterIp?: string | undefined;
  /** Networks to which pods go with their own address, beside the VPC's. @default - none */
  readonly excludedSnatCidrs?: readonly string[] | undefined;
  /** @default - no proxy */
  readonly proxy?: NodeProxy | undefined;
  /**
   * Certificates in PEM form, of authorities that the machine is to trust: kubelet, containerd and
   * all else that asks Windows. Not the containers.
   * @default - those of Windows
   */
  readonly trustedCertificates?: readonly string[] | undefined;
  /**
   * PowerShell that runs before the node joins, after proxy and certificates. An error stops the
   * bootstrap. A program that ends with another code than 0 is no error to PowerShell: look at
   * `$LASTEXITCODE` and `throw`. `exit` counts as a failure.
   * @default - none
   */
  readonly preBootstrapScript?: string | undefined;
  /** PowerShell that runs after the node has joined, under the same rules. @default - none */
  readonly postBootstrapScript?: string | undefined;
  /**
   * What becomes of a node whose bootstrap has failed. `keep`: it stays, outside of the cluster,
   * until someone looks. `replace`: a life-cycle hook keeps new nodes out of service until their
   * bootstrap went well, and the group replaces those that fail at once.
   *
   * Nodes then call `autoscaling:CompleteLifecycleAction`, see `bootstrapHookPolicy`: without that
   * right, or without a way to Auto Scaling, they are replaced for ever. An apply that makes the
   * group waits until its nodes have answered.
   *
   * @default keep
   */
  readonly failedBootstrap?: FailedBootstrap | undefined;
  /**
   * Seconds that a node has to answer with `failedBootstrap: 'replace'`, from its launch on,
   * 30 to 7,200.
   * @default 1800
   */
  readonly bootstrapTimeoutSeconds?: number | undefined;
}
