import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { powerShellProblems } from '../../../support/powershell';
import { CASES } from './user-data-cases';

/**
 * All parameters of `Start-EKSBootstrap.ps1`, and what kind of value each takes. The legacy
 * `ContainerRuntime` is documented too, and must not be passed: newer scripts do not have it.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html#bootstrap-script-configuration-parameters
 */
const DOCUMENTED: Readonly<Record<string, 'text' | 'list'>> = {
  EKSClusterName: 'text',
  KubeletExtraArgs: 'text',
  KubeProxyExtraArgs: 'text',
  APIServerEndpoint: 'text',
  Base64ClusterCA: 'text',
  DNSClusterIP: 'text',
  ServiceCIDR: 'text',
  ExcludedSnatCIDRs: 'list',
};

const FOLDER = join(__dirname, '..', '..', '..', 'golden', 'user-data');
const FILES = readdirSync(FOLDER).sort();
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

/** The PowerShell between the tags that EC2Launch looks for. */
const script = (userData: string): string =>
  /^<powershell>\n(.*)<\/powershell>\n$/s.exec(userData)?.[1] ?? '';

/** The lines of the hash table that is splatted. */
function tableLines(userData: string): string[] {
  const [table, ...others] = [...userData.matchAll(/^\$bootstrap = @\{\n(.*?)^\}$/gms)];
  if (table === undefined || others.length > 0) throw new Error('expected one hash table');
  return String(table[1]).trimEnd().split('\n');
}

/** What is splatted, by the names of the parameters. */
function parameters(userData: string): Record<string, 'text' | 'list'> {
  const entries = tableLines(userData)
    .filter((line) => /^ {2}\S/.test(line) && line !== '  )')
    .map((line) => {
      const [, name, value] = /^ {2}(\w+) = ('(?:[^'‘’‚‛]|['‘’‚‛]{2})*'|@\()$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`no parameter: ${line}`);
      return [name, value === '@(' ? 'list' : 'text'] as const;
    });
  expect(new Set(entries.map(([name]) => name)).size).toBe(entries.length);
  return Object.fromEntries(entries);
}

/** What is wrong with the parameters that a script is called with. */
function parameterProblems(userData: string): string[] {
  const given = parameters(userData);
  const names = Object.keys(given);
  const has = (name: string): boolean => names.includes(name);
  const needed = ['EKSClusterName', 'ServiceCIDR', 'DNSClusterIP'].filter((name) => !has(name));
  return [
    ...names.filter((name) => !(name in DOCUMENTED)).map((name) => `${name} is not documented`),
    ...names
      .filter((name) => name in DOCUMENTED && given[name] !== DOCUMENTED[name])
      .map((name) => `${name} is not a ${DOCUMENTED[name]}`),
    ...needed.map((name) => `${name} is missing`),
    ...(has('APIServerEndpoint') && has('Base64ClusterCA')
      ? []
      : ['APIServerEndpoint and Base64ClusterCA are not both there']),
  ];
}

describe('every file of test/golden/user-data', () => {
  it('belongs to a case', () => {
    expect(FILES).toEqual(
      Object.keys(CASES)
        .map((name) => `${name}.ps1`)
        .sort(),
    );
  });

  it.each(FILES)('calls the bootstrap script with documented parameters only: %s', (file) => {
    expect(parameterProblems(read(file))).toEqual([]);
  });

  it.each(FILES)('is PowerShell without mistakes: %s', async (file) => {
    expect(await powerShellProblems(script(read(file)))).toEqual([]);
  });

  it.each(FILES)('calls the bootstrap script once, and ends with 1 when it fails: %s', (file) => {
    const text = script(read(file));
    expect(text.match(/Start-EKSBootstrap\.ps1" @bootstrap 3>&1 4>&1 5>&1 6>&1$/gm)).toHaveLength(
      1,
    );
    expect(text).toMatch(/\nif \(\$null -ne \$failure\) \{\n {2}exit 1\n\}\n$/);
  });

  it.each(FILES)('has no tab, no carriage return and one pair of tags: %s', (file) => {
    expect(read(file)).not.toMatch(/[\t\r]/);
    expect(read(file).match(/<\/?powershell>/g)).toEqual(['<powershell>', '</powershell>']);
  });

  it.each(FILES)('never names a container runtime: %s', (file) => {
    expect(read(file)).not.toMatch(/ContainerRuntime/i);
  });
});

describe('the check of the parameters', () => {
  const wrap = (...lines: readonly string[]): string =>
    ['$bootstrap = @{', ...lines.map((line) => `  ${line}`), '}'].join('\n');
  const COMPLETE = ['EKSClusterName', 'ServiceCIDR', 'DNSClusterIP', 'APIServerEndpoint'].map(
    (name) => `${name} = 'x'`,
  );

  it('finds what is not documented, what has another kind of value and what is missing', () => {
    expect(
      parameterProblems(wrap("ContainerRuntime = 'x'", "ExcludedSnatCIDRs = 'x'", ...COMPLETE)),
    ).toEqual([
      'ContainerRuntime is not documented',
      'ExcludedSnatCIDRs is not a list',
      'APIServerEndpoint and Base64ClusterCA are not both there',
    ]);
    expect(parameterProblems(wrap("Base64ClusterCA = 'x'"))).toEqual([
      'EKSClusterName is missing',
      'ServiceCIDR is missing',
      'DNSClusterIP is missing',
      'APIServerEndpoint and Base64ClusterCA are not both there',
    ]);
  });

  it('does not read a value that ends its quotes', () => {
    expect(() => parameters(wrap("EKSClusterName = 'it's'"))).toThrow(
      new Error("no parameter:   EKSClusterName = 'it's'"),
    );
  });
});
