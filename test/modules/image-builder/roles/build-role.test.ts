import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import { renderPolicy } from '../../../../modules/iam';
import { BuildRole, type BuildRoleProps } from '../../../../modules/image-builder';
import {
  buildPolicy,
  buildResourcesPolicy,
} from '../../../../modules/image-builder/roles/build-policy';
import { sidsOf, statementOf } from '../../../support/iam';
import { outline, refusalOf, refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';
import { ALL_BUILD_RESOURCES, KEY } from './rendered-policies';

const PROPS: BuildRoleProps = { name: 'windows-build', region: 'us-east-1' };

const roleWith = (props: Partial<BuildRoleProps>) => (stack: TerraformStack) =>
  new BuildRole(stack, 'build', { ...PROPS, ...props });

const ROLE = '${aws_iam_role.build_Role_D55766F0.name}';
const PARTITION = '${data.aws_partition.build_Role_Partition_471931CB.partition}';

const SCOPE = { partition: PARTITION, region: 'us-east-1' };

/** Inline policies by their name. */
const inlinePolicies = (template: Template) =>
  Object.fromEntries(
    Object.values(template.resources('aws_iam_role_policy')).map(({ name, policy }) => [
      name,
      JSON.parse(`${policy}`),
    ]),
  );

const managedPolicies = (template: Template) =>
  Object.values(template.resources('aws_iam_role_policy_attachment')).map(
    ({ policy_arn }) => policy_arn,
  );

describe('BuildRole', () => {
  it('makes a role for EC2 instances, with a policy and an instance profile', () => {
    const template = Template.of(roleWith({}));
    expect(template.counts()).toEqual({
      aws_iam_instance_profile: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
    });
    expect(template.resource('aws_iam_role')).toMatchObject({
      name: 'windows-build',
      description: 'Build and test instances of EC2 Image Builder',
      assume_role_policy: expect.stringContaining('"ec2.amazonaws.com"'),
    });
    expect(template.resource('aws_iam_instance_profile')).toEqual({
      name: 'windows-build',
      role: ROLE,
    });
  });

  it('has what every build needs, and no policy of AWS', () => {
    const template = Template.of(roleWith({}));
    expect(inlinePolicies(template)).toEqual({ build: buildPolicy(SCOPE) });
    expect(managedPolicies(template)).toEqual([]);
  });

  it('has what AWS tells to attach when it is asked for', () => {
    const template = Template.of(roleWith({ permissions: 'managed' }));
    expect(managedPolicies(template).sort()).toEqual([
      `arn:${PARTITION}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      `arn:${PARTITION}:iam::aws:policy/EC2InstanceProfileForImageBuilder`,
      `arn:${PARTITION}:iam::aws:policy/EC2InstanceProfileForImageBuilderECRContainerBuilds`,
    ]);
    expect(inlinePolicies(template)).toEqual({});
  });

  it.each(['scoped', 'managed'] as const)('has what this build needs, %s', (permissions) => {
    const template = Template.of(roleWith({ ...ALL_BUILD_RESOURCES, permissions }));
    expect(inlinePolicies(template)['build-resources']).toEqual(
      buildResourcesPolicy(SCOPE, ALL_BUILD_RESOURCES),
    );
  });

  it('puts role and profile into a path, bounds the role, and tags both', () => {
    const permissionsBoundary = 'arn:aws:iam::111122223333:policy/boundary';
    const tags = { team: 'windows' };
    const template = Template.of(roleWith({ iam: { path: '/eks/', permissionsBoundary }, tags }));
    const role = template.resource('aws_iam_role');
    const profile = template.resource('aws_iam_instance_profile');
    expect(role).toMatchObject({ path: '/eks/', tags, permissions_boundary: permissionsBoundary });
    expect(role['name']).toMatch(/^windows-build-[0-9a-f]{6}$/);
    expect(profile).toMatchObject({ path: '/eks/', tags, name: role['name'] });
  });

  it('hands out the role, the profile and every policy', () => {
    const template = Template.of((stack) => {
      const { arn, instanceProfileName, policies } = roleWith(ALL_BUILD_RESOURCES)(stack);
      new TerraformOutput(stack, 'out', { value: [arn, instanceProfileName] });
      new TerraformData(stack, 'after', { triggersReplace: {}, dependsOn: policies });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          '${aws_iam_role.build_Role_D55766F0.arn}',
          '${aws_iam_instance_profile.build_InstanceProfile_EA0222EB.name}',
        ],
      },
    });
    expect(template.resource('terraform_data')['depends_on']).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.build_Role_build_/),
      expect.stringMatching(/^aws_iam_role_policy\.build_Role_build-resources_/),
    ]);
  });

  it('passes what only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      roleWith({
        name: stringValue,
        region: stringValue,
        secretArns: [stringValue],
        secretKmsKeyArns: [stringValue],
        logs: { bucket: stringValue },
      })(stack);
    });
    const policy = inlinePolicies(template)['build-resources'];
    expect(statementOf(policy, 'WriteLogsToBucket').Resource).toBe(
      `arn:${PARTITION}:s3:::\${var.v}/*`,
    );
    expect(statementOf(policy, 'ReadSecrets').Resource).toEqual(['${var.v}']);
  });

  it.each<[string, Partial<BuildRoleProps>]>([
    ['`region` region: "virginia"', { region: 'virginia' }],
    ['`permissions` one-of: "all"', { permissions: 'all' as 'scoped' }],
    ['`pullThroughCachePrefixes[0]` pull-through-prefix: "A"', { pullThroughCachePrefixes: ['A'] }],
    ['`secretArns[0]` secret-arn: "registry"', { secretArns: ['registry'] }],
    [
      '`secretArns[0]` secret-arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:*"',
      { secretArns: ['arn:aws:secretsmanager:us-east-1:111122223333:secret:*'] },
    ],
    ['`secretKmsKeyArns[0]` kms-key-arn: "alias/a"', { secretKmsKeyArns: ['alias/a'] }],
    ['`logs.bucket` bucket-name: "*"', { logs: { bucket: '*' } }],
    ['`logs.keyPrefix` object-prefix: "a*"', { logs: { bucket: 'abc', keyPrefix: 'a*' } }],
    ['`logs.kmsKeyArn` kms-key-arn: "k"', { logs: { bucket: 'abc', kmsKeyArn: 'k' } }],
    [
      '`componentFiles[1].keyPrefix` object-prefix: "${a}"',
      { componentFiles: [{ bucket: 'abc' }, { bucket: 'abc', keyPrefix: '${a}' }] },
    ],
  ])('refuses %s', (message, props) => {
    expect(refusedBy(() => Template.of(roleWith(props)))).toEqual([`${message}`]);
  });

  it('refuses a list of images that makes its policies too long for IAM', () => {
    const cachedImages = Array.from(
      { length: 200 },
      (_, index) => `111122223333.dkr.ecr.us-east-1.amazonaws.com/team/image-${index}:1`,
    );
    const { constructPath, problems } = refusalOf(() => Template.of(roleWith({ cachedImages })));
    expect(constructPath).toBe('test/build/Role');
    expect(problems.map(outline)).toEqual([
      expect.stringMatching(/^`policies` inline-policies-length: \d{5}$/),
    ]);
  });
});

describe('buildResourcesPolicy', () => {
  const scope = { partition: 'aws', region: 'us-east-1' };

  it('is nothing for a build that needs no more than every build', () => {
    expect(buildResourcesPolicy(scope, {})).toBeUndefined();
    expect(buildResourcesPolicy(scope, { cachedImages: ['nginx:1'] })).toBeUndefined();
  });

  it('allows to write below the log prefix only', () => {
    const policy = buildResourcesPolicy(scope, { logs: { bucket: 'logs', keyPrefix: '/a/b/' } });
    expect(sidsOf(policy)).toEqual(['WriteLogsToBucket']);
    expect(statementOf(policy, 'WriteLogsToBucket')).toMatchObject({
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/a/b/*',
    });
  });

  it('names secrets in one order, without repetition', () => {
    const policy = buildResourcesPolicy(scope, { secretArns: ['b', 'a', 'b'] });
    expect(statementOf(policy, 'ReadSecrets').Resource).toEqual(['a', 'b']);
  });

  it('allows to decrypt with a key by way of its service only', () => {
    const policy = buildResourcesPolicy(scope, { secretKmsKeyArns: [KEY] });
    expect(statementOf(policy, 'DecryptSecrets').Condition).toEqual({
      StringLike: { 'kms:ViaService': 'secretsmanager.*.amazonaws.*' },
    });
  });

  it('becomes text that Terraform reads as it is meant', () => {
    const policy = buildResourcesPolicy(scope, ALL_BUILD_RESOURCES);
    expect(policy && JSON.parse(renderPolicy(policy))).toEqual(policy);
  });
});
