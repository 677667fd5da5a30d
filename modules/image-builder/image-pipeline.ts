import { ImagebuilderImagePipeline } from '@cdktf/provider-aws/lib/imagebuilder-image-pipeline/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, type Problem, withoutUndefined } from '../core';
import { type BuildSchedule, checkScheduleExpression, checkTimezone } from './build-schedule';
import { checkResourceName } from './resource-name';

/** What every build of an image takes, whether a pipeline or an apply starts it. */
export interface BuildInputs {
  readonly recipeArn: string;
  readonly infrastructureConfigurationArn: string;
  readonly distributionConfigurationArn: string;
  readonly executionRoleArn: string;
  /** What has to be there before a build can work, such as the policies of its roles. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Inputs of {@link ImagePipeline}. */
export interface ImagePipelineProps extends BuildInputs {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /** @default - builds only when someone starts the pipeline */
  readonly schedule?: BuildSchedule | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Builds an AMI on a schedule: an `aws_imagebuilder_image_pipeline`. Creating it builds nothing.
 * Each build is billed: an hour or more of one build and one test instance, and a snapshot of the
 * root volume that stays.
 *
 * It has no life-cycle setting on purpose: its name cannot exist twice, and it takes a new recipe
 * in place, before the old recipe is deleted.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image_pipeline
 */
export class ImagePipeline extends Construct {
  public readonly arn: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderImagePipeline;

  constructor(scope: Construct, id: string, props: ImagePipelineProps) {
    super(scope, id);
    assertNoProblems(this, validateImagePipelineProps(props));
    const { schedule } = props;
    this.resource = new ImagebuilderImagePipeline(this, 'Resource', {
      name: props.name,
      imageRecipeArn: props.recipeArn,
      infrastructureConfigurationArn: props.infrastructureConfigurationArn,
      distributionConfigurationArn: props.distributionConfigurationArn,
      executionRole: props.executionRoleArn,
      imageTestsConfiguration: { imageTestsEnabled: true },
      ...withoutUndefined({ schedule: schedule && buildSchedule(schedule) }),
      tags: { ...props.tags },
      dependsOn: [...props.dependsOn],
    });
    this.arn = this.resource.arn;
  }
}

function buildSchedule({ cron, timezone = 'Etc/UTC' }: BuildSchedule) {
  return {
    scheduleExpression: cron,
    timezone,
    // The other condition compares semantic versions. The recipe names an AMI id and fixed
    // component versions, in which it never finds anything newer, so it would never build.
    pipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY',
  };
}

function validateImagePipelineProps({ name, schedule }: ImagePipelineProps): Problem[] {
  const problems = checkResourceName(['name'], name);
  if (schedule === undefined) return problems;
  return [
    ...problems,
    ...checkScheduleExpression(['schedule', 'cron'], schedule.cron),
    ...checkTimezone(['schedule', 'timezone'], schedule.timezone ?? 'Etc/UTC'),
  ];
}
