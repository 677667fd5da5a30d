import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { quotePowerShell, quotePowerShellArray } from '../../../modules/core';
import { powerShellProblems } from '../../support/powershell';
import { Template } from '../../support/template';

const QUOTES = "'\u2018\u2019\u201a\u201b";

/** Reads a single-quoted string as PowerShell does: a quote ends it unless another one follows. */
function readQuoted(text: string): { value: string; rest: string } {
  const [, body = '', rest = ''] =
    new RegExp(`^[${QUOTES}]((?:[^${QUOTES}]|[${QUOTES}]{2})*)[${QUOTES}](.*)$`, 's').exec(text) ??
    [];
  return { value: body.replace(new RegExp(`[${QUOTES}]([${QUOTES}])`, 'g'), '$1'), rest };
}

describe('quotePowerShell', () => {
  it.each([
    ['', "''"],
    ['plain text', "'plain text'"],
    ["it's", "'it''s'"],
    ["''", "''''''"],
    ['\u2018a\u2019 \u201ab\u201b', "'\u2018\u2018a\u2019\u2019 \u201a\u201ab\u201b\u201b'"],
    ['"$env:TEMP" $(Get-Date) `n', '\'"$env:TEMP" $(Get-Date) `n\''],
    ['two\nlines', "'two\nlines'"],
    ["$& $' $1", "'$& $'' $1'"],
  ])('writes %j as %j', (value, text) => {
    expect(quotePowerShell(value)).toBe(text);
  });

  it('is read back as the same value with nothing behind it', () => {
    const piece = fc.constantFrom(...QUOTES, '$', '`', '"', '\n', 'a', ';');
    const value = fc.oneof(
      fc.string(),
      fc.array(piece).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(value, (original) => {
        expect(readQuoted(quotePowerShell(original))).toEqual({ value: original, rest: '' });
      }),
      { numRuns: 500 },
    );
  });

  it('is one expression to the PowerShell grammar', async () => {
    const values = ["it's", '"; throw 1 #', '$(throw 1)', '`', 'two\nlines', '@"'];
    const script = values.map((value) => `$x = ${quotePowerShell(value)}\n`).join('');
    expect(await powerShellProblems(script)).toEqual([]);
  });

  it('leaves the quoting of an unknown value to Terraform, with the same rule', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      new TerraformOutput(stack, 'out', { value: quotePowerShell(stringValue) });
    });
    const value = `'\${replace(var.v, "/([${QUOTES}])/", "$1$1")}'`;
    expect(template.part('output')).toEqual({ out: { value } });
  });
});

describe('quotePowerShellArray', () => {
  it('writes one quoted item a line', () => {
    expect(quotePowerShellArray(['a', "b's"])).toBe("@(\n  'a'\n  'b''s'\n)");
  });

  it('writes an empty array without an item', async () => {
    expect(quotePowerShellArray([])).toBe('@(\n)');
    expect(await powerShellProblems(`$x = ${quotePowerShellArray([])}\n`)).toEqual([]);
  });
});
