import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { formatPath, type Problem } from '../../../../modules/core';
import { buildKubeletArguments } from '../../../../modules/eks-windows-nodes/bootstrap/kubelet-arguments';
import {
  KUBELET_INPUTS,
  kubeletArguments,
} from '../../../../modules/eks-windows-nodes/bootstrap/kubelet-flags';
import { checkNodeBootstrap } from '../../../../modules/eks-windows-nodes/bootstrap/node-bootstrap';
import { NODE_BOOTSTRAP_SETTINGS } from '../../../../modules/eks-windows-nodes/bootstrap/node-bootstrap-props';
import { adviceOf, outline } from '../../../support/problem';
import { userDataCase } from './user-data-cases';

describe('the arguments of the kubelet', () => {
  const found = (flags: Readonly<Record<string, string>>): readonly Problem[] =>
    kubeletArguments.check(['kubeletArguments'], flags);
  const check = (flags: Readonly<Record<string, string>>): string[] => found(flags).map(outline);

  it.each([
    ['registry-qps', '50'],
    ['v', '2'],
    ['eviction-soft', 'memory.available<500Mi,nodefs.available<10%'],
    ['log-file', 'C:/logs/kubelet_1.log'],
    ['constructor', 'x'],
  ])('allows %s with the value %s', (flag, value) => {
    expect(check({ [flag]: value })).toEqual([]);
  });

  it.each([
    ['--v', 'dashes in front'],
    ['registryQps', 'upper case'],
    ['registry_qps', 'an underscore'],
    ['1-flag', 'a digit in front'],
    ['v ', 'a blank behind'],
    ['', 'nothing'],
  ])('does not allow the flag "%s" with %s', (flag) => {
    const path = formatPath(['kubeletArguments', flag]);
    expect(check({ [flag]: '50' })).toEqual([`\`${path}\` argument-flag: "${flag}"`]);
  });

  it.each([
    ['cluster-dns', 'dnsClusterIp'],
    ['eviction-hard', 'evictionHard'],
    ['image-gc-high-threshold', 'imageGcThresholds'],
    ['image-gc-low-threshold', 'imageGcThresholds'],
    ['kube-reserved', 'kubeReserved'],
    ['max-pods', 'maxPods'],
    ['node-labels', 'labels'],
    ['register-with-taints', 'taints'],
    ['system-reserved', 'systemReserved'],
  ])('sends %s to the input %s', (flag, input) => {
    expect(check({ [flag]: '50' })).toEqual([
      `\`kubeletArguments["${flag}"]\` kubelet-flag-of-an-input: "${flag}"`,
    ]);
    expect(found({ [flag]: '50' }).map(adviceOf)).toEqual([`use \`${input}\``]);
  });

  it('sends away every flag that an input sets', () => {
    const { kubeletArguments: own = {}, ...everything } = userDataCase('everything');
    const set = Object.keys(buildKubeletArguments({ ...everything, kubeletArguments: own }));
    const byInputs = set.filter((flag) => !(flag in own));
    // The DNS service is a parameter of the bootstrap script.
    expect(['cluster-dns', ...byInputs].sort()).toEqual(Object.keys(KUBELET_INPUTS).sort());
    const inputs = Object.keys(NODE_BOOTSTRAP_SETTINGS);
    expect(inputs).toEqual(expect.arrayContaining(Object.values(KUBELET_INPUTS)));
  });

  it('does not allow a map of which not even the keys are known', () => {
    expect(check(Token.asStringMap({ resolve: () => ({}) }))).toEqual([
      '`kubeletArguments` known-keys: "a reference"',
    ]);
  });

  it.each([
    '</powershell>',
    'a</b',
    '',
    '5 0',
    'a"b',
    "a'b",
    '$HOME',
    '`n',
    '${x}',
    '%{x}',
    'a;b',
    'a\nb',
    'a|b',
    'a&b',
  ])('does not allow the value %j', (value) => {
    expect(check({ v: value })).toEqual([
      `\`kubeletArguments.v\` argument-value: ${JSON.stringify(value)}`,
    ]);
  });

  it('reports every flag', () => {
    expect(check({ A: '1', v: '' })).toEqual([
      '`kubeletArguments.A` argument-flag: "A"',
      '`kubeletArguments.v` argument-value: ""',
    ]);
  });

  it('allows a value that only Terraform knows', () => {
    expect(check({ v: Token.asString({ resolve: () => 'x y' }) })).toEqual([]);
  });
});

describe('the arguments of kube-proxy', () => {
  const check = (flags: Readonly<Record<string, string>>): string[] =>
    checkNodeBootstrap({ kubeProxyArguments: flags }).map(outline);

  it('allows flags of kube-proxy, and does not know those of the kubelet', () => {
    expect(check({ 'feature-gates': 'WinDSR=true', v: '4', 'max-pods': '4' })).toEqual([]);
  });

  it('has the same rules for flags and values as the kubelet', () => {
    expect(check({ '--v': '4', v: '4 5' })).toEqual([
      '`kubeProxyArguments["--v"]` argument-flag: "--v"',
      '`kubeProxyArguments.v` argument-value: "4 5"',
    ]);
  });
});
