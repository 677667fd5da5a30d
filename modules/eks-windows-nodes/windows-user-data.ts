import { Token } from 'cdktf';
import {
  checkText,
  MAP_ADVICE,
  MAP_RULE,
  type Path,
  type Problem,
  problem,
  quotePowerShell,
  quotePowerShellArray,
  type TextRule,
} from '../core';
import type { Taint } from './kubernetes-syntax';

/** What a node has to know to join a cluster. */
export interface WindowsUserData {
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
  /** Networks to which pods go with their own address, beside the VPC's. @default - none */
  readonly excludedSnatCidrs?: readonly string[] | undefined;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** @default - none */
  readonly taints?: readonly Taint[] | undefined;
  /**
   * Further flags of the kubelet, without dashes: `{ 'max-pods': '50' }`.
   * @default - none
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/
   */
  readonly kubeletArguments?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
export const MAX_USER_DATA_BYTES = 16_384;

/** A kubelet flag, without those that have an input of their own. */
export const KUBELET_FLAG: TextRule = {
  pattern: /^(?!(?:node-labels|register-with-taints)$)[a-z][a-z0-9-]*$/,
  rule: 'be a kubelet flag without dashes in front, such as max-pods, and neither node-labels nor register-with-taints',
  whatToDo: 'labels go to `labels`, taints to `taints`',
};

/** The value of a kubelet flag: the bootstrap script splits its arguments at blanks. */
export const KUBELET_VALUE: TextRule = {
  // `</powershell>` would end the user data.
  pattern: /^(?!.*<\/)[A-Za-z0-9_.,:=/%<>+-]+$/,
  rule: 'be letters, digits and _ . , : = / % < > + - without blanks, quotes or </',
};

/** Flags of the kubelet with their values. */
export function checkKubeletArguments(
  path: Path,
  flags: Readonly<Record<string, string>>,
): Problem[] {
  if (Token.isUnresolved(flags)) return [problem(path, MAP_RULE, 'a reference', MAP_ADVICE)];
  return Object.entries(flags).flatMap(([flag, value]) => [
    ...checkText([...path, flag], flag, KUBELET_FLAG),
    ...checkText([...path, flag], value, KUBELET_VALUE),
  ]);
}

/**
 * Renders the user data of a Windows node: PowerShell that runs once, at the first boot, and joins
 * the cluster with the bootstrap script of the EKS optimized Windows AMI. When that fails the node
 * says so in EC2Launch's log and ends with exit code 1.
 *
 * The same input always gives the same text, whatever the order of its keys, because every change
 * of the text replaces nodes. Parameters are splatted, so that each is one quoted value.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html#bootstrap-script-configuration-parameters
 */
export function renderWindowsUserData(data: WindowsUserData): string {
  const kubelet = kubeletExtraArgs(data);
  const { excludedSnatCidrs = [] } = data;
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
  ].map(([name, value]) => `  ${name} = ${value}`);
  return [
    '<powershell>',
    "$ErrorActionPreference = 'Stop'",
    '$bootstrap = @{',
    ...parameters,
    '}',
    'try {',
    '  & "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1',
    '}',
    'catch {',
    '  Write-Output "EKS bootstrap failed: $_"',
    '  exit 1',
    '}',
    '</powershell>',
    '',
  ].join('\n');
}

function kubeletExtraArgs({ labels = {}, taints = [], kubeletArguments = {} }: WindowsUserData) {
  const nodeLabels = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  const nodeTaints = taints.map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
  const flags = sortedEntries({
    ...kubeletArguments,
    ...(nodeLabels.length === 0 ? {} : { 'node-labels': nodeLabels.join(',') }),
    ...(nodeTaints.length === 0
      ? {}
      : { 'register-with-taints': [...nodeTaints].sort().join(',') }),
  });
  return flags.map(([flag, value]) => `--${flag}=${value}`).join(' ');
}

function sortedEntries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** User data that EC2 takes. A reference to another resource counts with the length of its text. */
export function checkUserDataLength(path: Path, text: string): Problem[] {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes <= MAX_USER_DATA_BYTES) return [];
  const advice = 'use fewer or shorter labels, taints and kubelet arguments';
  return [problem(path, `be at most ${MAX_USER_DATA_BYTES} bytes of user data`, bytes, advice)];
}
