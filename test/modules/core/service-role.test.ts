import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, type TerraformStack } from 'cdktf';
import {
  ServiceRole,
  type ServiceRoleProps,
  TerraformData,
  ValidationError,
} from '../../../modules/core';
import { Template } from '../../support/template';

const PROPS: ServiceRoleProps = {
  name: 'builder',
  description: 'Builds',
  service: 'ec2.amazonaws.com',
  managedPolicies: [],
};

const POLICY = { Version: '2012-10-17', Statement: [] } as const;

const roleWith = (props: Partial<ServiceRoleProps>) => (stack: TerraformStack) =>
  new ServiceRole(stack, 'role', { ...PROPS, ...props });

describe('ServiceRole', () => {
  it('makes one role when there are no policies', () => {
    const template = Template.of(roleWith({}));
    expect(template.resource('aws_iam_role')).toEqual({
      name: 'builder',
      description: 'Builds',
      assume_role_policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      tags: {},
    });
    expect(template.addresses()).toEqual([
      'aws_iam_role.role_C7B7E775',
      'data.aws_partition.role_Partition_5C3857C1',
    ]);
  });

  it('tags the role', () => {
    const template = Template.of(roleWith({ tags: { team: 'windows' } }));
    expect(template.resource('aws_iam_role')['tags']).toEqual({ team: 'windows' });
  });

  it('attaches managed policies of the own partition, with their path', () => {
    const managedPolicies = ['ReadOnlyAccess', 'service-role/Builder'];
    const template = Template.of(roleWith({ managedPolicies }));
    const partition = '${data.aws_partition.role_Partition_5C3857C1.partition}';
    const role = '${aws_iam_role.role_C7B7E775.name}';
    expect(template.resources('aws_iam_role_policy_attachment')).toEqual({
      role_ReadOnlyAccess_6DB1FD64: {
        role,
        policy_arn: `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
      },
      'role_service-role--Builder_B2E13090': {
        role,
        policy_arn: `arn:${partition}:iam::aws:policy/service-role/Builder`,
      },
    });
  });

  it('adds policies of its own', () => {
    const template = Template.of((stack) => roleWith({})(stack).addPolicy('pull', POLICY));
    expect(template.resource('aws_iam_role_policy')).toEqual({
      name: 'pull',
      role: '${aws_iam_role.role_C7B7E775.name}',
      policy: '{"Version":"2012-10-17","Statement":[]}',
    });
  });

  it('names every policy as something to depend on, in the order of adding', () => {
    const template = Template.of((stack) => {
      const role = roleWith({ managedPolicies: ['A'] })(stack);
      const before = role.policies;
      role.addPolicy('own', POLICY);
      new TerraformData(stack, 'before', { triggersReplace: {}, dependsOn: before });
      new TerraformData(stack, 'after', { triggersReplace: {}, dependsOn: role.policies });
    });
    const managed = 'aws_iam_role_policy_attachment.role_A_BEB07D44';
    const own = 'aws_iam_role_policy.role_own_E1446FE6';
    expect(template.resources('terraform_data')).toEqual({
      before: { triggers_replace: {}, depends_on: [managed] },
      after: { triggers_replace: {}, depends_on: [managed, own] },
    });
  });

  it('hands out references to the role', () => {
    const template = Template.of((stack) => {
      const { name, arn, partition } = roleWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [name, arn, partition] });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          '${aws_iam_role.role_C7B7E775.name}',
          '${aws_iam_role.role_C7B7E775.arn}',
          '${data.aws_partition.role_Partition_5C3857C1.partition}',
        ],
      },
    });
  });

  it.each(['a', 'x'.repeat(64), 'A-z_0+=,.@', Fn.upper('a')])('takes the name %s', (name) => {
    expect(Template.of(roleWith({ name })).counts()).toEqual({ aws_iam_role: 1 });
  });

  it.each(['', 'x'.repeat(65), 'a b', 'a/b', 'ä'])('refuses the name %j', (name) => {
    const path = ['name'];
    const message = `must be 1 to 64 letters, digits and _+=,.@-, got: ${JSON.stringify(name)}`;
    expect(() => Template.of(roleWith({ name }))).toThrow(
      new ValidationError('ServiceRole', 'test/role', [{ path, message }]),
    );
  });
});
