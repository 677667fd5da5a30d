import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { renderComponentDocument, WindowsImage } from '../../../../modules/image-builder';
import { containerImageCacheDocuments } from '../../../../modules/image-builder/image-cache/container-image-cache';
import { PlainWindowsAmi } from '../../../../modules/windows-base';
import { Template } from '../../../support/template';
import {
  componentOf,
  type ImageChange,
  imageWith,
  PRIVATE_IMAGE,
  PUBLIC_IMAGE,
  SMALLEST_ADDRESSES,
  SMALLEST_IMAGE,
  synthImage,
} from './windows-image-cases';

const POLICIES = SMALLEST_ADDRESSES.filter((one) => one.startsWith('aws_iam_role_policy.'));
const LOG_GROUPS = SMALLEST_ADDRESSES.filter((one) => one.startsWith('aws_cloudwatch_log_group.'));
const SETTINGS = 'terraform_data.image_Image_Settings_CAD918A6';
const RETENTION_OWNER = 'terraform_data.image_Retention_Owner_90A8AADB';

/** What both the pipeline and the image built at apply are made of. */
const BUILD_INPUTS = {
  image_recipe_arn: '${aws_imagebuilder_image_recipe.image_Recipe_B1D5794A.arn}',
  infrastructure_configuration_arn:
    '${aws_imagebuilder_infrastructure_configuration.image_Infrastructure_23E5821B.arn}',
  distribution_configuration_arn:
    '${aws_imagebuilder_distribution_configuration.image_Distribution_B0EE8741.arn}',
  execution_role: '${aws_iam_role.image_ExecutionRole_B9430E3B.arn}',
  image_tests_configuration: { image_tests_enabled: true },
  image_scanning_configuration: { image_scanning_enabled: false },
};

const lifecycle = { create_before_destroy: true };

/** What the pipeline and the image wait for, in alphabetical order. */
const waitsFor = (template: Template, type: string): readonly unknown[] =>
  [...(template.resource(type)['depends_on'] as readonly string[])].sort();

