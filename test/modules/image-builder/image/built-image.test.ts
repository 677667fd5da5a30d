import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import { BuiltImage, type BuiltImageProps } from '../../../../modules/image-builder';
import { BUILT_IMAGE_SETTINGS } from '../../../../modules/image-builder/image/built-image';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_imagebuilder_image';
const ADDRESS = `${TYPE}.image_00E3890C`;
const SETTINGS = 'terraform_data.image_Settings_9AE69C1F';
const AMIS = `${ADDRESS}.output_resources[0].amis`;

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
  image_scanning_configuration: { image_scanning_enabled: false },
  depends_on: [],
  timeouts: { create: '180m' },
  lifecycle: { create_before_destroy: true, replace_triggered_by: [SETTINGS] },
};

describe('BuiltImage', () => {
  it('makes one image and waits three hours for it', () => {
    const template = Template.of(imageWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([ADDRESS, SETTINGS]);
    expect(BUILT_IMAGE_SETTINGS.timeoutMinutes.default).toBe(180);
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

  it('takes tests off, scanning and workflows', () => {
    const workflowArn = 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x';
    const workflows = [{ workflowArn, onFailure: 'CONTINUE' as const }];
    expect(resourceWith({ tests: false, scanning: true, workflows })).toEqual({
      ...MINIMAL,
      image_tests_configuration: { image_tests_enabled: false },
      image_scanning_configuration: { image_scanning_enabled: true },
      workflow: [{ workflow_arn: workflowArn, on_failure: 'CONTINUE' }],
    });
  });

  it.each<[string, Partial<BuiltImageProps>]>([
    ['execution role', { executionRoleArn: 'arn:other-role' }],
    ['scanning', { scanning: true }],
  ])('is built again for another %s, which Terraform would change in vain', (_, props) => {
    const settings = Template.of(imageWith({})).resource('terraform_data');
    expect(settings).toEqual({
      triggers_replace: { execution_role: 'arn:role', scanning: 'false' },
    });
    expect(Template.of(imageWith(props)).resource('terraform_data')).not.toEqual(settings);
  });

  it('refuses a wrong workflow', () => {
    const message = 'workflow-arn: "build"';
    expect(refusedBy(() => resourceWith({ workflows: [{ workflowArn: 'build' }] }))).toEqual([
      `\`workflows[0].workflowArn\` ${message}`,
    ]);
  });

  it('hands out its ARN, its resource and the id of its own AMI among all', () => {
    const template = Template.of((stack) => {
      const { arn, resource, amiId } = imageWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, resource.version, amiId] });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [
          `\${${ADDRESS}.arn}`,
          `\${${ADDRESS}.version}`,
          `\${zipmap(formatlist("%s:%s", ${AMIS}[*].region, ${AMIS}[*].account_id), ` +
            `${AMIS}[*].image)[join(":", slice(split(":", ${ADDRESS}.arn), 3, 5))]}`,
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
    const message = `integer-range: ${timeoutMinutes}`;
    expect(refusedBy(() => resourceWith({ timeoutMinutes }))).toEqual([
      `\`timeoutMinutes\` ${message}`,
    ]);
  });
});
