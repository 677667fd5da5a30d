import { Construct } from 'constructs';
import { assertNoProblems, type Problem } from '../../core';
import { ImageComponent } from '../components/image-component';
import type { RecipeComponent } from '../image/image-recipe';
import { checkResourceName } from '../naming/resource-name';
import {
  type ContainerImageCache,
  checkContainerImageCache,
  containerImageCacheDocuments,
} from './container-image-cache';

/** Inputs of {@link ContainerImageCacheComponents}. */
export interface ContainerImageCacheComponentsProps extends ContainerImageCache {
  /** Begins the names `<name>-container-image-cache`, `<name>-container-image-cache-2` and so on. */
  readonly name: string;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Puts container images into an AMI: as many `aws_imagebuilder_component` as the list needs, which
 * is one for 50 to 80 images. They cost nothing by themselves. A changed list is a new component,
 * and so a new recipe and a new AMI; the order of the list is no change.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_component
 */
export class ContainerImageCacheComponents extends Construct {
  /** In the order in which the recipe has to run them. */
  public readonly components: readonly RecipeComponent[];

  constructor(scope: Construct, id: string, props: ContainerImageCacheComponentsProps) {
    super(scope, id);
    assertNoProblems(this, validateContainerImageCacheComponentsProps(props));
    const { name, tags } = props;
    this.components = containerImageCacheDocuments(props).map((document, index) => {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      // The first has the address of this construct itself: `Default` stays out of addresses.
      return new ImageComponent(this, index === 0 ? 'Default' : String(index + 1), {
        name: `${name}-container-image-cache${suffix}`,
        document,
        tags,
      });
    });
  }
}

function validateContainerImageCacheComponentsProps(
  props: ContainerImageCacheComponentsProps,
): Problem[] {
  return [...checkResourceName(['name'], props.name), ...checkContainerImageCache([], props)];
}
