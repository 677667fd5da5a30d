import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import { ImagePipeline, type ImagePipelineProps } from '../../../../modules/image-builder';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_imagebuilder_image_pipeline';

const pipelineWith = (props: Partial<ImagePipelineProps>) => (stack: TerraformStack) =>
  new ImagePipeline(stack, 'pipeline', {
    name: 'windows',
    recipeArn: 'arn:recipe',
    infrastructureConfigurationArn: 'arn:infrastructure',
    distributionConfigurationArn: 'arn:distribution',
    executionRoleArn: 'arn:role',
    dependsOn: [],
    ...props,
  });

/** Without a life cycle: the name cannot exist twice. */
const MINIMAL = {
  name: 'windows',
  image_recipe_arn: 'arn:recipe',
  infrastructure_configuration_arn: 'arn:infrastructure',
  distribution_configuration_arn: 'arn:distribution',
  execution_role: 'arn:role',
  image_tests_configuration: { image_tests_enabled: true },
  image_scanning_configuration: { image_scanning_enabled: false },
  depends_on: [],
};

const SCHEDULE = {
  schedule_expression: 'cron(0 6 ? * SUN *)',
  timezone: 'Etc/UTC',
  pipeline_execution_start_condition: 'EXPRESSION_MATCH_ONLY',
};

function resourceWith(props: Partial<ImagePipelineProps>) {
  return Template.of(pipelineWith(props)).resource(TYPE);
}

describe('ImagePipeline', () => {
  it('makes one pipeline that builds only when started', () => {
    const template = Template.of(pipelineWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([`${TYPE}.pipeline_DBECAE49`]);
  });

  it('builds on every tick of a schedule, in UTC', () => {
    const schedule = { cron: 'cron(0 6 ? * SUN *)' };
    expect(resourceWith({ schedule })).toEqual({ ...MINIMAL, schedule: SCHEDULE });
  });

  it('takes a time zone, tags and dependencies', () => {
    const template = Template.of((stack) => {
      const first = new TerraformData(stack, 'first', { triggersReplace: {} });
      pipelineWith({
        schedule: { cron: 'rate(7 days)', timezone: 'Europe/Berlin' },
        tags: { team: 'windows' },
        dependsOn: [first],
      })(stack);
    });
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      schedule: { ...SCHEDULE, schedule_expression: 'rate(7 days)', timezone: 'Europe/Berlin' },
      tags: { team: 'windows' },
      depends_on: ['terraform_data.first'],
    });
  });

  it('builds only for something newer when it is told so', () => {
    const schedule = {
      cron: 'cron(0 6 ? * SUN *)',
      startCondition: 'when-dependencies-changed' as const,
    };
    const condition = 'EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE';
    expect(resourceWith({ schedule })['schedule']).toEqual({
      ...SCHEDULE,
      pipeline_execution_start_condition: condition,
    });
  });

  it('is off when it is told so', () => {
    expect(resourceWith({ enabled: false })).toEqual({ ...MINIMAL, status: 'DISABLED' });
    expect(resourceWith({ enabled: true })).toEqual(MINIMAL);
  });

  it('takes tests off, scanning and workflows in their order', () => {
    const workflow = (name: string) =>
      `arn:aws:imagebuilder:us-east-1:111122223333:workflow/test/${name}/1.0.0/1`;
    const resource = resourceWith({
      tests: false,
      scanning: false,
      workflows: [
        {
          workflowArn: workflow('second'),
          parameters: { b: '2', a: '1' },
          onFailure: 'ABORT',
          parallelGroup: 'tests',
        },
        { workflowArn: workflow('first') },
      ],
    });
    expect(resource).toEqual({
      ...MINIMAL,
      image_tests_configuration: { image_tests_enabled: false },
      image_scanning_configuration: { image_scanning_enabled: false },
      workflow: [
        {
          workflow_arn: workflow('second'),
          on_failure: 'ABORT',
          parallel_group: 'tests',
          parameter: [
            { name: 'a', value: '1' },
            { name: 'b', value: '2' },
          ],
        },
        { workflow_arn: workflow('first') },
      ],
    });
  });

  it('hands out its ARN and its resource', () => {
    const template = Template.of((stack) => {
      const { arn, resource } = pipelineWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, resource.name] });
    });
    expect(template.part('output')).toEqual({
      out: { value: [`\${${TYPE}.pipeline_DBECAE49.arn}`, `\${${TYPE}.pipeline_DBECAE49.name}`] },
    });
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      const schedule = { cron: stringValue, timezone: stringValue };
      pipelineWith({ name: stringValue, recipeArn: stringValue, schedule })(stack);
    });
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      name: '${var.v}',
      image_recipe_arn: '${var.v}',
      schedule: { ...SCHEDULE, schedule_expression: '${var.v}', timezone: '${var.v}' },
    });
  });

  it('lists every wrong input at once', () => {
    const schedule = {
      cron: 'cron(0 6 * * ?)',
      timezone: 'Mars/Olympus',
      startCondition: 'sometimes' as 'always',
    };
    const workflows = [{ workflowArn: 'build' }];
    expect(refusedBy(() => resourceWith({ name: 'x', schedule, workflows }))).toEqual([
      '`name` resource-name: "x"',
      '`workflows[0].workflowArn` workflow-arn: "build"',
      '`schedule.cron` schedule-days: "cron(0 6 * * ?)"',
      '`schedule.timezone` timezone: "Mars/Olympus"',
      '`schedule.startCondition` one-of: "sometimes"',
    ]);
  });
});
