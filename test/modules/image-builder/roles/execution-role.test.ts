import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import {
  type ExecutionResources,
  ExecutionRole,
  type ExecutionRoleProps,
} from '../../../../modules/image-builder';
import { executionPolicy } from '../../../../modules/image-builder/roles/execution-policy';
import { executionResourcesPolicy } from '../../../../modules/image-builder/roles/execution-resources-policy';
import { sidsOf, statementOf } from '../../../support/iam';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';
import { ALL_EXECUTION_RESOURCES, KEY, TEMPLATE } from './rendered-policies';

const PROPS: ExecutionRoleProps = {
  name: 'windows-execution',
  region: 'us-east-1',
  buildRoleArn: 'arn:aws:iam::111122223333:role/windows-build',
  amiParameterNames: ['/windows/ami-id'],
};

const roleWith = (props: Partial<ExecutionRoleProps>) => (stack: TerraformStack) =>
  new ExecutionRole(stack, 'execution', { ...PROPS, ...props });

const ROLE = 'aws_iam_role.execution_Role_F6207B6D';
const PARTITION = '${data.aws_partition.execution_Role_Partition_FFC34A32.partition}';
const ACCOUNT = '${data.aws_caller_identity.execution_Role_CallerIdentity_DCA31CC7.account_id}';

/** Inline policies by their name. */
const inlinePolicies = (template: Template) =>
  Object.fromEntries(
    Object.values(template.resources('aws_iam_role_policy')).map(({ name, policy }) => [
      name,
      JSON.parse(`${policy}`),
    ]),
  );

const managedPolicies = (props: Partial<ExecutionRoleProps>) =>
  Object.values(Template.of(roleWith(props)).resources('aws_iam_role_policy_attachment')).map(
    ({ policy_arn }) => `${policy_arn}`.replace(/^.*policy\//, ''),
  );

describe('ExecutionRole', () => {
  it('makes a role for Image Builder with two policies', () => {
    const template = Template.of(roleWith({}));
    expect(template.counts()).toEqual({ aws_iam_role: 1, aws_iam_role_policy: 2 });
    expect(template.resource('aws_iam_role')).toEqual({
      name: 'windows-execution',
      description: 'EC2 Image Builder, building and distributing AMIs',
      assume_role_policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Principal":{"Service":"imagebuilder.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
    });
    const { buildRoleArn } = PROPS;
    const scope = { partition: PARTITION, accountId: ACCOUNT, buildRoleArn };
    expect(inlinePolicies(template)).toEqual({
      execution: executionPolicy(scope),
      'execution-resources': executionResourcesPolicy(
        { partition: PARTITION, accountId: () => ACCOUNT },
        PROPS,
      ),
    });
  });

  it("has AWS's policy in place of the narrow one when it is asked for", () => {
    expect(managedPolicies({ permissions: 'managed' })).toEqual(['EC2ImageBuilderExecutionPolicy']);
    const template = Template.of(roleWith({ permissions: 'managed' }));
    expect(Object.keys(inlinePolicies(template))).toEqual(['execution-resources']);
  });

  it('has no second policy when it writes and reads nothing by name', () => {
    const template = Template.of(roleWith({ amiParameterNames: [] }));
    expect(Object.keys(inlinePolicies(template))).toEqual(['execution']);
  });

  it.each<[string, Partial<ExecutionRoleProps>, readonly string[]]>([
    ['off', {}, []],
    ['on, with a template of EC2', { fastLaunch: {} }, ['EC2FastLaunchFullAccess']],
    [
      'on, with no template in the list',
      { fastLaunch: { launchTemplateIds: [] } },
      ['EC2FastLaunchFullAccess'],
    ],
    ['on, with a template of yours', { fastLaunch: { launchTemplateIds: [TEMPLATE] } }, []],
    [
      "on, with a template of EC2 and AWS's policy",
      { fastLaunch: {}, permissions: 'managed' },
      ['EC2ImageBuilderExecutionPolicy', 'EC2FastLaunchFullAccess'],
    ],
  ])('while Fast Launch is %s, has the right policies of AWS', (_, props, expected) => {
    expect(managedPolicies(props).sort()).toEqual([...expected].sort());
  });

  it('takes on tags, a path and a boundary', () => {
    const permissionsBoundary = 'arn:aws:iam::111122223333:policy/boundary';
    const tags = { team: 'windows' };
    const template = Template.of(roleWith({ iam: { path: '/eks/', permissionsBoundary }, tags }));
    expect(template.resource('aws_iam_role')).toMatchObject({
      name: expect.stringMatching(/^windows-execution-[0-9a-f]{6}$/),
      path: '/eks/',
      permissions_boundary: permissionsBoundary,
      tags,
    });
  });

  it('hands out its ARN and both policies', () => {
    const template = Template.of((stack) => {
      const { arn, policies } = roleWith({})(stack);
      new TerraformOutput(stack, 'arn', { value: arn });
      new TerraformData(stack, 'after', { triggersReplace: {}, dependsOn: policies });
    });
    expect(template.part('output')).toEqual({ arn: { value: `\${${ROLE}.arn}` } });
    expect(template.resource('terraform_data')['depends_on']).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.execution_Role_execution_/),
      expect.stringMatching(/^aws_iam_role_policy\.execution_Role_execution-resources_/),
    ]);
  });

  it('has all rights of a pipeline with everything within the size that IAM takes', () => {
    const template = Template.of(roleWith(ALL_EXECUTION_RESOURCES));
    expect(template.counts()).toEqual({ aws_iam_role: 1, aws_iam_role_policy: 2 });
  });

  it('passes what only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      const amiParameterNames = [stringValue];
      roleWith({
        name: stringValue,
        region: stringValue,
        buildRoleArn: stringValue,
        amiParameterNames,
      })(stack);
    });
    expect(template.resource('aws_iam_role')['name']).toBe('${var.v}');
    const { execution, 'execution-resources': resources } = inlinePolicies(template);
    expect(statementOf(execution, 'PassBuildRole').Resource).toBe('${var.v}');
    expect(statementOf(resources, 'WriteAmiParameters').Resource).toEqual([
      `arn:${PARTITION}:ssm:\${var.v}:${ACCOUNT}:parameter\${var.v}`,
    ]);
  });

  it.each<[string, Partial<ExecutionRoleProps>]>([
    ['`permissions` one-of: "all"', { permissions: 'all' as 'scoped' }],
    ['`region` region: "virginia"', { region: 'virginia' }],
    ['`targetRegions[1]` region: "*"', { targetRegions: ['us-east-1', '*'] }],
    [
      '`amiParameterNames[0]` written-parameter-name: "/windows/*"',
      { amiParameterNames: ['/windows/*'] },
    ],
    ['`parentParameterNames[0]` written-parameter-name: "a b"', { parentParameterNames: ['a b'] }],
    ['`distributionAccountIds[0]` account-id: "*"', { distributionAccountIds: ['*'] }],
    ['`kmsKeyArns[0]` kms-key-or-alias-arn: "alias/a"', { kmsKeyArns: ['alias/a'] }],
    ['`snsTopicArn` sns-topic-arn: "images"', { snsTopicArn: 'images' }],
    [
      '`licenseConfigurationArns[0]` license-configuration-arn: "lic"',
      { licenseConfigurationArns: ['lic'] },
    ],
    ['`launchTemplateIds[0]` launch-template-id: "*"', { launchTemplateIds: ['*'] }],
    [
      '`fastLaunch.launchTemplateIds[0]` launch-template-id: "lt-1"',
      { fastLaunch: { launchTemplateIds: ['lt-1'] } },
    ],
  ])('refuses %s', (message, props) => {
    expect(refusedBy(() => Template.of(roleWith(props)))).toEqual([`${message}`]);
  });
});

