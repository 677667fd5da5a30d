import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_TEXT } from '../app/temporary-project';
import { expectGolden } from '../support/golden';
import { addressOf, synthesizeEnvironment, synthesizeText } from './synthesized-environment';

const OUTPUTS = ['ami_parameter_name', 'base_ami_id', 'pipeline_arn', 'recipe_version'];

describe('WindowsImageStack', () => {
  it('consists of these addresses for the example: another one is destroyed and made anew', () => {
    const { image } = synthesizeText(EXAMPLE_TEXT);
    expectGolden('addresses/example-windows-image.txt', `${image.addresses().join('\n')}\n`);
  });

  it('puts out the base AMI, the version, the pipeline, the parameter and the AMI', () => {
    const { image } = synthesizeEnvironment();
    const base = addressOf(image, 'data.aws_ssm_parameter', 'BaseAmi');
    const pipeline = addressOf(image, 'aws_imagebuilder_image_pipeline', 'Image_Pipeline');
    const built = addressOf(image, 'aws_imagebuilder_image', 'Image');
    expect(image.part('output')).toEqual({
      ami_id: { value: `\${one(${built}.output_resources[0].amis).image}` },
      ami_parameter_name: { value: '/imagebuilder/example-windows/ami-id' },
      base_ami_id: { value: `\${${base}.insecure_value}` },
      pipeline_arn: { value: `\${${pipeline}.arn}` },
      recipe_version: { value: image.resource('aws_imagebuilder_image_recipe')['version'] },
    });
  });

  it('looks up the base AMI that the file describes', () => {
    const { image } = synthesizeEnvironment([
      'edition: Core, release: latest',
      'edition: Full, release: 1.35-2026.04.18',
    ]);
    const latest = synthesizeEnvironment().image;
    expect(latest.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
    });
    expect(JSON.stringify(image.part('data'))).toContain(
      'Windows_Server-2022-English-Full-EKS_Optimized-1.35-2026.04.18',
    );
  });

  it('without a build on apply has neither an image nor an AMI to put out', () => {
    const { image } = synthesizeEnvironment(['buildOnApply: true', 'buildOnApply: false']);
    expect(image.resources('aws_imagebuilder_image')).toEqual({});
    expect(Object.keys(image.part('output'))).toEqual(OUTPUTS);
    expect(Object.keys(image.resources('aws_imagebuilder_image_pipeline'))).toHaveLength(1);
  });

  it('runs nothing on the machine that Terraform runs on', () => {
    const { texts, image } = synthesizeEnvironment();
    expect(texts[0]).not.toMatch(/local-exec|provisioner|"external"/);
    expect(image.resources('terraform_data')).toEqual({});
  });

  it('passes on what the file says of the build', () => {
    const { image } = synthesizeEnvironment([
      'buildOnApply: true',
      'timeoutMinutes: 90\n  revision: 3',
    ]);
    expect(image.resource('aws_imagebuilder_image')['timeouts']).toEqual({ create: '90m' });
    expect(image.resource('aws_imagebuilder_infrastructure_configuration')).toMatchObject({
      instance_types: ['m7i.xlarge'],
      security_group_ids: ['sg-0123456789abcdef0'],
      subnet_id: 'subnet-0123456789abcdef0',
    });
    expect(image.resource('aws_imagebuilder_image_pipeline')['schedule']).toMatchObject({
      schedule_expression: 'cron(0 6 ? * SUN *)',
      timezone: 'Etc/UTC',
    });
    const version = (template: typeof image) =>
      template.resource('aws_imagebuilder_image_recipe')['version'];
    expect(version(image)).not.toBe(version(synthesizeEnvironment().image));
  });

  it('gives the tags to everything that can have some', () => {
    const { image } = synthesizeEnvironment();
    const untagged = ['aws_iam_role_policy', 'aws_iam_role_policy_attachment'];
    for (const type of Object.keys(image.counts()).filter((one) => !untagged.includes(one))) {
      for (const resource of Object.values(image.resources(type))) {
        expect([type, resource['tags']]).toEqual([type, { owner: 'platform' }]);
      }
    }
  });
});
