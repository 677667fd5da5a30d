import { Token } from 'cdktf';
import {
  checkEach,
  checkKnownKeys,
  checkOneOf,
  checkText,
  checkUnique,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../core';
import type { WindowsServer } from '../../windows-base';
import { checkWindowsBuild, WINDOWS_BUILD_LABEL } from './windows-build-label';

/**
 * Keeps ordinary pods off Windows nodes.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface Taint {
  readonly key: string;
  /** @default - an empty value */
  readonly value?: string;
  readonly effect: TaintEffect;
}

/** What a taint does to pods that do not tolerate it. */
export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** One of {@link TAINT_EFFECTS}. */
export type TaintEffect = (typeof TAINT_EFFECTS)[number];

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';
const DNS_LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

const KEY: TextRule = {
  id: 'kubernetes-key',
  pattern: new RegExp(
    `^(?=.{1,317}$)(?:(?=[^/]{1,253}/)${DNS_LABEL}(?:\\.${DNS_LABEL})*/)?${NAME}$`,
  ),
  rule: 'be a Kubernetes key: up to 63 letters, digits, - _ . with an optional DNS prefix and /',
};

const VALUE: TextRule = {
  id: 'kubernetes-value',
  pattern: new RegExp(`^(?:${NAME})?$`),
  rule: 'be a Kubernetes value: up to 63 letters, digits, - _ . that begins and ends with a letter or digit',
};

/**
 * Labels of Kubernetes' own name spaces that a kubelet may put on its node. With any other it does
 * not start.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
const KUBELET_LABELS = [
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
];
const KUBELET_LABEL_PREFIX = /^(?:[^/]*\.)?(?:kubelet|node)\.kubernetes\.io\//;
const KUBERNETES_PREFIX = /^(?:[^/]*\.)?(?:kubernetes|k8s)\.io\//;

function checkLabelKey(path: Path, key: string): Problem[] {
  const problems = checkText(path, key, KEY);
  const reserved =
    KUBERNETES_PREFIX.test(key) && !KUBELET_LABEL_PREFIX.test(key) && !KUBELET_LABELS.includes(key);
  if (problems.length > 0 || !reserved) return problems;
  const advice = 'use a prefix of your own, or put the label on the node with kubectl';
  return [
    problem('label-key', path, 'be a label that a kubelet may set on its own node', key, advice),
  ];
}

/**
 * Node labels: Kubernetes' syntax, and only such as a kubelet is allowed to set itself. The label
 * with the build of Windows has to be true, for this release or for any when none is given.
 */
export function checkLabels(
  path: Path,
  labels: Readonly<Record<string, string>>,
  server?: WindowsServer,
): Problem[] {
  if (Token.isUnresolved(labels)) return checkKnownKeys(path, labels);
  return Object.entries(labels).flatMap(([key, value]) => [
    ...checkLabelKey([...path, key], key),
    ...checkText([...path, key], value, VALUE),
    ...(key === WINDOWS_BUILD_LABEL ? checkWindowsBuild([...path, key], value, server) : []),
  ]);
}

/** One taint in Kubernetes' syntax. */
export function checkTaint(path: Path, taint: Taint): Problem[] {
  return [
    ...checkText([...path, 'key'], taint.key, KEY),
    ...checkText([...path, 'value'], taint.value ?? '', VALUE),
    ...checkOneOf([...path, 'effect'], taint.effect, TAINT_EFFECTS),
  ];
}

/** Taints by themselves, and that none of them stands twice. */
export function checkTaints(path: Path, taints: readonly Taint[]): Problem[] {
  if (Token.isUnresolved(taints)) return [];
  const ids = taints.map(({ key, effect }) => `${key}:${effect}`);
  return [...checkEach(path, taints, checkTaint), ...checkUnique(path, ids)];
}
