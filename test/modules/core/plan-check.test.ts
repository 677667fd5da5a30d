import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { PlanCheck } from '../../../modules/core';
import { Template } from '../../support/template';

const PROPS = { condition: '${var.x == "1"}', errorMessage: 'x is not 1.' };

describe('PlanCheck', () => {
  it('is a check block with one assertion, and no resource', () => {
    const template = Template.of((stack) => new PlanCheck(stack, 'check', PROPS));
    expect(template.part('check')).toEqual({
      check: { assert: [{ condition: '${var.x == "1"}', error_message: 'x is not 1.' }] },
    });
    expect(template.addresses()).toEqual([]);
  });

  it('resolves references in both texts', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'x', { type: 'string' });
      new PlanCheck(stack, 'check', { condition: stringValue, errorMessage: `x: ${stringValue}` });
    });
    expect(template.part('check')).toEqual({
      check: { assert: [{ condition: '${var.x}', error_message: 'x: ${var.x}' }] },
    });
  });

  it('is named after its path, so that two live in one stack', () => {
    const template = Template.of((stack) => {
      for (const name of ['one', 'two']) new PlanCheck(new Construct(stack, name), 'Age', PROPS);
    });
    expect(Object.keys(template.part('check'))).toEqual(['one_Age_617B3E22', 'two_Age_8D8CD558']);
  });

  it('leaves the rest of the stack alone', () => {
    const build = (withCheck: boolean) =>
      Template.of((stack) => {
        new TerraformOutput(stack, 'out', { value: '1' });
        if (withCheck) new PlanCheck(stack, 'check', PROPS);
      }).part('output');
    expect(build(true)).toEqual(build(false));
  });
});
