import { describe, expect, it } from '@jest/globals';
import { fastLaunchScript } from '../../modules/fast-launch/scripts';
import { type Change, withChanges } from '../app/full-environment';
import { Template } from '../support/template';
import {
  SECOND_GROUP,
  synthesizeEnvironment,
  WITHOUT_FAST_LAUNCH,
} from './synthesized-environment';
import { expressionParts, expressionsIn, stringsIn } from './terraform-expressions';

/** Functions that the constructs use. All are in Terraform 1.5. */
const FUNCTIONS = [
  'base64encode',
  'cidrhost',
  'contains',
  'element',
  'join',
  'one',
  'parseint',
  'replace',
  'sha256',
  'split',
  'substr',
  'tonumber',
];

const CASES: readonly (readonly [name: string, changes: readonly Change[]])[] = [
  ['everything', []],
  ['two groups', [SECOND_GROUP]],
  ['no Fast Launch, AMI of Amazon', [WITHOUT_FAST_LAUNCH, ['ami: built', 'ami: eks-optimized']]],
  ['an AMI of your own', [['ami: built', 'ami: { imageId: ami-01234567 }']]],
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

describe('every string of a synthesized stack', () => {
  it.each(stacks)('refers only to what the stack declares: %s', (_name, text) => {
    const known = declared(text);
    const dangling = stringsIn(JSON.parse(text))
      .flatMap(({ text: one }) => expressionsIn(one))
      .flatMap((expression) => expressionParts(expression).references)
      .filter((reference) => !reference.startsWith('self.triggers_replace.'))
      .filter((reference) => !known.some((one) => `${reference}.`.startsWith(`${one}.`)));
    expect(dangling).toEqual([]);
  });

  it.each(stacks)('depends only on what the stack declares: %s', (_name, text) => {
    const strings = stringsIn(JSON.parse(text)).filter(({ key }) => key === 'depends_on');
    expect(strings.length).toBeGreaterThan(0);
    expect(strings.map((one) => one.text).filter((one) => !declared(text).includes(one))).toEqual(
      [],
    );
  });

  it.each(stacks)('calls only functions that were meant: %s', (_name, text) => {
    const called = stringsIn(JSON.parse(text))
      .flatMap(({ text: one }) => expressionsIn(one))
      .flatMap((expression) => expressionParts(expression).functions);
    expect(called.filter((name) => !FUNCTIONS.includes(name))).toEqual([]);
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
    const { texts } = synthesizeEnvironment();
    const escaped = texts
      .flatMap((text) => stringsIn(JSON.parse(text)))
      .filter(({ text }) => /\$\$\{|%%\{/.test(text));
    expect(new Set(escaped.map(({ key }) => key))).toEqual(new Set(['command']));
    const scripts = escaped.map(({ text }) => text.replaceAll('$${', '${').replaceAll('%%{', '%{'));
    expect(new Set(scripts)).toEqual(
      new Set([fastLaunchScript('enable'), fastLaunchScript('disable')]),
    );
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
