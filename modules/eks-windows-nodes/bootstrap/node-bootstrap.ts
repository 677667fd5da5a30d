import { checkEach, type Path, type Problem } from '../../core';
import { checkSettings } from '../../settings';
import type { EksClusterAttributes } from '../kubernetes/eks-cluster';
import { BOOTSTRAP_HOOK_SETTINGS, checkBootstrapTimeout } from '../life-cycle/bootstrap-hook';
import { checkBootstrapScript } from './bootstrap-script';
import {
  NODE_BOOTSTRAP_SETTINGS,
  type NodeBootstrap,
  POD_NETWORK_SETTINGS,
} from './node-bootstrap-props';
import { checkTrustedCertificate } from './trusted-certificates';
import { renderWindowsUserData } from './windows-user-data';

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
  const { trustedCertificates = [], preBootstrapScript, postBootstrapScript } = bootstrap;
  return [
    ...checkSettings(NODE_BOOTSTRAP_SETTINGS, bootstrap),
    ...checkSettings(POD_NETWORK_SETTINGS, bootstrap),
    ...checkEach(['trustedCertificates'], trustedCertificates, checkTrustedCertificate),
    ...checkScript(['preBootstrapScript'], preBootstrapScript),
    ...checkScript(['postBootstrapScript'], postBootstrapScript),
    ...checkSettings(BOOTSTRAP_HOOK_SETTINGS, bootstrap),
    ...checkBootstrapTimeout(bootstrap),
  ];
}

const checkScript = (path: Path, script: string | undefined): Problem[] =>
  script === undefined ? [] : checkBootstrapScript(path, script);
