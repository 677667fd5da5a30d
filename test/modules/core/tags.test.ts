import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, TerraformVariable, Token } from 'cdktf';
import { writtenTags } from '../../../modules/core';
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
