import { checkIpv4Cidr, type TextRule } from '../../core';
import { integer, listOrEmpty, map, type SettingProps, setting, text } from '../../settings';
import { labels, taints } from '../kubernetes/kubernetes-syntax';
import type { BootstrapHookInputs } from '../life-cycle/bootstrap-hook';
import { imageGcThresholds } from './image-gc-thresholds';
import { kubeletArguments } from './kubelet-flags';
import { MAX_PODS } from './max-pods';
import { ARGUMENT_FLAG, ARGUMENT_VALUE } from './node-arguments';
import { nodeProxy } from './node-proxy';
import { evictionThresholds, reservedResources } from './reserved-resources';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

const IPV4_ADDRESS: TextRule = {
  id: 'ipv4-address',
  pattern: new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`),
  rule: 'be an IPv4 address such as 10.100.0.10',
};

/** The settings of {@link NodeBootstrap} but for texts, which a file may name. */
export const NODE_BOOTSTRAP_SETTINGS = {
  /** @default {} */
  labels: setting(labels, {
    about: 'Kubernetes labels of the nodes',
    default: {},
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * Without one, Linux pods that have no node selector may be sent here, and fail.
   * @default []
   */
  taints: setting(taints, {
    about: 'Kubernetes taints of the nodes',
    default: [],
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * Pods that a node takes, 1 to 250. `maxWindowsPods` computes how many an instance type has
   * addresses for; pods beyond that wait.
   * @default - the kubelet's own: 110
   */
  maxPods: setting(integer(MAX_PODS), {
    about: 'Pods that a node takes at most',
    otherwise: '110',
    change: 'rolls',
  }),
  /** What kubelet and containerd need for themselves. @default - nothing is kept */
  kubeReserved: setting(reservedResources, {
    about: 'What the kubelet and containerd need for themselves',
    otherwise: 'nothing is kept',
    change: 'rolls',
  }),
  /**
   * What Windows needs for itself. Keep at least 2 GiB of memory for it, here or in
   * `kubeReserved`: Windows has no OOM killer.
   * @default - nothing is kept
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/windows-oom.html
   */
  systemReserved: setting(reservedResources, {
    about: 'What Windows needs for itself, best 2Gi of memory or more',
    otherwise: 'nothing is kept',
    change: 'rolls',
  }),
  /** What has to be free, or the kubelet evicts pods. @default - the kubelet's own */
  evictionHard: setting(evictionThresholds, {
    about: 'What has to be free, or pods are evicted',
    otherwise: 'that of the kubelet',
    change: 'rolls',
  }),
  /**
   * When the kubelet deletes images. Raise it for an AMI with cached images.
   * @default - the kubelet's own: 85 and 80
   */
  imageGcThresholds: setting(imageGcThresholds, {
    about: 'When the kubelet deletes container images',
    otherwise: '85 and 80 per cent',
    change: 'rolls',
  }),
  /**
   * Further flags of the kubelet, without dashes: `{ v: '4' }`. Not those that have an input here.
   * @default - none
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/
   */
  kubeletArguments: setting(kubeletArguments, {
    about: 'Further kubelet flags, without the dashes in front',
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * Flags of kube-proxy, without dashes.
   * @default - none
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/
   */
  kubeProxyArguments: setting(map(text(ARGUMENT_FLAG), text(ARGUMENT_VALUE)), {
    about: 'Flags of kube-proxy, without the dashes in front',
    otherwise: 'none',
    change: 'rolls',
  }),
  /** Address of the DNS service that pods ask. @default - that of the cluster */
  dnsClusterIp: setting(text(IPV4_ADDRESS), {
    about: 'Address of the DNS service that pods ask',
    otherwise: 'that of the cluster',
    change: 'rolls',
  }),
  /** @default - no proxy */
  proxy: setting(nodeProxy, { about: 'Proxy of the nodes', otherwise: 'none', change: 'rolls' }),
};

/** What is the same for all groups of a file. */
export const POD_NETWORK_SETTINGS = {
  /** Networks to which pods go with their own address, beside the VPC's. @default - none */
  excludedSnatCidrs: setting(listOrEmpty(text(checkIpv4Cidr)), {
    about: 'IPv4 ranges that pods reach with their own address',
    otherwise: 'none',
    change: 'rolls',
  }),
};

/**
 * How the nodes of a group join their cluster. A change is new user data, so that nodes roll.
 *
 * User data is no place for secrets: everybody on a node can read it, also in pods that reach the
 * instance's metadata, and so can everybody who may read launch templates or Terraform's state.
 */
export interface NodeBootstrap
  extends BootstrapHookInputs,
    SettingProps<typeof NODE_BOOTSTRAP_SETTINGS>,
    SettingProps<typeof POD_NETWORK_SETTINGS> {
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
}
