import { ImagebuilderImagePipeline } from '@cdktf/provider-aws/lib/imagebuilder-image-pipeline/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  type Problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { type BuildInputs, buildImageInputs, checkBuildInputs } from '../build/build-inputs';
import { checkResourceName } from '../naming/resource-name';
import { type BuildSchedule, buildSchedule, checkBuildSchedule } from './build-schedule';

/**
 * Inputs of {@link ImagePipeline}. None of them starts a build: a changed one is written into the
 * pipeline, and the next build takes it.
 */
export interface ImagePipelineProps extends BuildInputs {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /** @default - builds only when someone starts the pipeline */
  readonly schedule?: BuildSchedule | undefined;
  /**
   * Whether the schedule is followed. A pipeline that is off keeps its settings and its history.
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
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
    const { name, schedule, enabled = true, tags } = props;
    this.resource = new ImagebuilderImagePipeline(this, 'Resource', {
      name,
      ...buildImageInputs(props),
      ...withoutUndefined({
        schedule: schedule && buildSchedule(schedule),
        // On is the provider's default, so that leaving it out turns the pipeline on again.
        status: enabled ? undefined : 'DISABLED',
        tags: writtenTags(tags),
      }),
    });
    this.arn = this.resource.arn;
  }
}

function validateImagePipelineProps(props: ImagePipelineProps): Problem[] {
  const { name, schedule } = props;
  return [
    ...checkResourceName(['name'], name),
    ...checkBuildInputs(props),
    ...(schedule === undefined ? [] : checkBuildSchedule(['schedule'], schedule)),
  ];
}
