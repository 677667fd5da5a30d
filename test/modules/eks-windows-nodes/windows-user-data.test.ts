import { describe, expect, it } from '@jest/globals';
import { TerraformLocal, TerraformVariable, Token } from 'cdktf';
import { escapeTerraformTemplate, formatPath, formatProblem } from '../../../modules/core';
import {
  checkKubeletArguments,
  checkUserDataLength,
  MAX_USER_DATA_BYTES,
  renderWindowsUserData,
  type WindowsUserData,
} from '../../../modules/eks-windows-nodes';
import { expectGolden } from '../../support/golden';
import { powerShellProblems } from '../../support/powershell';
import { Template } from '../../support/template';
import { describeWith } from '../../support/tools';
import { evaluate, valuesOf } from './terraform-console';

const SMALLEST: WindowsUserData = {
  clusterName: 'demo',
  apiServerEndpoint: 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
  base64ClusterCa: 'ZmFrZS1jYQ==',
  serviceCidr: '10.100.0.0/16',
  dnsClusterIp: '10.100.0.10',
};

const LABELS_AND_TAINTS: Partial<WindowsUserData> = {
  labels: { 'example.com/team': 'payments', workload: 'batch', empty: '' },
  taints: [
    { key: 'os', value: 'windows', effect: 'NoSchedule' },
    { key: 'example.com/dedicated', effect: 'NoExecute' },
  ],
};

const KUBELET_ARGUMENTS: Partial<WindowsUserData> = {
  kubeletArguments: {
    'max-pods': '50',
    'image-gc-high-threshold': '95',
    'eviction-hard': 'memory.available<500Mi,nodefs.available<10%',
  },
};

const EXCLUDED_SNAT_CIDRS: Partial<WindowsUserData> = {
  excludedSnatCidrs: ['192.168.0.0/16', '172.16.0.0/12'],
};

/** No cluster has such values; what they show is that no value ends its quotes or is expanded. */
const AWKWARD = `it's ‘odd’ ‚and‛ "$HOME" \`n $(exit 7) \${x} %{if} #{y}`;

const CASES: Readonly<Record<string, WindowsUserData>> = {
  'no-options': SMALLEST,
  'labels-and-taints': { ...SMALLEST, ...LABELS_AND_TAINTS },
  'kubelet-arguments': { ...SMALLEST, ...KUBELET_ARGUMENTS },
  'excluded-snat-cidrs': { ...SMALLEST, ...EXCLUDED_SNAT_CIDRS },
  'awkward-quotes': {
    clusterName: AWKWARD,
    apiServerEndpoint: AWKWARD,
    base64ClusterCa: AWKWARD,
    serviceCidr: AWKWARD,
    dnsClusterIp: AWKWARD,
    excludedSnatCidrs: [AWKWARD],
    labels: { key: AWKWARD },
  },
  everything: {
    ...SMALLEST,
    ...LABELS_AND_TAINTS,
    ...KUBELET_ARGUMENTS,
    ...EXCLUDED_SNAT_CIDRS,
  },
};

/** The PowerShell between the tags that EC2Launch looks for. */
const script = (userData: string): string =>
  /^<powershell>\n(.*)<\/powershell>\n$/s.exec(userData)?.[1] ?? '';

/** The names in the hash table that is splatted. */
const parameterNames = (userData: string): string[] =>
  [...userData.matchAll(/^ {2}(\w+) = /gm)].map(([, name]) => String(name));

/** Turns the order of a record's keys round. */
const reversed = (record: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(record).reverse());

