import { checkOneOf, checkText, type Path, type Problem, type TextRule } from '../../core';
import { sortedEntries } from './node-arguments';

/**
 * What is kept from pods: their scheduling reckons with the rest of the node.
 *
 * Windows has no OOM killer. A node whose memory is all given away pages to its disk, until
 * kubelet and containerd no longer answer in time. Nothing enforces the reservation: the kubelet
 * on Windows only subtracts it from what pods can ask for.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/windows-resource-management/
 */
export interface ReservedResources {
  /** Processors, such as `200m` or `0.5`. @default - none */
  readonly cpu?: string | undefined;
  /** Such as `2Gi`. @default - none */
  readonly memory?: string | undefined;
  /** Such as `10Gi`. @default - none */
  readonly 'ephemeral-storage'?: string | undefined;
}

/**
 * What has to be free, as an amount such as `500Mi` or in per cent such as `10%`. Below it the
 * kubelet evicts pods.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
 */
export interface EvictionThresholds {
  /** Subtracted from what pods can ask for. @default - the kubelet's own */
  readonly 'memory.available'?: string | undefined;
  /** The disk of the kubelet. @default - the kubelet's own */
  readonly 'nodefs.available'?: string | undefined;
  /** The disk of the container images: on our nodes the same one. @default - the kubelet's own */
  readonly 'imagefs.available'?: string | undefined;
}

/** The keys of {@link ReservedResources}. */
const RESERVED_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'] as const;

/** The keys of {@link EvictionThresholds}: those of Kubernetes that there are on Windows. */
const EVICTION_SIGNALS = ['memory.available', 'nodefs.available', 'imagefs.available'] as const;

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const NOT_ZERO = '(?![0.]*(?:[^0-9.]|$))';
const BYTES = `${NOT_ZERO}\\d+(?:\\.\\d+)?(?:[KMGT]i|[kMGT])?`;

/** An amount of processors. */
export const CPU_QUANTITY: TextRule = {
  id: 'cpu-quantity',
  pattern: new RegExp(`^(?:${NOT_ZERO}\\d+(?:\\.\\d{1,3})?|${NOT_ZERO}\\d+m)$`),
  rule: 'be an amount of processors such as 200m or 0.5, more than 0',
};

/** An amount of memory or disk. */
export const BYTE_QUANTITY: TextRule = {
  id: 'byte-quantity',
  pattern: new RegExp(`^${BYTES}$`),
  rule: 'be an amount of bytes such as 500Mi or 2Gi, more than 0',
};

/** A threshold of the kubelet's eviction. */
export const EVICTION_THRESHOLD: TextRule = {
  id: 'eviction-threshold',
  pattern: new RegExp(`^(?:${BYTES}|${NOT_ZERO}\\d{1,2}(?:\\.\\d+)?%)$`),
  rule: 'be an amount of bytes such as 500Mi, or a part such as 10%, more than 0 and less than 100%',
};

/** Reserved resources in Kubernetes' syntax. */
export function checkReservedResources(path: Path, reserved: ReservedResources): Problem[] {
  return checkResources(path, reserved, RESERVED_RESOURCES, (key) =>
    key === 'cpu' ? CPU_QUANTITY : BYTE_QUANTITY,
  );
}

/** Eviction thresholds in Kubernetes' syntax. */
export function checkEvictionThresholds(path: Path, thresholds: EvictionThresholds): Problem[] {
  return checkResources(path, thresholds, EVICTION_SIGNALS, () => EVICTION_THRESHOLD);
}

function checkResources(
  path: Path,
  resources: object,
  keys: readonly string[],
  ruleOf: (key: string) => TextRule,
): Problem[] {
  return entriesOf(resources).flatMap(([key, value]) => [
    ...checkOneOf([...path, key], key, keys),
    ...(keys.includes(key) ? checkText([...path, key], value, ruleOf(key)) : []),
  ]);
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
