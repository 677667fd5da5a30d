import { checkEach, checkIpv4Cidr, type Problem } from '../core';
import type { EksClusterAttributes } from './eks-cluster';
import {
  checkImageGcThresholds,
  type ImageGcThresholds,
  imageGcArguments,
} from './image-gc-thresholds';
import { checkLabels, checkTaint, type Taint } from './kubernetes-syntax';
import { checkKubeletArguments, renderWindowsUserData } from './windows-user-data';

/** How the nodes of a group join their cluster. A change is new user data, so that nodes roll. */
export interface NodeBootstrap {
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** @default - none: then Linux pods without a node selector may be sent here, and fail */
  readonly taints?: readonly Taint[] | undefined;
  /** Flags of the kubelet, without dashes. @default - none */
  readonly kubeletArguments?: Readonly<Record<string, string>> | undefined;
  /**
   * When the kubelet deletes images. Raise it for an AMI with cached images.
   * @default - the kubelet's own: 85 and 80
   */
  readonly imageGcThresholds?: ImageGcThresholds | undefined;
  /** @default - none */
  readonly excludedSnatCidrs?: readonly string[] | undefined;
}

/** The user data of nodes of a cluster. */
export function renderNodeUserData(
  cluster: Omit<EksClusterAttributes, 'version' | 'authenticationMode'>,
  bootstrap: NodeBootstrap,
): string {
  return renderWindowsUserData({
    clusterName: cluster.name,
    apiServerEndpoint: cluster.endpoint,
    base64ClusterCa: cluster.certificateAuthority,
    serviceCidr: cluster.serviceCidr,
    dnsClusterIp: cluster.dnsIp,
    excludedSnatCidrs: bootstrap.excludedSnatCidrs,
    labels: bootstrap.labels,
    taints: bootstrap.taints,
    kubeletArguments: {
      ...bootstrap.kubeletArguments,
      ...(bootstrap.imageGcThresholds && imageGcArguments(bootstrap.imageGcThresholds)),
    },
  });
}

/** Lists what is wrong with the bootstrap of a group. */
export function checkNodeBootstrap(bootstrap: NodeBootstrap): Problem[] {
  const { labels = {}, taints = [], kubeletArguments = {}, excludedSnatCidrs = [] } = bootstrap;
  return [
    ...checkLabels(['labels'], labels),
    ...checkEach(['taints'], taints, checkTaint),
    ...checkKubeletArguments(['kubeletArguments'], kubeletArguments),
    ...checkGcThresholds(bootstrap),
    ...checkEach(['excludedSnatCidrs'], excludedSnatCidrs, checkIpv4Cidr),
  ];
}

function checkGcThresholds({ imageGcThresholds, kubeletArguments }: NodeBootstrap) {
  if (imageGcThresholds === undefined) return [];
  return checkImageGcThresholds(['imageGcThresholds'], imageGcThresholds, kubeletArguments);
}
