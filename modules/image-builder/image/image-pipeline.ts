import { ImagebuilderImagePipeline } from '@cdktf/provider-aws/lib/imagebuilder-image-pipeline/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  type Problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { boolean, checkSettings, type SettingProps, setting } from '../../settings';
import { type BuildInputs, buildImageInputs, checkBuildInputs } from '../build/build-inputs';
import { checkResourceName } from '../naming/resource-name';
import { BUILD_SCHEDULE, buildSchedule } from './build-schedule';

/** When a pipeline builds. */
export const IMAGE_PIPELINE_SETTINGS = {
  /** @default - builds only when someone starts the pipeline */
  schedule: setting(BUILD_SCHEDULE, {
    about: 'Build regularly',
    otherwise: 'only when something in this file changes',
    change: 'in-place',
  }),
  /**
   * Whether the schedule is followed. A pipeline that is off keeps its settings and its history.
   * @default true
   */
  enabled: setting(boolean(), {
    about: 'Whether the pipeline may run at all, by schedule or by hand',
    default: true,
    change: 'in-place',
  }),
};

/**
 * Inputs of {@link ImagePipeline}. None of them starts a build: a changed one is written into the
 * pipeline, and the next build takes it.
 */
export interface ImagePipelineProps
  extends BuildInputs,
    SettingProps<typeof IMAGE_PIPELINE_SETTINGS> {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
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
    const { name, schedule, tags } = props;
    const { enabled = IMAGE_PIPELINE_SETTINGS.enabled.default } = props;
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
  return [
    ...checkResourceName(['name'], props.name),
    ...checkBuildInputs(props),
    ...checkSettings(IMAGE_PIPELINE_SETTINGS, props),
  ];
}
