import { describe, expect, it } from '@jest/globals';
import { amiRetentionScript, renderAmiRetentionCommand } from '../../modules/ami-retention/scripts';
import { renderFastLaunchCommand, renderFastLaunchScript } from '../../modules/fast-launch/scripts';
import { type Change, withChanges } from '../app/full-environment';
import { type Block, Template } from '../support/template';
import {
  SECOND_GROUP,
  synthesizeEnvironment,
  WITHOUT_FAST_LAUNCH,
} from './synthesized-environment';
import { expressionParts, expressionsIn, stringsIn } from './terraform-expressions';

/** Functions that the constructs use, and what for. All are in Terraform 1.5. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  base64encode: 'user data',
  cidrhost: 'address of the cluster DNS in user data',
  contains: 'authentication mode of the cluster, AMIs that are found',
  element: 'minor version of the cluster, owner of the AMI',
  formatlist: 'Regions and accounts of the AMIs of a build, kubelets that a cluster takes',
  join: 'hashes of a recipe, Region and account of a build, kubelets that a cluster takes',
  length: 'owner of the AMI, snapshots that Fast Launch has prepared',
  parseint: 'hash of a recipe as a version',
  plantimestamp: 'age of a dated base AMI',
  range: 'kubelets that a cluster takes',
  replace: 'quotes in user data',
  sha256: 'hashes of a recipe',
  slice: 'Region and account of a build',
  split: 'minor version of the cluster, ARN of a build',
  startswith: 'age of a dated base AMI',
  substr: 'hash of a recipe as a version',
  timecmp: 'age of a dated base AMI',
  tonumber: 'minor version of the cluster',
  try: 'account of a state from before it was kept',
  zipmap: 'AMIs of a build by Region and account',
};

const CASES: readonly (readonly [name: string, changes: readonly Change[]])[] = [
  ['everything', []],
  ['two groups', [SECOND_GROUP]],
  ['a dated base', [['release: latest', 'release: 1.35-2026.04.18']]],
  [
    'a plain base, many Regions, and older AMIs deleted',
    [
      [
        '  buildOnApply: true\n',
        `  buildOnApply: true
  base: plain-windows
  components: [update-windows, image-cache, amazon-cloudwatch-agent-windows]
  distribution:
    targets: [{ region: eu-west-1 }, { region: us-west-2, fastLaunch: [{}] }]
  notifications: { emails: [images@example.com] }
  retention: { older: delete, keep: 2, onDestroy: delete }
`,
      ],
    ],
  ],
  [
    'older AMIs deleted by a policy',
    [['buildOnApply: true', 'buildOnApply: true\n  retention: { older: delete }']],
  ],
  ['no retention', [['buildOnApply: true', 'buildOnApply: true\n  retention: none']]],
  ['no Fast Launch, AMI of Amazon', [WITHOUT_FAST_LAUNCH, ['ami: built', 'ami: eks-optimized']]],
  ['an older AMI of the image', [['ami: built', 'ami: { builtVersion: 3 }']]],
  ['an AMI of your own', [['ami: built', 'ami: { imageId: ami-01234567 }']]],
  [
    'nodes behind a proxy, with a hook',
    [
      [
        'maxSize: 5\n',
        `maxSize: 5
      proxy: { httpsProxy: "http://proxy:3128", noProxy: [10.0.0.0/8] }
      failedBootstrap: replace
`,
      ],
    ],
  ],
  [
    'all characters that a file takes',
    [
      ['owner: platform', 'a_.:/=+-1: "a 1_.:/=+-@"'],
      ['maxSize: 5\n', 'maxSize: 5\n      kubeletArguments: { feature: "%<a,b=c>%" }\n'],
    ],
  ],
];

/** The texts of both stacks, with what the name of a test needs. */
const stacks = CASES.flatMap(([name, changes]) =>
  synthesizeEnvironment(...changes).texts.map(
    (text, index) => [`${name}, ${index === 0 ? 'image' : 'nodes'} stack`, text] as const,
  ),
);

/** What a reference may begin with: everything that the stack declares. */
function declared(text: string): string[] {
  const template = Template.parse(text);
  const locals = Object.keys(template.part('locals')).map((name) => `local.${name}`);
  return [...template.addresses(), ...locals];
}

/** Everything that a value refers to, as often as it does. */
const referencesIn = (value: unknown): string[] =>
  stringsIn(value)
    .flatMap(({ text }) => expressionsIn(text))
    .flatMap((expression) => expressionParts(expression).references);

const isSelf = (reference: string): boolean => reference.startsWith('self.');

/** All functions that a stack calls. */
const functionsIn = (text: string): string[] =>
  stringsIn(JSON.parse(text))
    .flatMap(({ text: one }) => expressionsIn(one))
    .flatMap((expression) => expressionParts(expression).functions);

/** What a resource that runs commands has of its own, as `self` in a command sees it. */
function ownValues(resource: Block): string[] {
  return ['triggers_replace', 'input'].flatMap((map) =>
    Object.keys(resource[map] ?? {}).map((key) => `self.${map}.${key}`),
  );
}

