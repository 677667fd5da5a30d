import { Token } from 'cdktf';
import { type Path, type Problem, problem, type TextRule } from '../../core';
import {
  freeText,
  group,
  map,
  type SettingProps,
  type SettingValue,
  setting,
  text,
} from '../../settings';
import type { Taint } from '../kubernetes/kubernetes-syntax';

const PREFIX = 'k8s.io/cluster-autoscaler';
const LABEL = `${PREFIX}/node-template/label/`;
const TAINT = `${PREFIX}/node-template/taint/`;
const RESOURCE = `${PREFIX}/node-template/resources/`;

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Tag.html */
const MAX_TAG_KEY = 128;

const QUANTITY: TextRule = {
  id: 'kubernetes-quantity',
  pattern: /^\d+(?:\.\d+)?(?:m|[kMGTPE]|[KMGTPE]i)?$/,
  rule: 'be a Kubernetes quantity such as "14" or 100Gi',
};

/** The settings of {@link ClusterAutoscaler}. */
export const CLUSTER_AUTOSCALER_SETTINGS = {
  /**
   * Labels that nodes get from someone else, such as `node.kubernetes.io/windows-build`.
   * @default - those of the group, and `kubernetes.io/os: windows`
   */
  labels: setting(map(tagKey(LABEL), freeText()), {
    about: 'Labels that nodes get from someone else',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * Resources beyond CPU and memory, such as `vpc.amazonaws.com/PrivateIPv4Address`, which EKS asks
   * for in every Windows pod: IPv4 addresses of a network interface of the type, less one.
   * @default - none: then the autoscaler does not start the first node of a group
   */
  resources: setting(map(tagKey(RESOURCE), text(QUANTITY)), {
    about:
      'Resources of a node beyond CPU and memory, such as vpc.amazonaws.com/PrivateIPv4Address: "14"',
    otherwise: 'none',
    change: 'in-place',
  }),
};

function tagKey(prefix: string): SettingValue<string> {
  return freeText((path, key) => checkKeyLength(path, key, prefix));
}

/**
 * What the cluster autoscaler is told about the nodes of a group by tags of the group, beyond its
 * labels and taints. It needs them only while the group has no node to look at.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export interface ClusterAutoscaler extends SettingProps<typeof CLUSTER_AUTOSCALER_SETTINGS> {}

/** What {@link buildClusterAutoscalerTags} makes tags of. */
export interface AutoscaledNodes {
  readonly clusterName: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly taints?: readonly Taint[] | undefined;
}

/** The tags by which the cluster autoscaler finds a group and knows what its nodes are like. */
export function buildClusterAutoscalerTags(
  { clusterName, labels = {}, taints = [] }: AutoscaledNodes,
  autoscaler: ClusterAutoscaler = {},
): Record<string, string> {
  const allLabels = { 'kubernetes.io/os': 'windows', ...labels, ...autoscaler.labels };
  return {
    [`${PREFIX}/enabled`]: 'true',
    [`${PREFIX}/${clusterName}`]: 'owned',
    ...withPrefix(LABEL, allLabels),
    ...withPrefix(RESOURCE, autoscaler.resources ?? {}),
    ...Object.fromEntries(
      taints.map(({ key, value = '', effect }) => [`${TAINT}${key}`, `${value}:${effect}`]),
    ),
  };
}

function withPrefix(prefix: string, map: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [`${prefix}${key}`, value]));
}

/** Lists what cannot be told by tags. */
export function checkClusterAutoscaler(
  path: Path,
  autoscaler: ClusterAutoscaler,
  nodes: Pick<AutoscaledNodes, 'labels' | 'taints'>,
): Problem[] {
  return [
    ...checkKeys(['labels'], nodes.labels ?? {}, LABEL),
    ...checkTaintKeys(['taints'], nodes.taints ?? []),
    ...group(CLUSTER_AUTOSCALER_SETTINGS).check(path, autoscaler),
  ];
}

function checkKeys(path: Path, map: Readonly<Record<string, string>>, prefix: string): Problem[] {
  // A map that is not known was reported by whoever takes it.
  if (Token.isUnresolved(map)) return [];
  return Object.keys(map).flatMap((key) => checkKeyLength([...path, key], key, prefix));
}

function checkKeyLength(path: Path, key: string, prefix: string): Problem[] {
  const most = MAX_TAG_KEY - prefix.length;
  if (Token.isUnresolved(key) || key.length <= most) return [];
  const rule = `have a key of at most ${most} characters for the cluster autoscaler`;
  return [
    problem(
      'autoscaler-tag-length',
      path,
      rule,
      key.length,
      `the key of a tag has ${MAX_TAG_KEY} at most`,
    ),
  ];
}

/** A tag has one value, so that of two taints with one key only one could be told. */
function checkTaintKeys(path: Path, taints: readonly Taint[]): Problem[] {
  return taints.flatMap(({ key }, index) => {
    const at = [...path, index, 'key'];
    const repeated = taints.findIndex((one) => one.key === key) < index;
    return [
      ...checkKeyLength(at, key, TAINT),
      ...(repeated && !Token.isUnresolved(key)
        ? [
            problem(
              'autoscaler-taint',
              at,
              'be used by one taint only for the cluster autoscaler',
              key,
            ),
          ]
        : []),
    ];
  });
}