describe('executionPolicy', () => {
  const buildRoleArn = 'arn:aws:iam::111122223333:role/windows-build';
  const policy = executionPolicy({ partition: 'aws', accountId: '111122223333', buildRoleArn });

  it('passes one role, and only to EC2', () => {
    expect(statementOf(policy, 'PassBuildRole')).toEqual({
      Sid: 'PassBuildRole',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: buildRoleArn,
      Condition: {
        StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
      },
    });
  });

  it('changes and deletes only what Image Builder has made', () => {
    const changing = /^ec2:(?:Start|Stop|Terminate|Deregister|Modify)|^ssm:(?:SendCommand|Delete)/;
    const unbound = policy.Statement.filter(
      ({ Action, Condition }) =>
        [Action].flat().some((action) => changing.test(action)) &&
        Condition?.['StringEquals']?.['aws:ResourceTag/CreatedBy'] !== 'EC2 Image Builder',
    );
    expect(unbound.map(({ Sid }) => Sid)).toEqual(['RunCommands', 'EndInventory']);
  });
});

describe('executionResourcesPolicy', () => {
  const scope = { partition: 'aws', accountId: () => '111122223333' };
  const policyFor = (resources: Partial<ExecutionResources>) =>
    executionResourcesPolicy(scope, { region: 'us-east-1', ...resources });

  it('is nothing when nothing is named', () => {
    expect(policyFor({})).toBeUndefined();
  });

  it('asks for the account only when an ARN has it', () => {
    const accountId = () => {
      throw new Error('asked');
    };
    const resources = { region: 'us-east-1', distributionAccountIds: ['444455556666'] };
    const policy = executionResourcesPolicy({ partition: 'aws', accountId }, resources);
    expect(sidsOf(policy)).toEqual(['DistributeToAccounts']);
  });

  it('writes parameters in every target Region, and reads that of the parent where it builds', () => {
    const policy = policyFor({
      targetRegions: ['us-west-2', 'eu-west-1'],
      amiParameterNames: ['/a/b', 'c'],
      parentParameterNames: ['/base'],
    });
    expect(statementOf(policy, 'WriteAmiParameters').Resource).toEqual([
      'arn:aws:ssm:eu-west-1:111122223333:parameter/a/b',
      'arn:aws:ssm:eu-west-1:111122223333:parameter/c',
      'arn:aws:ssm:us-west-2:111122223333:parameter/a/b',
      'arn:aws:ssm:us-west-2:111122223333:parameter/c',
    ]);
    expect(statementOf(policy, 'ReadParentImageParameters').Resource).toEqual([
      'arn:aws:ssm:us-east-1:111122223333:parameter/base',
    ]);
  });

  it('takes a key that only Terraform knows for a key, not for an alias', () => {
    expect(sidsOf(policyFor({ kmsKeyArns: [Fn.lower('A')] }))).toEqual([
      'EncryptVolumes',
      'LendKeysToEbs',
    ]);
  });

  it('allows a key behind an alias only while it has that alias', () => {
    const policy = policyFor({ kmsKeyArns: [KEY.replace(/key\/.*$/, 'alias/images/windows')] });
    expect(statementOf(policy, 'EncryptVolumesByAlias')).toMatchObject({
      Resource: ['arn:aws:kms:us-east-1:111122223333:key/*'],
      Condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/images/windows'] },
      },
    });
  });
});
