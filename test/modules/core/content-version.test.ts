import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { contentHash, contentVersion } from '../../../modules/core';
import { Template } from '../../support/template';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The Terraform text of a value made from an unknown string. */
function expressionOf(build: (unknown: string) => string): unknown {
  const template = Template.of((stack) => {
    const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
    new TerraformOutput(stack, 'out', { value: build(stringValue) });
  });
  return template.part('output')['out'];
}

describe('contentHash', () => {
  it('is the hash of the hashes of its parts', () => {
    expect(contentHash(['a', 'b'])).toBe(sha256(`${sha256('a')},${sha256('b')}`));
    expect(contentHash([])).toBe(sha256(''));
  });

  it('hashes text as UTF-8, as Terraform does', () => {
    // printf ä | sha256sum | cut -c1-64 | tr -d "\n" | sha256sum
    expect(contentHash(['ä'])).toBe(
      'f0bf4d09c4c4633d493dd088e01fb21dc3e46ad04ec3838baa3bf1a474cccff3',
    );
  });

  it('minds the order', () => {
    expect(contentHash(['a', 'b'])).not.toBe(contentHash(['b', 'a']));
  });

  it('is different for different lists, also with separators inside the parts', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('', ',', 'a,b', 'a', 'b', '\0'));
    const list = fc.array(part, { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(contentHash(one) === contentHash(other)).toBe(same);
      }),
      { numRuns: 300 },
    );
  });

  it('is what Terraform computes when a part is known only to Terraform', () => {
    const value = `\${sha256(join(",", [sha256(var.v), "${sha256('b')}"]))}`;
    expect(expressionOf((unknown) => contentHash([unknown, 'b']))).toEqual({ value });
    // The same steps by hand, for a variable with the value `a`.
    expect(sha256([sha256('a'), sha256('b')].join(','))).toBe(contentHash(['a', 'b']));
  });
});

describe('contentVersion', () => {
  it('takes the first seven digits of the hash as a number', () => {
    const digits = sha256(sha256('a')).slice(0, 7);
    expect(contentVersion(['a'])).toBe(`1.0.${Number(`0x${digits}`)}`);
  });

  it('is always three numbers that Image Builder takes', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        const version = contentVersion(parts);
        expect(version).toMatch(/^1\.0\.(?:0|[1-9]\d*)$/);
        expect(Number(version.slice('1.0.'.length))).toBeLessThan(2 ** 30);
      }),
    );
  });

  it('is computed by Terraform in the same way', () => {
    const hash = `sha256(join(",", [sha256(var.v), "${sha256('b')}"]))`;
    expect(expressionOf((unknown) => contentVersion([unknown, 'b']))).toEqual({
      value: `1.0.\${parseint(substr(${hash}, 0, 7), 16)}`,
    });
    const byHand = sha256([sha256('a'), sha256('b')].join(','));
    expect(contentVersion(['a', 'b'])).toBe(`1.0.${Number.parseInt(byHand.slice(0, 7), 16)}`);
  });
});
