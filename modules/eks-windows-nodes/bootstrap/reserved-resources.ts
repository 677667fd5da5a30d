import { checkOneOf, type Path, type Problem, type TextRule } from '../../core';
import { group, type SettingProps, setting, text } from '../../settings';
import { sortedEntries } from './node-arguments';

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const NOT_ZERO = '(?![0.]*(?:[^0-9.]|$))';
const BYTES = `${NOT_ZERO}\\d+(?:\\.\\d+)?(?:[KMGT]i|[kMGT])?`;

/** An amount of processors. */
const CPU_QUANTITY: TextRule = {
  id: 'cpu-quantity',
  pattern: new RegExp(`^(?:${NOT_ZERO}\\d+(?:\\.\\d{1,3})?|${NOT_ZERO}\\d+m)$`),
  rule: 'be an amount of processors such as 200m or 0.5, more than 0',
};

/** An amount of memory or disk. */
const BYTE_QUANTITY: TextRule = {
  id: 'byte-quantity',
  pattern: new RegExp(`^${BYTES}$`),
  rule: 'be an amount of bytes such as 500Mi or 2Gi, more than 0',
};

/** A threshold of the kubelet's eviction. */
const EVICTION_THRESHOLD: TextRule = {
  id: 'eviction-threshold',
  pattern: new RegExp(`^(?:${BYTES}|${NOT_ZERO}\\d{1,2}(?:\\.\\d+)?%)$`),
  rule: 'be an amount of bytes such as 500Mi, or a part such as 10%, more than 0 and less than 100%',
};

const RESERVED_SETTINGS = {
  /** Processors, such as `200m` or `0.5`. @default - none */
  cpu: setting(text(CPU_QUANTITY), {
    about: 'Processors, in quotes, such as "200m" or "0.5"',
    otherwise: 'none',
    change: 'rolls',
  }),
  /** Such as `2Gi`. @default - none */
  memory: setting(text(BYTE_QUANTITY), {
    about: 'Memory such as 2Gi',
    otherwise: 'none',
    change: 'rolls',
  }),
  /** Such as `10Gi`. @default - none */
  'ephemeral-storage': setting(text(BYTE_QUANTITY), {
    about: 'Disk such as 10Gi',
    otherwise: 'none',
    change: 'rolls',
  }),
};

/**
 * What is kept from pods: their scheduling reckons with the rest of the node.
 *
 * Windows has no OOM killer. A node whose memory is all given away pages to its disk, until
 * kubelet and containerd no longer answer in time. Nothing enforces the reservation: the kubelet
 * on Windows only subtracts it from what pods can ask for.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/windows-resource-management/
 */
export interface ReservedResources extends SettingProps<typeof RESERVED_SETTINGS> {}

/** Reserved resources in Kubernetes' syntax. */
export const reservedResources = group(RESERVED_SETTINGS, (path, reserved) =>
  checkKeys(path, reserved, Object.keys(RESERVED_SETTINGS)),
);

/** Those of Kubernetes that there are on Windows. */
const EVICTION_SETTINGS = {
  /** Subtracted from what pods can ask for. @default - the kubelet's own */
  'memory.available': setting(text(EVICTION_THRESHOLD), {
    about: 'Free memory, such as 500Mi or 10%',
    otherwise: 'that of the kubelet',
    change: 'rolls',
  }),
  /** The disk of the kubelet. @default - the kubelet's own */
  'nodefs.available': setting(text(EVICTION_THRESHOLD), {
    about: 'Free disk of the kubelet, such as 500Mi or 10%',
    otherwise: 'that of the kubelet',
    change: 'rolls',
  }),
  /** The disk of the container images: on our nodes the same one. @default - the kubelet's own */
  'imagefs.available': setting(text(EVICTION_THRESHOLD), {
    about: 'Free disk of the images, such as 500Mi or 10%',
    otherwise: 'that of the kubelet',
    change: 'rolls',
  }),
};

/**
 * What has to be free, as an amount such as `500Mi` or in per cent such as `10%`. Below it the
 * kubelet evicts pods.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
 */
export interface EvictionThresholds extends SettingProps<typeof EVICTION_SETTINGS> {}

/** Eviction thresholds in Kubernetes' syntax. */
export const evictionThresholds = group(EVICTION_SETTINGS, (path, thresholds) =>
  checkKeys(path, thresholds, Object.keys(EVICTION_SETTINGS)),
);

function checkKeys(path: Path, resources: object, keys: readonly string[]): Problem[] {
  return entriesOf(resources).flatMap(([key]) => checkOneOf([...path, key], key, keys));
}

/** `cpu=200m,memory=2Gi`, in one order. Empty without a resource. */
export function renderResources(resources: object = {}, operator: '=' | '<'): string {
  return sortedEntries(Object.fromEntries(entriesOf(resources)))
    .map(([key, value]) => `${key}${operator}${value}`)
    .join(',');
}

function entriesOf(resources: object): [string, string][] {
  return Object.entries(resources).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
}
