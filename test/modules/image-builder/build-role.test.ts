import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import { TerraformData } from '../../../modules/core';
import { BuildRole, type BuildRoleProps, ecrPullPolicy } from '../../../modules/image-builder';
import { Template } from '../../support/template';

const IMAGES = ['nginx:1', '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/web:42'];

const roleWith = (props: Partial<BuildRoleProps>) => (stack: TerraformStack) =>
  new BuildRole(stack, 'build', { name: 'windows-build', ...props });

const ROLE = '${aws_iam_role.build_Role_D55766F0.name}';

describe('BuildRole', () => {
  it('makes a role for EC2 instances with an instance profile', () => {
    const template = Template.of(roleWith({}));
    expect(template.counts()).toEqual({
      aws_iam_instance_profile: 1,
      aws_iam_role: 1,
      aws_iam_role_policy_attachment: 2,
    });
    expect(template.resource('aws_iam_role')).toEqual({
      name: 'windows-build',
      description: 'Build and test instances of EC2 Image Builder',
      assume_role_policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      tags: {},
    });
    expect(template.resource('aws_iam_instance_profile')).toEqual({
      name: 'windows-build',
      role: ROLE,
      tags: {},
    });
  });

  it('attaches what builds and the SSM agent need', () => {
    const partition = '${data.aws_partition.build_Role_Partition_471931CB.partition}';
    const attached = (name: string) => ({
      role: ROLE,
      policy_arn: `arn:${partition}:iam::aws:policy/${name}`,
    });
    expect(Template.of(roleWith({})).resources('aws_iam_role_policy_attachment')).toEqual({
      build_Role_AmazonSSMManagedInstanceCore_F23ED2D6: attached('AmazonSSMManagedInstanceCore'),
      build_Role_EC2InstanceProfileForImageBuilder_8A8F03C1: attached(
        'EC2InstanceProfileForImageBuilder',
      ),
    });
  });

  it('may pull the private images that the build caches', () => {
    const template = Template.of(roleWith({ cachedImages: IMAGES }));
    expect(template.resource('aws_iam_role_policy')).toEqual({
      name: 'pull-cached-images',
      role: ROLE,
      policy: JSON.stringify(ecrPullPolicy(IMAGES)),
    });
  });

  it('gets no rights on ECR for public images', () => {
    const template = Template.of(roleWith({ cachedImages: ['nginx:1'] }));
    expect(template.resources('aws_iam_role_policy')).toEqual({});
  });

  it('tags the role and the profile', () => {
    const tags = { team: 'windows' };
    const template = Template.of(roleWith({ tags }));
    expect(template.resource('aws_iam_role')['tags']).toEqual(tags);
    expect(template.resource('aws_iam_instance_profile')['tags']).toEqual(tags);
  });

  it('hands out the profile and every policy', () => {
    const template = Template.of((stack) => {
      const { instanceProfileName, policies } = roleWith({ cachedImages: IMAGES })(stack);
      new TerraformOutput(stack, 'profile', { value: instanceProfileName });
      new TerraformData(stack, 'after', { triggersReplace: {}, dependsOn: policies });
    });
    expect(template.part('output')).toEqual({
      profile: { value: '${aws_iam_instance_profile.build_InstanceProfile_EA0222EB.name}' },
    });
    expect(template.resource('terraform_data')['depends_on']).toEqual([
      'aws_iam_role_policy_attachment.build_Role_EC2InstanceProfileForImageBuilder_8A8F03C1',
      'aws_iam_role_policy_attachment.build_Role_AmazonSSMManagedInstanceCore_F23ED2D6',
      expect.stringMatching(/^aws_iam_role_policy\.build_Role_pull-cached-images_/),
    ]);
  });
});
