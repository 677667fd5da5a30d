import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput } from 'cdktf';
import fc from 'fast-check';
import { escapeTerraformTemplate } from '../../../modules/core';
import { Template } from '../../support/template';

/** What Terraform makes of a template without an expression in it. */
function renderTemplate(template: string): string {
  const opener = /(?<!\$)\$\{|(?<!%)%\{/.exec(template);
  if (opener !== null) throw new Error(`an expression begins at ${opener.index}`);
  return template.replace(/([$%])\1\{/g, '$1{');
}

describe('escapeTerraformTemplate', () => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['${a}', '$${a}'],
    ['%{ if a }', '%%{ if a }'],
    ['$${a}', '$$${a}'],
    ['%%{a}', '%%%{a}'],
    ['$%{a}', '$%%{a}'],
    ['%${a}', '%$${a}'],
    ['$ {a} $x $$ %d { }', '$ {a} $x $$ %d { }'],
    ['${a}${b}', '$${a}$${b}'],
    ['@{ $x = ${env:TEMP} }', '@{ $x = $${env:TEMP} }'],
  ])('writes %j as %j', (text, template) => {
    expect(escapeTerraformTemplate(text)).toBe(template);
  });

  it('is undone by Terraform, whatever the text', () => {
    const pieces = fc.constantFrom('$', '%', '{', '}', '${', '%{', 'a', '\n', '"', '\\');
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (original) => {
        expect(renderTemplate(escapeTerraformTemplate(original))).toBe(original);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves references to Terraform alone', () => {
    const template = Template.of((stack) => {
      const value = escapeTerraformTemplate(`a ${Fn.upper('b')} \${c}`);
      new TerraformOutput(stack, 'out', { value });
    });
    expect(template.part('output')).toEqual({ out: { value: 'a ${upper("b")} $${c}' } });
  });

  it('keeps a dollar sign in front of a reference from escaping it', () => {
    const template = Template.of((stack) => {
      const value = escapeTerraformTemplate(`$$${Fn.upper('b')}`);
      new TerraformOutput(stack, 'out', { value });
    });
    expect(template.part('output')).toEqual({ out: { value: '$${"$"}${upper("b")}' } });
  });
});