describe('every string of a synthesized stack', () => {
  it.each(stacks)('refers only to what the stack declares: %s', (_name, text) => {
    const known = declared(text);
    const dangling = referencesIn(JSON.parse(text))
      .filter((reference) => !isSelf(reference))
      .filter((reference) => !known.some((one) => `${reference}.`.startsWith(`${one}.`)));
    expect(dangling).toEqual([]);
  });

  it.each(stacks)('refers by self only to what the resource itself has: %s', (_name, text) => {
    const resources = Object.values(Template.parse(text).resources('terraform_data'));
    const dangling = resources.flatMap((resource) => {
      const own = ownValues(resource);
      return referencesIn(resource).filter((one) => isSelf(one) && !own.includes(one));
    });
    expect(dangling).toEqual([]);
    const uses = resources.flatMap(referencesIn).filter(isSelf);
    expect(referencesIn(JSON.parse(text)).filter(isSelf)).toEqual(uses);
  });

  it.each(stacks)('depends only on what the stack declares: %s', (_name, text) => {
    const strings = stringsIn(JSON.parse(text)).filter(({ key }) => key === 'depends_on');
    expect(strings.length).toBeGreaterThan(0);
    expect(strings.map((one) => one.text).filter((one) => !declared(text).includes(one))).toEqual(
      [],
    );
  });

  it.each(stacks)('calls only functions that were meant: %s', (_name, text) => {
    expect(functionsIn(text).filter((name) => FUNCTIONS[name] === undefined)).toEqual([]);
  });

  it('calls each of these functions in one of the stacks', () => {
    const called = new Set(stacks.flatMap(([, text]) => functionsIn(text)));
    expect([...called].sort()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it.each(stacks)('has no place-holder of CDKTF left: %s', (_name, text) => {
    // Number place-holders are printed as numbers of 308 digits.
    expect(text).not.toMatch(/TfToken|Token\[|e\+30\d|\[object |undefined/);
  });

  it('uses self only where a command runs when its resource goes', () => {
    const uses = stacks.flatMap(([, text]) =>
      Object.values(Template.parse(text).resources('terraform_data')).flatMap((resource) => {
        const { provisioner = [], ...rest } = resource as {
          provisioner?: readonly { 'local-exec': { when?: string } }[];
        };
        const others = provisioner.filter((one) => one['local-exec'].when !== 'destroy');
        return stringsIn([rest, others]).filter((one) => one.text.includes('${self.'));
      }),
    );
    expect(uses).toEqual([]);
  });

  it('is escaped in scripts, and nowhere else', () => {
    const escaped = stacks
      .flatMap(([, text]) => stringsIn(JSON.parse(text)))
      .filter(({ text }) => /\$\$\{|%%\{/.test(text));
    expect(new Set(escaped.map(({ key }) => key))).toEqual(new Set(['command']));
    expect(new Set(escaped.map(({ text }) => text))).toEqual(
      new Set([
        renderFastLaunchCommand('enable'),
        renderFastLaunchCommand('disable'),
        renderAmiRetentionCommand('destroy'),
        renderAmiRetentionCommand('retire'),
      ]),
    );
  });

  it('is a script again once Terraform has read it', () => {
    const read = (command: string): string =>
      command.replaceAll('$${', '${').replaceAll('%%{', '%{');
    expect(read(renderFastLaunchCommand('enable'))).toBe(renderFastLaunchScript('enable'));
    expect(read(renderFastLaunchCommand('disable'))).toBe(renderFastLaunchScript('disable'));
    expect(read(renderAmiRetentionCommand('destroy'))).toBe(amiRetentionScript('destroy'));
    expect(read(renderAmiRetentionCommand('retire'))).toBe(amiRetentionScript('retire'));
  });
});

describe('expressionsIn', () => {
  it.each<[string, readonly string[]]>([
    ['plain, $x, $(x), {x}, %x', []],
    ['a${b.c}d${e(f)}', ['b.c', 'e(f)']],
    ['$${a} %%{b}', []],
    ['$$${a}', []],
    ['${a("}", "\\"}")}-${b}', ['a("}", "\\"}")', 'b']],
    ['${{ a = b }}', ['{ a = b }']],
  ])('finds them in %s', (text, expected) => {
    expect(expressionsIn(text)).toEqual(expected);
  });

  it.each([
    ['%{ if a }', 'a directive: %{ if a }'],
    ['${a', 'no end: ${a'],
    ['${a("${b}")}', 'a template inside a template: "${b}"'],
  ])('refuses %s', (text, message) => {
    expect(() => expressionsIn(text)).toThrow(new Error(message));
  });

  it('is what changes of the full environment are looked at with', () => {
    expect(expressionsIn(withChanges())).toEqual([]);
  });
});

describe('expressionParts', () => {
  it('tells functions and references apart, and leaves words in quotes alone', () => {
    const parts = expressionParts(
      '(f(a.b-c[0].d, "x.y \\" z") <= g(local.e_1)) && one(data.h.i.j).k',
    );
    expect(parts).toEqual({
      functions: ['f', 'g', 'one'],
      references: ['a.b-c.d', 'local.e_1', 'data.h.i.j'],
    });
  });
});