describe('WindowsImage', () => {
  it('makes exactly these resources from the smallest inputs', () => {
    expect(synthImage({}).addresses()).toEqual(SMALLEST_ADDRESSES);
  });

  it('makes these out of them', () => {
    const template = synthImage({});
    const [document] = containerImageCacheDocuments({ images: [PUBLIC_IMAGE] });
    if (document === undefined) throw new Error('there is no document');
    expect(template.resource('aws_imagebuilder_component')).toMatchObject({
      name: 'windows-2022-container-image-cache',
      data: renderComponentDocument(document),
      lifecycle,
    });
    expect(template.resource('aws_imagebuilder_image_recipe')).toMatchObject({
      name: 'windows-2022',
      parent_image: 'ami-01234567',
      block_device_mapping: [
        {
          device_name: '/dev/sda1',
          ebs: { encrypted: 'true', volume_size: 100, volume_type: 'gp3' },
        },
      ],
      lifecycle,
    });
    expect(template.resource('aws_imagebuilder_infrastructure_configuration')).toEqual({
      name: 'windows-2022',
      instance_profile_name:
        '${aws_iam_instance_profile.image_BuildRole_InstanceProfile_BA9520EB.name}',
      instance_types: ['m7i.xlarge'],
      instance_metadata_options: { http_put_response_hop_limit: 1, http_tokens: 'required' },
      terminate_instance_on_failure: true,
      lifecycle,
    });
    expect(template.resource('aws_imagebuilder_distribution_configuration')).toEqual({
      name: 'windows-2022',
      distribution: [
        {
          region: 'us-east-1',
          ami_distribution_configuration: {
            name: 'windows-2022-{{ imagebuilder:buildDate }}',
            ami_tags: { 'cdktf-eks-windows-ami:image': 'windows-2022' },
          },
          ssm_parameter_configuration: [
            { parameter_name: '/imagebuilder/windows-2022/ami-id', data_type: 'aws:ec2:image' },
          ],
        },
      ],
      lifecycle,
    });
  });

  it('builds from them at apply and in a pipeline without a schedule', () => {
    const template = synthImage({});
    const { depends_on: _image, ...image } = template.resource('aws_imagebuilder_image');
    expect(image).toEqual({
      ...BUILD_INPUTS,
      timeouts: { create: '180m' },
      tags: { 'cdktf-eks-windows-ami:built-by': 'terraform' },
      lifecycle: { ...lifecycle, replace_triggered_by: [SETTINGS] },
    });
    const { depends_on: _pipeline, ...pipeline } = template.resource(
      'aws_imagebuilder_image_pipeline',
    );
    expect(pipeline).toEqual({ ...BUILD_INPUTS, name: 'windows-2022' });
  });

  it('starts no build before the roles have their rights and the logs their groups', () => {
    const needed = [...POLICIES, ...LOG_GROUPS].sort();
    expect(needed).toHaveLength(5);
    const template = synthImage({});
    expect(waitsFor(template, 'aws_imagebuilder_image')).toEqual(needed);
    expect(waitsFor(template, 'aws_imagebuilder_image_pipeline')).toEqual(
      [...needed, RETENTION_OWNER].sort(),
    );
  });

  it('waits for every policy that an image with more needs has', () => {
    const template = synthImage({ cachedImages: [PRIVATE_IMAGE], permissions: 'managed' });
    const policies = template.addresses().filter((one) => /^aws_iam_role_policy/.test(one));
    expect(policies.filter((one) => one.includes('attachment'))).toHaveLength(4);
    expect(waitsFor(template, 'aws_imagebuilder_image')).toEqual(
      [...policies, ...LOG_GROUPS].sort(),
    );
  });

  it('leaves building to the pipeline when told to', () => {
    const build = (stack: TerraformStack) => {
      expect(imageWith({ buildOnApply: false })(stack).builtImage).toBeUndefined();
    };
    expect(Template.of(build).addresses()).toEqual(
      SMALLEST_ADDRESSES.filter((address) => !address.includes('.image_Image_')),
    );
  });

  it('hands out its parts and the name of the parameter', () => {
    const template = Template.of((stack) => {
      const image = imageWith({})(stack);
      expect(image.amiParameterName).toBe('/imagebuilder/windows-2022/ami-id');
      const value = [image.recipe.arn, image.pipeline.arn, image.builtImage?.arn];
      new TerraformOutput(stack, 'out', { value });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          '${aws_imagebuilder_image_recipe.image_Recipe_B1D5794A.arn}',
          '${aws_imagebuilder_image_pipeline.image_Pipeline_AE712BE0.arn}',
          '${aws_imagebuilder_image.image_Image_79C61B69.arn}',
        ],
      },
    });
  });

  it('lets two images live in one stack', () => {
    const template = Template.of((stack) => {
      const change = { notifications: { emails: ['images@example.com'] } };
      new WindowsImage(stack, 'one', { ...SMALLEST_IMAGE, ...change, name: 'windows-one' });
      new WindowsImage(stack, 'two', { ...SMALLEST_IMAGE, ...change, name: 'windows-two' });
    });
    // What AWS knows by a name of its own must not have the same one twice.
    for (const type of Object.keys(template.counts()).filter((one) => !/_policy/.test(one))) {
      const names = Object.values(template.resources(type)).flatMap(({ name }) => name ?? []);
      expect([type, new Set(names).size]).toEqual([type, names.length]);
    }
    expect(Object.keys(template.resources('aws_sns_topic'))).toHaveLength(2);
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const number = new TerraformVariable(stack, 'number', { type: 'number' }).numberValue;
      const change: ImageChange = {
        region: text,
        baseImage: text,
        cachedImages: [text],
        rootVolumeGiB: number,
        timeoutMinutes: number,
        rebuild: text,
        windowsServer: '2022',
        tags: { team: text },
        distribution: { targets: [{ region: text, amiTags: { pool: text } }] },
        retention: { older: 'delete', keep: number },
      };
      imageWith(change)(stack);
    });
    expect(template.resource('aws_imagebuilder_distribution_configuration')).toMatchObject({
      distribution: [
        {
          region: '${var.text}',
          ami_distribution_configuration: {
            ami_tags: { team: '${var.text}', pool: '${var.text}' },
          },
        },
      ],
    });
    expect(Object.values(template.part('locals')).map(String)).toEqual([
      expect.stringContaining(`'\${replace(var.text, "/(['\u2018\u2019\u201a\u201b])/", "$1$1")}'`),
    ]);
    expect(template.resource('aws_imagebuilder_image')['timeouts']).toEqual({
      create: '${var.number}m',
    });
  });

  it('passes a name that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const name = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      imageWith({ name, cachedImages: [], components: [componentOf('agent')] })(stack);
    });
    expect(template.resource('aws_iam_instance_profile')['name']).toBe('${var.text}-build');
    expect(template.resource('aws_imagebuilder_distribution_configuration')).toMatchObject({
      distribution: [
        {
          ami_distribution_configuration: {
            ami_tags: { 'cdktf-eks-windows-ami:image': '${var.text}' },
          },
          ssm_parameter_configuration: [{ parameter_name: '/imagebuilder/${var.text}/ami-id' }],
        },
      ],
    });
  });
});

describe('a WindowsImage from a plain Windows Server', () => {
  it('looks the AMI up at each build, may read it, and installs the parts of EKS first', () => {
    const template = Template.of((stack) => {
      const base = new PlainWindowsAmi(stack, 'base', {
        server: '2022',
        edition: 'Core',
        lookUp: 'at-build',
      });
      const change = { baseImage: base.parentImage, eksComponentVersion: '1.35.x' };
      imageWith({ ...change, windowsServer: '2022' })(stack);
    });
    const parameter = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-Base';
    expect(template.resource('aws_imagebuilder_image_recipe')).toMatchObject({
      parent_image: `ssm:${parameter}`,
      component: [
        {
          component_arn:
            'arn:aws:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.35.x',
        },
        {
          component_arn: '${aws_imagebuilder_component.image_ContainerImageCache_C83A7F09.arn}',
        },
      ],
    });
    expect(JSON.stringify(template.resources('aws_iam_role_policy'))).toContain(
      `:ssm:us-east-1::parameter${parameter}`,
    );
  });
});
