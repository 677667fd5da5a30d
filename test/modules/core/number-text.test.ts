import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { numberText } from '../../../modules/core';
import { Template } from '../../support/template';

describe('numberText', () => {
  it.each([
    [0, '0'],
    [180, '180'],
    [-1, '-1'],
  ])('writes %d', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('keeps a number that only Terraform knows as a reference', () => {
    const template = Template.of((stack) => {
      const { numberValue } = new TerraformVariable(stack, 'n', { type: 'number' });
      new TerraformOutput(stack, 'out', { value: `${numberText(numberValue)}m` });
    });
    expect(template.part('output')).toEqual({ out: { value: '${var.n}m' } });
  });
});
