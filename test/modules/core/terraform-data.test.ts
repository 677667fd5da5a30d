import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../modules/core';
import { Template } from '../../support/template';

describe('TerraformData', () => {
  it('writes nothing but its triggers when there is nothing else', () => {
    const template = Template.of((stack) => {
      new TerraformData(stack, 'data', { triggersReplace: { AMI: 'ami-1' } });
    });
    expect(template.resource('terraform_data')).toEqual({ triggers_replace: { AMI: 'ami-1' } });
    expect(template.addresses()).toEqual(['terraform_data.data']);
  });

  it('leaves out empty lists too', () => {
    const template = Template.of((stack) => {
      const lists = { localExec: [], dependsOn: [], preconditions: [] };
      new TerraformData(stack, 'data', { triggersReplace: {}, ...lists });
    });
    expect(template.resource('terraform_data')).toEqual({ triggers_replace: {} });
  });

  it('writes commands that run at creation and at destruction, in order', () => {
    const template = Template.of((stack) => {
      new TerraformData(stack, 'data', {
        triggersReplace: { id: 'a' },
        localExec: [
          { command: 'echo up', environment: { AMI_ID: 'ami-1', fooBar: 'x', lower_case: 'y' } },
          { command: 'echo down', environment: {}, when: 'destroy' },
        ],
      });
    });
    expect(template.resource('terraform_data')).toEqual({
      triggers_replace: { id: 'a' },
      provisioner: [
        {
          'local-exec': {
            command: 'echo up',
            environment: { AMI_ID: 'ami-1', fooBar: 'x', lower_case: 'y' },
            interpreter: ['/bin/sh', '-c'],
            quiet: true,
          },
        },
        {
          'local-exec': {
            command: 'echo down',
            environment: {},
            interpreter: ['/bin/sh', '-c'],
            quiet: true,
            when: 'destroy',
          },
        },
      ],
    });
  });

  it('writes what it depends on and its conditions', () => {
    const template = Template.of((stack) => {
      const first = new TerraformData(stack, 'first', { triggersReplace: {} });
      new TerraformData(stack, 'second', {
        triggersReplace: {},
        dependsOn: [first],
        preconditions: [{ condition: '${var.a != ""}', errorMessage: 'a is empty' }],
      });
    });
    expect(template.resources('terraform_data')['second']).toEqual({
      triggers_replace: {},
      depends_on: ['terraform_data.first'],
      lifecycle: { precondition: [{ condition: '${var.a != ""}', error_message: 'a is empty' }] },
    });
  });

  it('passes references in triggers and environment, and offers its id', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      const data = new TerraformData(stack, 'data', {
        triggersReplace: { v: stringValue },
        localExec: [{ command: 'true', environment: { V: stringValue } }],
      });
      new TerraformOutput(stack, 'out', { value: data.id });
    });
    expect(template.resource('terraform_data')).toMatchObject({
      triggers_replace: { v: '${var.v}' },
      provisioner: [{ 'local-exec': { environment: { V: '${var.v}' } } }],
    });
    expect(template.part('output')).toEqual({ out: { value: '${terraform_data.data.id}' } });
  });
});
