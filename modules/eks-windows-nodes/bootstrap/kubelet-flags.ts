import { checkText, type Path, type Problem, problem } from '../../core';
import { map, text } from '../../settings';
import { ARGUMENT_FLAG, ARGUMENT_VALUE } from './node-arguments';

/** Flags of the kubelet that have an input of their own, with its name. */
export const KUBELET_INPUTS: Readonly<Record<string, string>> = {
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

/** Further flags of the kubelet with their values. */
export const kubeletArguments = map(
  text(checkKubeletFlag, ARGUMENT_FLAG.pattern.source),
  text(ARGUMENT_VALUE),
);

function checkKubeletFlag(path: Path, flag: string): Problem[] {
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
