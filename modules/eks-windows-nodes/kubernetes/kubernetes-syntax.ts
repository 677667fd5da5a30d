import { Token } from 'cdktf';
import {
  checkKnownKeys,
  checkText,
  checkUnique,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../core';
import {
  choice,
  freeText,
  group,
  list,
  map,
  type SettingProps,
  type SettingValue,
  setting,
  text,
} from '../../settings';
import type { WindowsServer } from '../../windows-base';
import { checkWindowsBuild, WINDOWS_BUILD_LABEL } from './windows-build-label';

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

const TAINT_SETTINGS = {
  /** A Kubernetes key, such as `example.com/os`. */
  key: setting(text(KEY), { about: 'Key of the taint', required: true, change: 'rolls' }),
  /** @default - an empty value */
  value: setting(text(VALUE), {
    about: 'Value of the taint',
    otherwise: 'empty',
    change: 'rolls',
  }),
  /** `NoExecute` also sends away pods that run. */
  effect: setting(choice(TAINT_EFFECTS), {
    about: 'What happens to pods without the toleration',
    required: true,
    change: 'rolls',
  }),
};

/**
 * Keeps ordinary pods off Windows nodes.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface Taint extends SettingProps<typeof TAINT_SETTINGS> {}

/** Taints, none of which stands twice. */
export const taints = list(group(TAINT_SETTINGS), {}, (path, all) =>
  checkUnique(
    path,
    all.map(({ key, effect }) => `${key}:${effect}`),
  ),
);

/** Node labels. What a kubelet may set itself is up to `checkLabels`. */
export const labels: SettingValue<Readonly<Record<string, string>>> = {
  ...map(freeText(), freeText()),
  check: (path, all) => checkLabels(path, all),
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
  record: Readonly<Record<string, string>>,
  server?: WindowsServer,
): Problem[] {
  if (Token.isUnresolved(record)) return checkKnownKeys(path, record);
  return Object.entries(record).flatMap(([key, value]) => [
    ...checkLabelKey([...path, key], key),
    ...checkText([...path, key], value, VALUE),
    ...(key === WINDOWS_BUILD_LABEL ? checkWindowsBuild([...path, key], value, server) : []),
  ]);
}