describe('renderWindowsUserData', () => {
  it.each(Object.keys(CASES))('renders test/golden/user-data/%s.ps1', (name) => {
    expectGolden(`user-data/${name}.ps1`, renderWindowsUserData(CASES[name] ?? SMALLEST));
  });

  it.each(Object.keys(CASES))('is PowerShell without mistakes in %s', async (name) => {
    const text = script(renderWindowsUserData(CASES[name] ?? SMALLEST));
    expect(text).toContain('Start-EKSBootstrap.ps1');
    expect(await powerShellProblems(text)).toEqual([]);
  });

  it.each(Object.keys(CASES))('has no tab and no carriage return in %s', (name) => {
    expect(renderWindowsUserData(CASES[name] ?? SMALLEST)).not.toMatch(/[\t\r]/);
  });

  // https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html
  it('passes only parameters that the bootstrap script has', () => {
    expect(parameterNames(renderWindowsUserData(CASES['everything'] ?? SMALLEST))).toEqual([
      'EKSClusterName',
      'APIServerEndpoint',
      'Base64ClusterCA',
      'ServiceCIDR',
      'DNSClusterIP',
      'ExcludedSnatCIDRs',
      'KubeletExtraArgs',
    ]);
  });

  it('leaves out what is not given or empty', () => {
    const required = [
      'EKSClusterName',
      'APIServerEndpoint',
      'Base64ClusterCA',
      'ServiceCIDR',
      'DNSClusterIP',
    ];
    const empty = { labels: {}, taints: [], kubeletArguments: {}, excludedSnatCidrs: [] };
    expect(parameterNames(renderWindowsUserData(SMALLEST))).toEqual(required);
    expect(renderWindowsUserData({ ...SMALLEST, ...empty })).toBe(renderWindowsUserData(SMALLEST));
  });

  it('gives the same text whatever the order of labels, taints and kubelet arguments', () => {
    const everything = CASES['everything'] ?? SMALLEST;
    const other: WindowsUserData = {
      ...everything,
      labels: reversed(everything.labels),
      kubeletArguments: reversed(everything.kubeletArguments),
      taints: [...(everything.taints ?? [])].reverse(),
    };
    expect(Object.keys(other.labels ?? {})).not.toEqual(Object.keys(everything.labels ?? {}));
    expect(renderWindowsUserData(other)).toBe(renderWindowsUserData(everything));
  });

  it('does not change what it was given', () => {
    const taints = Object.freeze([...(LABELS_AND_TAINTS.taints ?? [])]);
    const labels = Object.freeze({ b: '1', a: '2' });
    expect(renderWindowsUserData({ ...SMALLEST, labels, taints })).toContain(
      '--node-labels=a=2,b=1 --register-with-taints=example.com/dedicated=:NoExecute,os=windows:NoSchedule',
    );
    expect(taints.map(({ key }) => key)).toEqual(['os', 'example.com/dedicated']);
  });

  it('doubles every single quote, also the typographic ones, and nothing else', () => {
    expect(renderWindowsUserData({ ...SMALLEST, clusterName: AWKWARD })).toContain(
      `  EKSClusterName = 'it''s ‘‘odd’’ ‚‚and‛‛ "$HOME" \`n $(exit 7) \${x} %{if} #{y}'\n`,
    );
  });

  it('stays far below the limit of EC2 with everything set and a real certificate', () => {
    const userData = renderWindowsUserData({
      ...(CASES['everything'] ?? SMALLEST),
      base64ClusterCa: 'A'.repeat(1500),
    });
    expect(Buffer.byteLength(userData)).toBeLessThan(4096);
    expect(checkUserDataLength(['userData'], userData)).toEqual([]);
  });
});

describe('values that only Terraform knows', () => {
  /** The same values as literals: what Terraform has to come to. */
  const VALUES: Partial<WindowsUserData> = {
    clusterName: AWKWARD,
    apiServerEndpoint: 'https://example.com',
    base64ClusterCa: 'ZmFrZS1jYQ==',
    serviceCidr: '172.20.0.0/16',
    dnsClusterIp: '172.20.0.10',
    excludedSnatCidrs: ['10.0.0.0/8', AWKWARD],
    labels: { team: AWKWARD, plain: 'x' },
    taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
    kubeletArguments: { 'max-pods': '50' },
  };

  const template = (): Template =>
    Template.of((stack) => {
      const variable = (name: string, value: string): string =>
        new TerraformVariable(stack, name, { type: 'string', default: value }).stringValue;
      const userData = renderWindowsUserData({
        clusterName: variable('name', AWKWARD),
        apiServerEndpoint: variable('endpoint', 'https://example.com'),
        base64ClusterCa: variable('authority', 'ZmFrZS1jYQ=='),
        serviceCidr: variable('network', '172.20.0.0/16'),
        dnsClusterIp: variable('dns', '172.20.0.10'),
        excludedSnatCidrs: ['10.0.0.0/8', variable('snat', AWKWARD)],
        labels: { team: variable('team', AWKWARD), plain: 'x' },
        taints: [{ key: 'os', value: variable('taint', 'windows'), effect: 'NoSchedule' }],
        kubeletArguments: { 'max-pods': variable('pods', '50') },
      });
      new TerraformLocal(stack, 'UserData', escapeTerraformTemplate(userData));
    });

  it('are quoted by Terraform', () => {
    const text = String(template().part('locals')['UserData']);
    expect(text.split('\n').slice(3, 14)).toEqual([
      `  EKSClusterName = '\${replace(var.name, "/(['‘’‚‛])/", "$1$1")}'`,
      `  APIServerEndpoint = '\${replace(var.endpoint, "/(['‘’‚‛])/", "$1$1")}'`,
      `  Base64ClusterCA = '\${replace(var.authority, "/(['‘’‚‛])/", "$1$1")}'`,
      `  ServiceCIDR = '\${replace(var.network, "/(['‘’‚‛])/", "$1$1")}'`,
      `  DNSClusterIP = '\${replace(var.dns, "/(['‘’‚‛])/", "$1$1")}'`,
      '  ExcludedSnatCIDRs = @(',
      "    '10.0.0.0/8'",
      `    '\${replace(var.snat, "/(['‘’‚‛])/", "$1$1")}'`,
      '  )',
      `  KubeletExtraArgs = '\${replace("--max-pods=\${var.pods} --node-labels=plain=x,team=\${var.team} --register-with-taints=os=\${var.taint}:NoSchedule", "/(['‘’‚‛])/", "$1$1")}'`,
      '}',
    ]);
  });

  describeWith(['terraform'], 'filled in by Terraform', () => {
    it('give the same text as values that are known from the start', () => {
      expect(evaluate('local.UserData', valuesOf(template()))).toBe(
        renderWindowsUserData({ ...SMALLEST, ...VALUES }),
      );
    });
  });
});

