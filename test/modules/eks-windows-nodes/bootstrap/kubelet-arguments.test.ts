import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { formatPath, formatProblem } from '../../../../modules/core';
import { buildKubeletArguments } from '../../../../modules/eks-windows-nodes/bootstrap/kubelet-arguments';
import {
  KUBELET_INPUTS,
  kubeletArguments,
} from '../../../../modules/eks-windows-nodes/bootstrap/kubelet-flags';
import { checkNodeBootstrap } from '../../../../modules/eks-windows-nodes/bootstrap/node-bootstrap';
import { NODE_BOOTSTRAP_SETTINGS } from '../../../../modules/eks-windows-nodes/bootstrap/node-bootstrap-props';
import { userDataCase } from './user-data-cases';

const FLAG = 'must be a flag without dashes in front, such as v';

describe('the arguments of the kubelet', () => {
  const check = (flags: Readonly<Record<string, string>>): string[] =>
    kubeletArguments.check(['kubeletArguments'], flags).map(formatProblem);

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
    expect(check({ [flag]: '50' })).toEqual([`\`${path}\` ${FLAG}, got: "${flag}"`]);
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
      `\`kubeletArguments["${flag}"]\` must be a flag without an input of its own, got: "${flag}"; use \`${input}\``,
    ]);
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
      '`kubeletArguments` must be keys that are known when the stack is built, got: "a reference"; write the keys here; each value may be a reference',
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
      `\`kubeletArguments.v\` must be letters, digits and _ . , : = / % < > + - without blanks, quotes or </, got: ${JSON.stringify(value)}`,
    ]);
  });

  it('reports every flag', () => {
    expect(check({ A: '1', v: '' })).toEqual([
      `\`kubeletArguments.A\` ${FLAG}, got: "A"`,
      '`kubeletArguments.v` must be letters, digits and _ . , : = / % < > + - without blanks, quotes or </, got: ""',
    ]);
  });

  it('allows a value that only Terraform knows', () => {
    expect(check({ v: Token.asString({ resolve: () => 'x y' }) })).toEqual([]);
  });
});

describe('the arguments of kube-proxy', () => {
  const check = (flags: Readonly<Record<string, string>>): string[] =>
    checkNodeBootstrap({ kubeProxyArguments: flags }).map(formatProblem);

  it('allows flags of kube-proxy, and does not know those of the kubelet', () => {
    expect(check({ 'feature-gates': 'WinDSR=true', v: '4', 'max-pods': '4' })).toEqual([]);
  });

  it('has the same rules for flags and values as the kubelet', () => {
    expect(check({ '--v': '4', v: '4 5' })).toEqual([
      `\`kubeProxyArguments["--v"]\` ${FLAG}, got: "--v"`,
      '`kubeProxyArguments.v` must be letters, digits and _ . , : = / % < > + - without blanks, quotes or </, got: "4 5"',
    ]);
  });
});
