import {
  type Path,
  type Problem,
  problem,
  quotePowerShell,
  quotePowerShellArray,
} from '../../core';
import { renderHookAnswer, renderHookFunction } from '../life-cycle/bootstrap-hook';
import { REPORT_OUTCOME, START_TRANSCRIPT, WRITE_OUTCOME } from './bootstrap-outcome';
import { renderScript } from './bootstrap-script';
import { buildKubeletArguments } from './kubelet-arguments';
import { renderArguments } from './node-arguments';
import type { NodeBootstrap } from './node-bootstrap-props';
import { renderNodeProxy } from './node-proxy';
import { renderTrustedCertificates } from './trusted-certificates';

/** What a node has to know to join a cluster, and what else it does at its first boot. */
export interface WindowsUserData
  extends Omit<NodeBootstrap, 'dnsClusterIp' | 'failedBootstrap' | 'bootstrapTimeoutSeconds'> {
  readonly clusterName: string;
  readonly apiServerEndpoint: string;
  /** The cluster's certificate authority, in base64 as EKS returns it. */
  readonly base64ClusterCa: string;
  /**
   * The cluster's service network. With endpoint and authority given, the bootstrap script does not
   * ask EKS for it, and pods on a node with the wrong one cannot resolve names.
   */
  readonly serviceCidr: string;
  readonly dnsClusterIp: string;
  /**
   * Name of the Auto Scaling group with the hook of `buildBootstrapHook`.
   * @default - no hook is answered
   */
  readonly hookedGroupName?: string | undefined;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
export const MAX_USER_DATA_BYTES = 16_384;

/**
 * Renders the user data of a Windows node: PowerShell that runs once, at the first boot, and joins
 * the cluster with the bootstrap script of the EKS optimized Windows AMI. How it ended is in the
 * transcript, in the event log and, when it failed, in the console output; then it ends with exit
 * code 1.
 *
 * In this order: transcript, proxy, certificates, the script before, the bootstrap script of the
 * AMI, the script after, the outcome, and the answer to the life-cycle hook. What fails ends it;
 * outcome and answer come all the same.
 *
 * The same input always gives the same text, whatever the order of its keys, because every change
 * of the text replaces nodes. Parameters are splatted, so that each is one quoted value.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html#bootstrap-script-configuration-parameters
 */
export function renderWindowsUserData(data: WindowsUserData): string {
  return [
    '<powershell>',
    "$ErrorActionPreference = 'Stop'",
    ...START_TRANSCRIPT,
    ...WRITE_OUTCOME,
    ...renderHookFunction(data.hookedGroupName),
    ...bootstrapParameters(data),
    "$failure = 'a script ended with exit'",
    'try {',
    ...renderNodeProxy(data.proxy, data),
    ...renderTrustedCertificates(data.trustedCertificates),
    ...renderScript(data.preBootstrapScript),
    ...CALL_BOOTSTRAP_SCRIPT,
    ...renderScript(data.postBootstrapScript),
    '  $failure = $null',
    '}',
    'catch {',
    '  $failure = "$_ $($_.InvocationInfo.PositionMessage)"',
    '}',
    'finally {',
    ...REPORT_OUTCOME,
    ...renderHookAnswer(data.hookedGroupName),
    '}',
    'if ($null -ne $failure) {',
    '  exit 1',
    '}',
    '</powershell>',
    '',
  ].join('\n');
}

/** A script that ends with another code than 0 is no error to PowerShell by itself. */
const CALL_BOOTSTRAP_SCRIPT: readonly string[] = [
  '  & "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1',
  '  if (-not $?) {',
  '    throw "Start-EKSBootstrap.ps1 ended with exit code $LASTEXITCODE."',
  '  }',
];

/** The parameters of the bootstrap script. Never the legacy one for the container runtime. */
function bootstrapParameters(data: WindowsUserData): string[] {
  const { excludedSnatCidrs = [], kubeProxyArguments = {} } = data;
  const kubelet = renderArguments(buildKubeletArguments(data));
  const kubeProxy = renderArguments(kubeProxyArguments);
  const parameters = [
    ['EKSClusterName', quotePowerShell(data.clusterName)],
    ['APIServerEndpoint', quotePowerShell(data.apiServerEndpoint)],
    ['Base64ClusterCA', quotePowerShell(data.base64ClusterCa)],
    ['ServiceCIDR', quotePowerShell(data.serviceCidr)],
    ['DNSClusterIP', quotePowerShell(data.dnsClusterIp)],
    ...(excludedSnatCidrs.length === 0
      ? []
      : [['ExcludedSnatCIDRs', quotePowerShellArray(excludedSnatCidrs, '  ')]]),
    ...(kubelet === '' ? [] : [['KubeletExtraArgs', quotePowerShell(kubelet)]]),
    ...(kubeProxy === '' ? [] : [['KubeProxyExtraArgs', quotePowerShell(kubeProxy)]]),
  ];
  return ['$bootstrap = @{', ...parameters.map(([name, value]) => `  ${name} = ${value}`), '}'];
}

/** User data that EC2 takes. A reference to another resource counts with the length of its text. */
export function checkUserDataLength(path: Path, text: string): Problem[] {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes <= MAX_USER_DATA_BYTES) return [];
  const advice =
    'shorten scripts, certificates, labels and arguments, or move scripts and certificates into the AMI with a component';
  return [
    problem(
      'user-data-length',
      path,
      `be at most ${MAX_USER_DATA_BYTES} bytes of user data`,
      bytes,
      advice,
    ),
  ];
}