describe('checkKubeletArguments', () => {
  const check = (flags: Readonly<Record<string, string>>): string[] =>
    checkKubeletArguments(['kubeletArguments'], flags).map(formatProblem);

  it.each([
    ['max-pods', '50'],
    ['v', '2'],
    ['eviction-hard', 'memory.available<500Mi,nodefs.available<10%'],
    ['image-gc-high-threshold', '95'],
    ['system-reserved', 'cpu=500m,memory=1.5Gi'],
    ['log-file', 'C:/logs/kubelet_1.log'],
  ])('allows %s with the value %s', (flag, value) => {
    expect(check({ [flag]: value })).toEqual([]);
  });

  it.each([
    ['--max-pods', 'dashes in front'],
    ['maxPods', 'upper case'],
    ['max_pods', 'an underscore'],
    ['1-flag', 'a digit in front'],
    ['max-pods ', 'a blank behind'],
    ['', 'nothing'],
  ])('does not allow the flag "%s" with %s', (flag) => {
    expect(check({ [flag]: '50' })).toEqual([
      `\`${formatPath(['kubeletArguments', flag])}\` must be a kubelet flag without dashes in front, such as max-pods, and neither node-labels nor register-with-taints, got: "${flag}"; labels go to \`labels\`, taints to \`taints\``,
    ]);
  });

  it.each([
    ['node-labels', 'a=b'],
    ['register-with-taints', 'os=windows:NoSchedule'],
  ])('sends %s to an input of its own', (flag, value) => {
    expect(check({ [flag]: value })).toEqual([
      `\`kubeletArguments["${flag}"]\` must be a kubelet flag without dashes in front, such as max-pods, and neither node-labels nor register-with-taints, got: "${flag}"; labels go to \`labels\`, taints to \`taints\``,
    ]);
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
    expect(check({ 'max-pods': value })).toEqual([
      `\`kubeletArguments["max-pods"]\` must be letters, digits and _ . , : = / % < > + - without blanks, quotes or </, got: ${JSON.stringify(value)}`,
    ]);
  });

  it('reports every flag', () => {
    expect(check({ A: '1', 'max-pods': '' })).toEqual([
      '`kubeletArguments.A` must be a kubelet flag without dashes in front, such as max-pods, and neither node-labels nor register-with-taints, got: "A"; labels go to `labels`, taints to `taints`',
      '`kubeletArguments["max-pods"]` must be letters, digits and _ . , : = / % < > + - without blanks, quotes or </, got: ""',
    ]);
  });

  it('allows a value that only Terraform knows', () => {
    expect(check({ 'max-pods': Token.asString({ resolve: () => 'x y' }) })).toEqual([]);
  });
});

describe('checkUserDataLength', () => {
  it('allows 16 KiB and not a byte more', () => {
    expect(MAX_USER_DATA_BYTES).toBe(16 * 1024);
    expect(checkUserDataLength(['userData'], 'x'.repeat(16_384))).toEqual([]);
    expect(checkUserDataLength(['userData'], 'x'.repeat(16_385)).map(formatProblem)).toEqual([
      '`userData` must be at most 16384 bytes of user data, got: 16385; use fewer or shorter labels, taints and kubelet arguments',
    ]);
  });

  it('counts bytes, not characters', () => {
    expect(checkUserDataLength(['userData'], '’'.repeat(5461))).toEqual([]);
    expect(checkUserDataLength(['userData'], '’'.repeat(5462)).map(formatProblem)).toEqual([
      '`userData` must be at most 16384 bytes of user data, got: 16386; use fewer or shorter labels, taints and kubelet arguments',
    ]);
  });
});
