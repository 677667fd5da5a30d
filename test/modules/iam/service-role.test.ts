import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, type TerraformStack } from 'cdktf';
import { TerraformData } from '../../../modules/core';
import {
  allow,
  policyOf,
  policySize,
  ServiceRole,
  type ServiceRoleProps,
} from '../../../modules/iam';
import { refusedBy } from '../../support/problem';
import { Template } from '../../support/template';

const PROPS: ServiceRoleProps = {
  name: 'builder',
  description: 'Builds',
  service: 'imagebuilder.amazonaws.com',
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
        '"Principal":{"Service":"imagebuilder.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
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

  it('trusts EC2 under the name that it has in the partition', () => {
    const template = Template.of(roleWith({ service: 'ec2.amazonaws.com' }));
    const partition = 'data.aws_partition.role_Partition_5C3857C1.partition';
    const principal = `\${(${partition} == "aws-cn") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"}`;
    expect(template.resource('aws_iam_role')['assume_role_policy']).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        `"Principal":{"Service":"${principal}"},"Action":"sts:AssumeRole"}]}`,
    );
  });

  it('puts role and instance profile into a path, under a name that changes with it', () => {
    const iam = {
      path: '/eks/windows/',
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
      namePrefix: 'team-',
    };
    const template = Template.of((stack) => {
      const tags = { team: 'windows' };
      roleWith({ iam, tags })(stack).createInstanceProfile(stack, 'profile');
    });
    const shared = {
      name: 'team-builder-2e66c5',
      path: '/eks/windows/',
      tags: { team: 'windows' },
    };
    expect(template.resource('aws_iam_role')).toMatchObject({
      ...shared,
      permissions_boundary: 'arn:aws:iam::111122223333:policy/boundary',
    });
    expect(template.resource('aws_iam_instance_profile')).toEqual({
      ...shared,
      role: '${aws_iam_role.role_C7B7E775.name}',
    });
  });

  it('asks for the account once, and only when something needs it', () => {
    const template = Template.of((stack) => {
      const role = roleWith({})(stack);
      new TerraformOutput(stack, 'out', { value: role.accountId });
      new TerraformOutput(stack, 'again', { value: role.accountId });
    });
    expect(Object.keys(template.dataSources('aws_caller_identity'))).toHaveLength(1);
    expect(Template.of(roleWith({})).dataSources('aws_caller_identity')).toEqual({});
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

  it('takes inline policies up to the size that IAM takes', () => {
    const policy = (characters: number) => {
      const empty = policyOf([allow('A', { actions: 'a:B', resources: '' })]);
      const resources = 'x'.repeat(characters - policySize(empty));
      return policyOf([allow('A', { actions: 'a:B', resources })]);
    };
    const build = (characters: number) => (stack: TerraformStack) => {
      const role = roleWith({})(stack);
      role.addPolicy('first', policy(240));
      role.addPolicy('second', policy(characters));
    };
    expect(Template.of(build(10_000)).counts()).toEqual({
      aws_iam_role: 1,
      aws_iam_role_policy: 2,
    });
    expect(refusedBy(() => Template.of(build(10_001)))).toEqual([
      '`policies` inline-policies-length: 10241',
    ]);
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
    expect(refusedBy(() => Template.of(roleWith({ name })))).toEqual([
      `\`name\` role-name: ${JSON.stringify(name)}`,
    ]);
  });
});
