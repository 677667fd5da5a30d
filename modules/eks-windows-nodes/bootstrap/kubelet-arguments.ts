import { checkText, numberText, type Path, type Problem, problem } from '../../core';
import { buildImageGcArguments } from './image-gc-thresholds';
import { ARGUMENT_FLAG, checkArguments, type NodeArguments, sortedEntries } from './node-arguments';
import type { NodeBootstrap } from './node-bootstrap-props';
import { renderResources } from './reserved-resources';

/** Flags of the kubelet that have an input of their own, with its name. */
export const KUBELET_INPUTS: Readonly<Record<string, keyof NodeBootstrap>> = {
  'cluster-dns': 'dnsClusterIp',
  'eviction-hard': 'evictionHard',
  'image-gc-high-threshold': 'imageGcThresholds',
  'image-gc-low-threshold': 'imageGcThresholds',
  'kube-reserved': 'kubeReserved',
  'max-pods': 'maxPods',
  'node-labels': 'labels',
  'register-with-taints': 'taints',
  'system-reserved': 'systemReserved',
};

/** A flag that may stand among the kubelet's arguments. */
export function checkKubeletFlag(path: Path, flag: string): Problem[] {
  const input = Object.hasOwn(KUBELET_INPUTS, flag) ? KUBELET_INPUTS[flag] : undefined;
  if (input === undefined) return checkText(path, flag, ARGUMENT_FLAG);
  return [
    problem(
      'kubelet-flag-of-an-input',
      path,
      'be a flag without an input of its own',
      flag,
      `use \`${input}\``,
    ),
  ];
}

/** Flags of the kubelet with their values. */
export function checkKubeletArguments(path: Path, flags: NodeArguments): Problem[] {
  return checkArguments(path, flags, checkKubeletFlag);
}

/** Everything that the kubelet is told. */
export function buildKubeletArguments(bootstrap: NodeBootstrap): NodeArguments {
  const { labels = {}, taints = [], maxPods, imageGcThresholds } = bootstrap;
  const nodeLabels = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  const nodeTaints = taints.map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
  const inputs = {
    'eviction-hard': renderResources(bootstrap.evictionHard, '<'),
    'kube-reserved': renderResources(bootstrap.kubeReserved, '='),
    'max-pods': maxPods === undefined ? '' : numberText(maxPods),
    'node-labels': nodeLabels.join(','),
    'register-with-taints': nodeTaints.sort().join(','),
    'system-reserved': renderResources(bootstrap.systemReserved, '='),
  };
  return {
    ...bootstrap.kubeletArguments,
    ...(imageGcThresholds && buildImageGcArguments(imageGcThresholds)),
    ...Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== '')),
  };
}
