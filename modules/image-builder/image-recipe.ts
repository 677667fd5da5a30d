import { ImagebuilderImageRecipe } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkInteger,
  checkListLength,
  contentVersion,
  numberText,
  type Problem,
} from '../core';
import { DEFAULT_ROOT_VOLUME_GIB, ROOT_DEVICE_NAME, ROOT_VOLUME_GIB } from '../windows-base';
import { checkResourceName } from './resource-name';

/** What a recipe needs to know about a component. */
export interface RecipeComponent {
  readonly arn: string;
  /**
   * Names the component's content, and changes exactly when the content does. Not the ARN: that is
   * unknown while a new component is planned, and would hide the recipe's new version in the plan.
   */
  readonly contentId: string;
}

/** Inputs of {@link ImageRecipe}. */
export interface ImageRecipeProps {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /** Id of the AMI to start from. */
  readonly parentImageId: string;
  /** Components in the order in which they run, 1 to 20. */
  readonly components: readonly RecipeComponent[];
  /**
   * Size of the root volume, 50 to 16,000 GiB: Windows itself takes about 30, the rest is for
   * cached images and containers. Every node and every Fast Launch snapshot has this size.
   * @default 100
   */
  readonly rootVolumeGiB?: number | undefined;
  /**
   * Raise it for a new recipe version without any other change, for instance when an apply stops
   * with `ResourceAlreadyExistsException` after a failed one.
   * @default 0
   */
  readonly revision?: number | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html */
const MAX_COMPONENTS = 20;

/**
 * What an AMI is made of: an `aws_imagebuilder_image_recipe` with one encrypted gp3 root volume.
 * Costs nothing by itself.
 *
 * The version follows the content (base AMI, components, volume), nobody writes it. A changed
 * recipe is made before the old one is removed, because a recipe in use cannot be deleted.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image_recipe
 */
export class ImageRecipe extends Construct {
  public readonly arn: string;
  /** `1.0.<hash of the content>`. */
  public readonly version: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderImageRecipe;

  constructor(scope: Construct, id: string, props: ImageRecipeProps) {
    super(scope, id);
    assertNoProblems(this, validateImageRecipeProps(props));
    const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, revision = 0 } = props;
    this.version = contentVersion([
      props.parentImageId,
      ...props.components.map((component) => component.contentId),
      numberText(rootVolumeGiB),
      numberText(revision),
    ]);
    this.resource = new ImagebuilderImageRecipe(this, 'Resource', {
      name: props.name,
      version: this.version,
      parentImage: props.parentImageId,
      component: props.components.map(({ arn }) => ({ componentArn: arn })),
      blockDeviceMapping: [buildRootDevice(rootVolumeGiB)],
      tags: { ...props.tags },
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
  }
}

function buildRootDevice(volumeSize: number): object {
  return {
    deviceName: ROOT_DEVICE_NAME,
    ebs: { volumeSize, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
  };
}

function validateImageRecipeProps(props: ImageRecipeProps): Problem[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB } = props;
  return [
    ...checkResourceName(['name'], props.name),
    ...checkListLength(['components'], props.components, { min: 1, max: MAX_COMPONENTS }),
    ...checkInteger(['rootVolumeGiB'], rootVolumeGiB, ROOT_VOLUME_GIB),
    ...checkInteger(['revision'], props.revision ?? 0, { min: 0 }),
  ];
}
