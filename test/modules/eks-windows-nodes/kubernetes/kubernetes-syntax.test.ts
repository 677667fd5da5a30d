import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { formatPath } from '../../../../modules/core';
import type { Taint, TaintEffect } from '../../../../modules/eks-windows-nodes';
import {
  checkLabels,
  TAINT_EFFECTS,
  taints,
} from '../../../../modules/eks-windows-nodes/kubernetes/kubernetes-syntax';
import { outline } from '../../../support/problem';

/** A DNS name of 253 characters: the longest prefix. */
const LONGEST_PREFIX = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;

const KEYS = [
  'a',
  'Team',
  'a.b_c-d',
  '1st',
  'n'.repeat(63),
  'example.com/team',
  'a.b.c/d',
  'localhost/x',
  `${LONGEST_PREFIX}/${'n'.repeat(63)}`,
];

const NO_KEYS = [
  '',
  '-a',
  'a-',
  '.a',
  'a b',
  'a\n',
  'n'.repeat(64),
  '/a',
  'a/',
  'a/b/c',
  'Example.com/a',
  'example..com/a',
  '-example.com/a',
  'example.com-/a',
  `${LONGEST_PREFIX}d/a`,
  'a=b',
  'a,b',
  "a'b",
  '${a}',
];

const VALUES = ['', 'a', 'A.b_c-1', 'v'.repeat(63)];
const NO_VALUES = [
  '-',
  'a-',
  '.a',
  'a b',
  'a/b',
  'a=b',
  'a,b',
  "a'b",
  '${a}',
  'a\n',
  'v'.repeat(64),
];

/** The path of a key as messages spell it. */
const at = (key: string): string => formatPath(['labels', key]);

/** A value as messages show it: cut when it is long. */
const shown = (value: string): string => {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

const labels = (record: Readonly<Record<string, string>>): string[] =>
  checkLabels(['labels'], record).map(outline);

const taint = (one: Taint): string[] => taints.check(['taints'], [one]).map(outline);

describe('labels of which not even the keys are known', () => {
  it('are refused, because they are written key by key', () => {
    const map = Token.asStringMap({ resolve: () => ({}) });
    expect(checkLabels(['labels'], map).map(outline)).toEqual([
      '`labels` known-keys: "a reference"',
    ]);
  });
});

describe('checkLabels', () => {
  it('tests with a prefix of just the longest length', () => {
    expect(LONGEST_PREFIX).toHaveLength(253);
  });

  it.each(KEYS)('allows the key %j', (key) => {
    expect(labels({ [key]: 'x' })).toEqual([]);
  });

  it.each(NO_KEYS)('does not allow the key %j', (key) => {
    expect(labels({ [key]: 'x' })).toEqual([`\`${at(key)}\` kubernetes-key: ${shown(key)}`]);
  });

  it.each(VALUES)('allows the value %j', (value) => {
    expect(labels({ a: value })).toEqual([]);
  });

  it.each(NO_VALUES)('does not allow the value %j', (value) => {
    expect(labels({ a: value })).toEqual([`\`labels.a\` kubernetes-value: ${shown(value)}`]);
  });

  // https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
  it.each([
    'kubernetes.io/arch',
    'kubernetes.io/hostname',
    'kubernetes.io/os',
    'node.kubernetes.io/instance-type',
    'topology.kubernetes.io/region',
    'topology.kubernetes.io/zone',
    'kubelet.kubernetes.io/anything',
    'x.node.kubernetes.io/anything',
    'mykubernetes.io/a',
    'kubernetes.io.example.com/a',
    'k8s.io.example.com/a',
    'eks.amazonaws.com/nodegroup',
  ])('allows %s, which a kubelet may set', (key) => {
    expect(labels({ [key]: 'x' })).toEqual([]);
  });

  it.each([
    'kubernetes.io/role',
    'node-role.kubernetes.io/windows',
    'node-restriction.kubernetes.io/team',
    'topology.kubernetes.io/rack',
    'mynode.kubernetes.io/a',
    'k8s.io/cluster',
    'app.k8s.io/name',
  ])('does not allow %s, with which no kubelet starts', (key) => {
    expect(labels({ [key]: 'x' })).toEqual([`\`labels["${key}"]\` label-key: "${key}"`]);
  });

  it('allows the build of Windows only as it is', () => {
    const key = 'node.kubernetes.io/windows-build';
    const refused = (value: string) => [`\`labels["${key}"]\` windows-build: "${value}"`];
    expect(labels({ [key]: '10.0.20348' })).toEqual([]);
    expect(labels({ [key]: Token.asString({ resolve: () => 'x' }) })).toEqual([]);
    expect(labels({ [key]: '10.0.1' })).toEqual(refused('10.0.1'));
    const ofRelease = (value: string) =>
      checkLabels(['labels'], { [key]: value }, '2022').map(outline);
    expect(ofRelease('10.0.20348')).toEqual([]);
    expect(ofRelease('10.0.26100')).toEqual(refused('10.0.26100'));
    expect(checkLabels(['labels'], { [key]: '10.0.1' }).map(({ message }) => message)).toEqual([
      expect.stringContaining(': 10.0.17763 (2019), 10.0.20348 (2022), 10.0.26100 (2025), got: '),
    ]);
  });

  it('reports keys and values of all labels', () => {
    expect(labels({ 'a b': 'c d', ok: 'ok', '-': 'x' })).toEqual([
      '`labels["a b"]` kubernetes-key: "a b"',
      '`labels["a b"]` kubernetes-value: "c d"',
      '`labels["-"]` kubernetes-key: "-"',
    ]);
  });

  it('allows a value that only Terraform knows', () => {
    expect(labels({ a: Token.asString({ resolve: () => 'x y' }) })).toEqual([]);
  });

  it('allows no labels', () => {
    expect(labels({})).toEqual([]);
  });
});

describe('a taint', () => {
  it('knows the effects of Kubernetes', () => {
    expect(TAINT_EFFECTS).toEqual(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
  });

  it.each(TAINT_EFFECTS)('allows the effect %s, with and without a value', (effect) => {
    expect(taint({ key: 'example.com/os', value: 'windows', effect })).toEqual([]);
    expect(taint({ key: 'os', effect })).toEqual([]);
  });

  it.each(['noSchedule', '', 'NoSchedule '])('does not allow the effect %j', (effect) => {
    expect(taint({ key: 'os', effect: effect as TaintEffect })).toEqual([
      `\`taints[0].effect\` one-of: ${JSON.stringify(effect)}`,
    ]);
  });

  it.each(KEYS)('allows the key %j', (key) => {
    expect(taint({ key, effect: 'NoSchedule' })).toEqual([]);
  });

  it('allows a key of Kubernetes itself', () => {
    expect(taint({ key: 'node.kubernetes.io/os', effect: 'NoSchedule' })).toEqual([]);
  });

  it.each(NO_KEYS)('does not allow the key %j', (key) => {
    expect(taint({ key, effect: 'NoSchedule' })).toEqual([
      `\`taints[0].key\` kubernetes-key: ${shown(key)}`,
    ]);
  });

  it.each(NO_VALUES)('does not allow the value %j', (value) => {
    expect(taint({ key: 'os', value, effect: 'NoSchedule' })).toEqual([
      `\`taints[0].value\` kubernetes-value: ${shown(value)}`,
    ]);
  });

  it('allows values that only Terraform knows', () => {
    const text = Token.asString({ resolve: () => 'x y' });
    expect(taint({ key: text, value: text, effect: text as TaintEffect })).toEqual([]);
  });
});
