import type { WindowsServer } from '../../windows-base';
import { WINDOWS_SERVERS } from '../../windows-base/windows-server';
import type { Taint } from '../kubernetes/kubernetes-syntax';

/** Inputs of {@link renderRuntimeClass}. */
export interface RuntimeClassInput {
  /** What pods name in `runtimeClassName`: lower-case letters, digits, dots and dashes. */
  readonly name: string;
  readonly server: WindowsServer;
  /** Taints of the nodes, which the pods then tolerate. @default - none */
  readonly taints?: readonly Taint[] | undefined;
}

/**
 * Renders a RuntimeClass: pods that name it go to Windows nodes of one release, the only ones on
 * which a process-isolated container of that release runs, and tolerate the nodes' taints.
 *
 * @see https://kubernetes.io/docs/concepts/windows/user-guide/#handling-multiple-windows-versions-in-the-same-cluster
 */
export function renderRuntimeClass({ name, server, taints = [] }: RuntimeClassInput): string {
  const lines = [
    'apiVersion: node.k8s.io/v1',
    'kind: RuntimeClass',
    'metadata:',
    `  name: ${quoteYaml(name)}`,
    'handler: runhcs-wcow-process',
    'scheduling:',
    '  nodeSelector:',
    '    kubernetes.io/os: windows',
    '    kubernetes.io/arch: amd64',
    `    node.kubernetes.io/windows-build: ${quoteYaml(WINDOWS_SERVERS[server].build)}`,
    ...(taints.length === 0 ? [] : ['  tolerations:', ...taints.flatMap(tolerationLines)]),
  ];
  return `${lines.join('\n')}\n`;
}

function tolerationLines({ key, value = '', effect }: Taint): string[] {
  return [
    `    - key: ${quoteYaml(key)}`,
    '      operator: Equal',
    `      value: ${quoteYaml(value)}`,
    `      effect: ${effect}`,
  ];
}

/** A double-quoted YAML string is a JSON string, so that nothing is read as a number or a date. */
export function quoteYaml(value: string): string {
  return JSON.stringify(value);
}
