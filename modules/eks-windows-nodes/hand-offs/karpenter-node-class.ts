import { wording } from '../../core';
import type { WindowsServer } from '../../windows-base';
import {
  DEFAULT_ROOT_VOLUME_GIB,
  ROOT_DEVICE_NAME,
  WINDOWS_SERVERS,
} from '../../windows-base/windows-server';
import type { Taint } from '../kubernetes/kubernetes-syntax';
import { quoteYaml } from './runtime-class';

/** Inputs of {@link renderKarpenterNodeClass}. */
export interface KarpenterNodeClassInput {
  /** Name of both objects. */
  readonly name: string;
  readonly server: WindowsServer;
  /** Name of the SSM parameter that holds the AMI's id; Karpenter follows it. @default - `amiId` */
  readonly amiParameterName?: string | undefined;
  /** The AMI itself, when there is no parameter to follow. @default - `amiParameterName` */
  readonly amiId?: string | undefined;
  /** Name of an instance profile whose role has an access entry of the type `EC2_WINDOWS`. */
  readonly instanceProfileName: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** GiB, not smaller than the AMI's volume. @default 100 */
  readonly rootVolumeGiB?: number | undefined;
  /** Labels of the nodes. @default - none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** @default - none */
  readonly taints?: readonly Taint[] | undefined;
}

/**
 * Renders an `EC2NodeClass` and a `NodePool` of Karpenter for Windows nodes from our AMI. Karpenter
 * follows the parameter: after a new build its nodes drift and are replaced, under the budget of
 * the pool.
 *
 * A start for your own manifests: requirements, limits and budgets are yours to choose. Needs a
 * Karpenter with `ssmParameter` in `amiSelectorTerms`; Windows Server 2025 a newer one still.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/
 */
export function renderKarpenterNodeClass(input: KarpenterNodeClassInput): string {
  return [...nodeClassLines(input), '---', ...nodePoolLines(input), ''].join('\n');
}

function nodeClassLines(input: KarpenterNodeClassInput): string[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB } = input;
  return [
    'apiVersion: karpenter.k8s.aws/v1',
    'kind: EC2NodeClass',
    'metadata:',
    `  name: ${quoteYaml(input.name)}`,
    'spec:',
    `  amiFamily: Windows${input.server}`,
    '  amiSelectorTerms:',
    `    - ${amiSelector(input)}`,
    `  instanceProfile: ${quoteYaml(input.instanceProfileName)}`,
    '  subnetSelectorTerms:',
    ...input.subnetIds.map((id) => `    - id: ${quoteYaml(id)}`),
    '  securityGroupSelectorTerms:',
    ...input.securityGroupIds.map((id) => `    - id: ${quoteYaml(id)}`),
    '  metadataOptions:',
    '    httpEndpoint: enabled',
    '    httpTokens: required',
    '    httpPutResponseHopLimit: 1',
    '  blockDeviceMappings:',
    `    - deviceName: ${ROOT_DEVICE_NAME}`,
    '      ebs:',
    `        volumeSize: ${rootVolumeGiB}Gi`,
    '        volumeType: gp3',
    '        encrypted: true',
    '        deleteOnTermination: true',
  ];
}

function amiSelector({ amiParameterName, amiId }: KarpenterNodeClassInput): string {
  if (amiParameterName !== undefined) return `ssmParameter: ${quoteYaml(amiParameterName)}`;
  if (amiId !== undefined) return `id: ${quoteYaml(amiId)}`;
  throw new Error(`\`amiParameterName\` or \`amiId\` ${wording('be given', 'neither')}`);
}

function nodePoolLines(input: KarpenterNodeClassInput): string[] {
  const { name, server, labels = {}, taints = [] } = input;
  return [
    'apiVersion: karpenter.sh/v1',
    'kind: NodePool',
    'metadata:',
    `  name: ${quoteYaml(name)}`,
    'spec:',
    '  template:',
    ...labelLines(labels),
    '    spec:',
    '      nodeClassRef:',
    '        group: karpenter.k8s.aws',
    '        kind: EC2NodeClass',
    `        name: ${quoteYaml(name)}`,
    '      requirements:',
    ...requirementLines('kubernetes.io/os', 'windows'),
    ...requirementLines('kubernetes.io/arch', 'amd64'),
    ...requirementLines('node.kubernetes.io/windows-build', WINDOWS_SERVERS[server].build),
    ...(taints.length === 0 ? [] : ['      taints:', ...taints.flatMap(taintLines)]),
  ];
}

function labelLines(labels: Readonly<Record<string, string>>): string[] {
  // In one order, whatever the order of the keys is.
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return [];
  const lines = entries.map(([key, value]) => `        ${quoteYaml(key)}: ${quoteYaml(value)}`);
  return ['    metadata:', '      labels:', ...lines];
}

function requirementLines(key: string, value: string): string[] {
  return [
    `        - key: ${key}`,
    '          operator: In',
    `          values: [${quoteYaml(value)}]`,
  ];
}

function taintLines({ key, value = '', effect }: Taint): string[] {
  return [
    `        - key: ${quoteYaml(key)}`,
    `          value: ${quoteYaml(value)}`,
    `          effect: ${effect}`,
  ];
}
