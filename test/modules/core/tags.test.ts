import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, TerraformVariable, Token } from 'cdktf';
import { AMI_TAG_KEY, checkText, TAG_KEY, TAG_VALUE, writtenTags } from '../../../modules/core';
import { Template } from '../../support/template';

describe('writtenTags', () => {
  it.each([[[]], [[undefined]], [[{}]], [[{}, undefined, {}]]])('is nothing for %j', (maps) => {
    expect(writtenTags(...maps)).toBe(undefined);
  });

  it('merges maps, of which later ones win', () => {
    expect(writtenTags({ a: '1', b: '1' }, undefined, { b: '2', c: '2' })).toEqual({
      a: '1',
      b: '2',
      c: '2',
    });
  });

  it('leaves its inputs as they were', () => {
    const tags = { a: '1' };
    writtenTags(tags, { a: '2' });
    expect(tags).toEqual({ a: '1' });
  });

  it('passes a map that only Terraform knows', () => {
    const unknown = Token.asStringMap(Fn.merge([{}]));
    expect(writtenTags(undefined, unknown)).toBe(unknown);
  });

  it('lets Terraform merge a map that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const unknown = new TerraformVariable(stack, 'tags', { type: 'map(string)' });
      const map = Token.asStringMap(unknown.value);
      new TerraformOutput(stack, 'out', { value: writtenTags({ a: '1' }, map) });
    });
    expect(template.part('output')).toEqual({ out: { value: '${merge({"a" = "1"}, var.tags)}' } });
  });
});

describe('the rules on tags', () => {
  it.each([
    [
      'a key',
      TAG_KEY,
      ['a', 'kubernetes.io/x', 'x'.repeat(128)],
      ['', 'a b', 'a@b', 'x'.repeat(129)],
    ],
    ['a value', TAG_VALUE, ['', 'a b@c', 'x'.repeat(256)], ['ä', 'a\n', 'x'.repeat(257)]],
    ['a key of an AMI', AMI_TAG_KEY, ['a b', 'a@b', 'x'.repeat(128)], ['', 'ä', 'x'.repeat(129)]],
  ] as const)('know %s', (_name, rule, good, bad) => {
    const wrong = (text: string) => checkText([], text, rule).length > 0;
    expect(good.filter(wrong)).toEqual([]);
    // The prefix is AWS's own, however it is spelled.
    expect([...bad, 'aws:x', 'AWS:x', 'aWs:x'].filter((text) => !wrong(text))).toEqual([]);
  });
});
