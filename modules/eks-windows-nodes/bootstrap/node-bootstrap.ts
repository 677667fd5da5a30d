import {
  checkEach,
  checkIpv4Cidr,
  checkOneOf,
  checkText,
  type Problem,
  type TextRule,
} from '../../core';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';
import { checkLabels, checkTaints } from '../kubernetes/kubernetes-syntax';
import { checkBootstrapTimeout, FAILED_BOOTSTRAP } from '../life-cycle/bootstrap-hook';
import { checkBootstrapScript } from './bootstrap-script';
import { checkImageGcThresholds } from './image-gc-thresholds';
import { checkKubeProxyArguments } from './kube-proxy-arguments';
import { checkKubeletArguments } from './kubelet-arguments';
import { checkMaxPods } from './max-pods';
import type { NodeBootstrap } from './node-bootstrap-props';
import { checkNodeProxy } from './node-proxy';
import { checkEvictionThresholds, checkReservedResources } from './reserved-resources';
import { checkTrustedCertificate } from './trusted-certificates';
import { renderWindowsUserData } from './windows-user-data';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

/** The address of a service. */
export const IPV4_ADDRESS: TextRule = {
  id: 'ipv4-address',
  pattern: new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`),
  rule: 'be an IPv4 address such as 10.100.0.10',
};

/**
 * The user data of nodes of a cluster.
 *
 * @param groupName the Auto Scaling group, whose hook nodes answer when it has one
 */
export function renderNodeUserData(
  cluster: Omit<EksClusterAttributes, 'version' | 'authenticationMode'>,
  bootstrap: NodeBootstrap,
  groupName: string,
): string {
  return renderWindowsUserData({
    ...bootstrap,
    clusterName: cluster.name,
    apiServerEndpoint: cluster.endpoint,
    base64ClusterCa: cluster.certificateAuthority,
    serviceCidr: cluster.serviceCidr,
    dnsClusterIp: bootstrap.dnsClusterIp ?? cluster.dnsIp,
    hookedGroupName: bootstrap.failedBootstrap === 'replace' ? groupName : undefined,
  });
}

/** Lists what is wrong with the bootstrap of a group. */
export function checkNodeBootstrap(bootstrap: NodeBootstrap): Problem[] {
  const { labels = {}, taints = [], excludedSnatCidrs = [], trustedCertificates = [] } = bootstrap;
  return [
    ...checkLabels(['labels'], labels),
    ...checkTaints(['taints'], taints),
    ...checkInput(bootstrap, 'maxPods', checkMaxPods),
    ...checkInput(bootstrap, 'kubeReserved', checkReservedResources),
    ...checkInput(bootstrap, 'systemReserved', checkReservedResources),
    ...checkInput(bootstrap, 'evictionHard', checkEvictionThresholds),
    ...checkInput(bootstrap, 'imageGcThresholds', checkImageGcThresholds),
    ...checkInput(bootstrap, 'kubeletArguments', checkKubeletArguments),
    ...checkInput(bootstrap, 'kubeProxyArguments', checkKubeProxyArguments),
    ...checkInput(bootstrap, 'dnsClusterIp', (path, ip) => checkText(path, ip, IPV4_ADDRESS)),
    ...checkEach(['excludedSnatCidrs'], excludedSnatCidrs, checkIpv4Cidr),
    ...checkInput(bootstrap, 'proxy', checkNodeProxy),
    ...checkEach(['trustedCertificates'], trustedCertificates, checkTrustedCertificate),
    ...checkInput(bootstrap, 'preBootstrapScript', checkBootstrapScript),
    ...checkInput(bootstrap, 'postBootstrapScript', checkBootstrapScript),
    ...checkInput(bootstrap, 'failedBootstrap', (path, one) =>
      checkOneOf(path, one, FAILED_BOOTSTRAP),
    ),
    ...checkInput(bootstrap, 'bootstrapTimeoutSeconds', (path, seconds) =>
      checkBootstrapTimeout(path, seconds, bootstrap.failedBootstrap),
    ),
  ];
}

/** Checks an input that is given. */
function checkInput<Key extends keyof NodeBootstrap>(
  bootstrap: NodeBootstrap,
  key: Key,
  check: (path: readonly [Key], value: NonNullable<NodeBootstrap[Key]>) => Problem[],
): Problem[] {
  const value = bootstrap[key];
  return value === undefined || value === null ? [] : check([key], value);
}
