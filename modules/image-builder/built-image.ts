import { ImagebuilderImage } from '@cdktf/provider-aws/lib/imagebuilder-image/index.js';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, checkInteger, numberText, type Problem } from '../core';
import type { BuildInputs } from './image-pipeline';

/** Inputs of {@link BuiltImage}. */
export interface BuiltImageProps extends BuildInputs {
  /**
   * How long the apply waits for the build, 60 to 1,440 minutes. Terraform's own hour is too short
   * for Windows with cached images.
   * @default 180
   */
  readonly timeoutMinutes?: number | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Minutes an apply waits for a build when nothing else is said. */
export const DEFAULT_BUILD_TIMEOUT_MINUTES = 180;

/**
 * One build of a recipe, made and waited for during the apply: an `aws_imagebuilder_image`. Built
 * again whenever the recipe changes. Costs a build, see {@link ImagePipeline}.
 *
 * When a build fails the apply ends with Image Builder's reason, the old image stays, and so does
 * the SSM parameter; the next apply builds again. Removing an image from Terraform keeps its AMI.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image
 */
export class BuiltImage extends Construct {
  public readonly arn: string;
  /** The AMI's id, in the Region of the stack. */
  public readonly amiId: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderImage;

  constructor(scope: Construct, id: string, props: BuiltImageProps) {
    super(scope, id);
    assertNoProblems(this, validateBuiltImageProps(props));
    const { timeoutMinutes = DEFAULT_BUILD_TIMEOUT_MINUTES } = props;
    this.resource = new ImagebuilderImage(this, 'Resource', {
      imageRecipeArn: props.recipeArn,
      infrastructureConfigurationArn: props.infrastructureConfigurationArn,
      distributionConfigurationArn: props.distributionConfigurationArn,
      executionRole: props.executionRoleArn,
      imageTestsConfiguration: { imageTestsEnabled: true },
      timeouts: { create: `${numberText(timeoutMinutes)}m` },
      tags: { ...props.tags },
      dependsOn: [...props.dependsOn],
      // The old image goes only when the new one is there: a failed build takes nothing away.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
    const amis = this.resource.interpolationForAttribute('output_resources[0].amis');
    this.amiId = Token.asString(Fn.lookupNested(Fn.one(amis), ['image']));
  }
}

function validateBuiltImageProps({ timeoutMinutes }: BuiltImageProps): Problem[] {
  const minutes = timeoutMinutes ?? DEFAULT_BUILD_TIMEOUT_MINUTES;
  return checkInteger(['timeoutMinutes'], minutes, { min: 60, max: 1440 });
}
