import { describe, expect, it } from '@jest/globals';
import { TerraformLocal, TerraformVariable } from 'cdktf';
import { escapeTerraformTemplate } from '../../../../modules/core';
import { renderWindowsUserData, type WindowsUserData } from '../../../../modules/eks-windows-nodes';
import {
  checkUserDataLength,
  MAX_USER_DATA_BYTES,
} from '../../../../modules/eks-windows-nodes/bootstrap/windows-user-data';
import { expectGolden } from '../../../support/golden';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';
import { evaluate, valuesOf } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';
import { AWKWARD, CASES, LABELS_AND_TAINTS, SMALLEST, userDataCase } from './user-data-cases';

/** Turns the order of keys round in all records, but not that of lists. */
function reversedDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, reversedDeep(one)] as const);
  return Object.fromEntries(entries.reverse()) as T;
}

describe('renderWindowsUserData', () => {
  it.each(Object.keys(CASES))('renders test/golden/user-data/%s.ps1', (name) => {
    expectGolden(`user-data/${name}.ps1`, renderWindowsUserData(userDataCase(name)));
  });

  it('leaves out what is not given or empty', () => {
    const empty = {
      labels: {},
      taints: [],
      kubeletArguments: {},
      kubeProxyArguments: {},
      excludedSnatCidrs: [],
      trustedCertificates: [],
      proxy: undefined,
    };
    expect(renderWindowsUserData({ ...SMALLEST, ...empty })).toBe(renderWindowsUserData(SMALLEST));
  });

  it('gives the same text whatever the order of keys and taints', () => {
    const everything = userDataCase('everything');
    const other = reversedDeep(everything);
    const taints = [...(everything.taints ?? [])].reverse();
    expect(Object.keys(other.kubeReserved ?? {})).not.toEqual(
      Object.keys(everything.kubeReserved ?? {}),
    );
    expect(renderWindowsUserData({ ...other, taints })).toBe(renderWindowsUserData(everything));
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

  it('puts proxy, certificates and script before the bootstrap, and the other script behind it', () => {
    const text = renderWindowsUserData(userDataCase('everything'));
    const steps = [
      'Start-Transcript',
      '$bootstrap = @{',
      '$proxy = @{',
      '$certificates = @(',
      'w32tm.exe',
      '@bootstrap 3>&1',
      "'joined'",
      '$failure = $null\n',
      'catch {\n  $failure =',
      'finally {',
      'Complete-BootstrapHook $result',
      'exit 1',
    ];
    const places = steps.map((step) => text.indexOf(step));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('answers no hook that there is not', () => {
    expect(renderWindowsUserData(SMALLEST)).not.toMatch(/hook|lifecycle/i);
  });

  it('stays far below the limit of EC2 with a real certificate', () => {
    const sizeOf = (data: WindowsUserData): number =>
      Buffer.byteLength(renderWindowsUserData({ ...data, base64ClusterCa: 'A'.repeat(1500) }));
    expect(sizeOf(SMALLEST)).toBeLessThan(4096);
    expect(sizeOf(userDataCase('everything'))).toBeLessThan(8192);
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
    kubeletArguments: { v: '50' },
    kubeProxyArguments: { v: '50' },
    maxPods: 50,
    systemReserved: { memory: '50' },
    proxy: { httpsProxy: 'https://example.com', noProxy: ['10.0.0.0/8'] },
    hookedGroupName: AWKWARD,
  };

  const template = (): Template =>
    Template.of((stack) => {
      const text = (name: string, value: string): string =>
        new TerraformVariable(stack, name, { type: 'string', default: value }).stringValue;
      const pods = new TerraformVariable(stack, 'number', { type: 'number', default: 50 });
      const [fifty, endpoint] = [text('pods', '50'), text('endpoint', 'https://example.com')];
      const userData = renderWindowsUserData({
        clusterName: text('name', AWKWARD),
        apiServerEndpoint: endpoint,
        base64ClusterCa: text('authority', 'ZmFrZS1jYQ=='),
        serviceCidr: text('network', '172.20.0.0/16'),
        dnsClusterIp: text('dns', '172.20.0.10'),
        excludedSnatCidrs: ['10.0.0.0/8', text('snat', AWKWARD)],
        labels: { team: text('team', AWKWARD), plain: 'x' },
        taints: [{ key: 'os', value: text('taint', 'windows'), effect: 'NoSchedule' }],
        kubeletArguments: { v: fifty },
        kubeProxyArguments: { v: fifty },
        maxPods: pods.numberValue,
        systemReserved: { memory: fifty },
        proxy: { httpsProxy: endpoint, noProxy: ['10.0.0.0/8'] },
        hookedGroupName: text('group', AWKWARD),
      });
      new TerraformLocal(stack, 'UserData', escapeTerraformTemplate(userData));
    });

  it('are quoted by Terraform', () => {
    const lines = String(template().part('locals')['UserData']).split('\n');
    const start = lines.indexOf('$bootstrap = @{');
    expect(lines.slice(start + 1, start + 13)).toEqual([
      `  EKSClusterName = '\${replace(var.name, "/(['‘’‚‛])/", "$1$1")}'`,
      `  APIServerEndpoint = '\${replace(var.endpoint, "/(['‘’‚‛])/", "$1$1")}'`,
      `  Base64ClusterCA = '\${replace(var.authority, "/(['‘’‚‛])/", "$1$1")}'`,
      `  ServiceCIDR = '\${replace(var.network, "/(['‘’‚‛])/", "$1$1")}'`,
      `  DNSClusterIP = '\${replace(var.dns, "/(['‘’‚‛])/", "$1$1")}'`,
      '  ExcludedSnatCIDRs = @(',
      "    '10.0.0.0/8'",
      `    '\${replace(var.snat, "/(['‘’‚‛])/", "$1$1")}'`,
      '  )',
      `  KubeletExtraArgs = '\${replace("--max-pods=\${var.number} --node-labels=plain=x,team=\${var.team} --register-with-taints=os=\${var.taint}:NoSchedule --system-reserved=memory=\${var.pods} --v=\${var.pods}", "/(['‘’‚‛])/", "$1$1")}'`,
      `  KubeProxyExtraArgs = '\${replace("--v=\${var.pods}", "/(['‘’‚‛])/", "$1$1")}'`,
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

describe('checkUserDataLength', () => {
  it('allows 16 KiB and not a byte more', () => {
    expect(MAX_USER_DATA_BYTES).toBe(16 * 1024);
    expect(checkUserDataLength(['userData'], 'x'.repeat(16_384))).toEqual([]);
    expect(checkUserDataLength(['userData'], 'x'.repeat(16_385)).map(outline)).toEqual([
      '`userData` user-data-length: 16385',
    ]);
  });

  it('counts bytes, not characters', () => {
    expect(checkUserDataLength(['userData'], '’'.repeat(5461))).toEqual([]);
    expect(checkUserDataLength(['userData'], '’'.repeat(5462)).map(outline)).toEqual([
      '`userData` user-data-length: 16386',
    ]);
  });
});
