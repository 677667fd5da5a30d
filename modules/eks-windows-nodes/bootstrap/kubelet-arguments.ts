import { numberText } from '../../core';
import { buildImageGcArguments } from './image-gc-thresholds';
import { type NodeArguments, sortedEntries } from './node-arguments';
import type { NodeBootstrap } from './node-bootstrap-props';
import { renderResources } from './reserved-resources';

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
