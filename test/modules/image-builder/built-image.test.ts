import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData, ValidationError } from '../../../modules/core';
import {
  BuiltImage,
  type BuiltImageProps,
  DEFAULT_BUILD_TIMEOUT_MINUTES,
} from '../../../modules/image-builder';
import { Template } from '../../support/template';

const TYPE = 'aws_imagebuilder_image';
const ADDRESS = `${TYPE}.image_00E3890C`;

const imageWith = (props: Partial<BuiltImageProps>) => (stack: TerraformStack) =>
  new BuiltImage(stack, 'image', {
    recipeArn: 'arn:recipe',
    infrastructureConfigurationArn: 'arn:infrastructure',
    distributionConfigurationArn: 'arn:distribution',
    executionRoleArn: 'arn:role',
    dependsOn: [],
    ...props,
  });

function resourceWith(props: Partial<BuiltImageProps>) {
  return Template.of(imageWith(props)).resource(TYPE);
}

const MINIMAL = {
  image_recipe_arn: 'arn:recipe',
  infrastructure_configuration_arn: 'arn:infrastructure',
  distribution_configuration_arn: 'arn:distribution',
  execution_role: 'arn:role',
  image_tests_configuration: { image_tests_enabled: true },
  depends_on: [],
  timeouts: { create: '180m' },
  tags: {},
  lifecycle: { create_before_destroy: true },
};

describe('BuiltImage', () => {
  it('makes one image and waits three hours for it', () => {
    const template = Template.of(imageWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([ADDRESS]);
    expect(DEFAULT_BUILD_TIMEOUT_MINUTES).toBe(180);
  });

  it('takes a timeout, tags and dependencies', () => {
    const tags = { team: 'windows' };
    const template = Template.of((stack) => {
      const first = new TerraformData(stack, 'first', { triggersReplace: {} });
      imageWith({ timeoutMinutes: 240, tags, dependsOn: [first] })(stack);
    });
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      timeouts: { create: '240m' },
      tags,
      depends_on: ['terraform_data.first'],
    });
  });

  it('hands out its ARN, its resource and the id of the one AMI', () => {
    const template = Template.of((stack) => {
      const { arn, resource, amiId } = imageWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, resource.version, amiId] });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          `\${${ADDRESS}.arn}`,
          `\${${ADDRESS}.version}`,
          `\${one(${ADDRESS}.output_resources[0].amis).image}`,
        ],
      },
    });
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const timeoutMinutes = new TerraformVariable(stack, 'number', {}).numberValue;
      imageWith({ recipeArn: text, executionRoleArn: text, timeoutMinutes })(stack);
    });
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      image_recipe_arn: '${var.text}',
      execution_role: '${var.text}',
      timeouts: { create: '${var.number}m' },
    });
  });

  it.each([60, 1440])('waits %d minutes', (timeoutMinutes) => {
    const timeouts = { create: `${timeoutMinutes}m` };
    expect(resourceWith({ timeoutMinutes })).toEqual({ ...MINIMAL, timeouts });
  });

  it.each([59, 1441, 90.5, 0])('refuses to wait %d minutes', (timeoutMinutes) => {
    const message = `must be an integer between 60 and 1440, got: ${timeoutMinutes}`;
    expect(() => resourceWith({ timeoutMinutes })).toThrow(
      new ValidationError('BuiltImage', 'test/image', [{ path: ['timeoutMinutes'], message }]),
    );
  });
});
