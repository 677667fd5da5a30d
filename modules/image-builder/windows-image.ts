import { Construct } from 'constructs';
import { assertNoProblems, checkEach, checkText, type Problem, problem } from '../core';
import type { WindowsServer } from '../windows-base';
import { BuildRole } from './build-role';
import type { BuildSchedule } from './build-schedule';
import { BuiltImage } from './built-image';
import { MAX_INLINE_DOCUMENT_CHARACTERS, renderComponentDocument } from './component-document';
import { checkContainerImage, checkUniqueContainerImages } from './container-image';
import { containerImageCacheDocument } from './container-image-cache';
import { DistributionConfiguration } from './distribution-configuration';
import { ExecutionRole } from './execution-role';
import { ImageComponent } from './image-component';
import { type BuildInputs, ImagePipeline } from './image-pipeline';
import { ImageRecipe, type RecipeComponent } from './image-recipe';
import { type BuildNetwork, InfrastructureConfiguration } from './infrastructure-configuration';

/** Inputs of {@link WindowsImage}. */
export interface WindowsImageProps {
  /**
   * Begins the name of everything made here, such as the AMI `<name>-<build date>` and the role
   * `<name>-build`. 3 to 48 lower-case letters, digits and dashes; unique in the account.
   */
  readonly name: string;
  /** The Region of the provider. */
  readonly region: string;
  /** Id of the AMI to start from, such as an `EksWindowsAmi`'s. */
  readonly baseImageId: string;
  /** Which Windows Server that is: cached images have to be built for it. @default - not checked */
  readonly windowsServer?: WindowsServer | undefined;
  /**
   * Container images to put into the AMI, with tag or digest. Order does not matter.
   * @default - none
   */
  readonly cachedImages?: readonly string[] | undefined;
  /** Further components, run after the image cache. @default - none */
  readonly components?: readonly RecipeComponent[] | undefined;
  /** GiB, 50 to 16,000. @default 100 */
  readonly rootVolumeGiB?: number | undefined;
  /** Types of the build instance, x86-64. @default m7i.xlarge */
  readonly instanceTypes?: readonly string[] | undefined;
  /** @default - the default VPC of the Region */
  readonly network?: BuildNetwork | undefined;
  /** @default - builds only at apply, or when someone starts the pipeline */
  readonly schedule?: BuildSchedule | undefined;
  /** Whether an apply builds the image when it is new or changed, and waits. @default true */
  readonly buildOnApply?: boolean | undefined;
  /** How long an apply waits for a build, 60 to 1,440 minutes. @default 180 */
  readonly timeoutMinutes?: number | undefined;
  /** Raise it to build again without any other change. @default 0 */
  readonly revision?: number | undefined;
  /** The SSM parameter that gets the id of each new AMI. @default /imagebuilder/<name>/ami-id */
  readonly amiParameterName?: string | undefined;
  /** Tags of everything made here and of the AMIs. @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * A custom Windows AMI with cached container images, from recipe to pipeline.
 *
 * Nothing here has a version to write: a changed image list, base AMI or volume is a new recipe
 * and, with `buildOnApply`, a new AMI in the same apply. The AMI's id goes to an SSM parameter,
 * where node groups find it; a failed build leaves the parameter, and so the nodes, as they were.
 *
 * Costs: every build runs one build and one test instance for an hour or so; every AMI keeps a
 * snapshot. AMIs, snapshots and the parameter stay when the stack is destroyed.
 */
export class WindowsImage extends Construct {
  /** The SSM parameter with the id of the newest AMI. */
  public readonly amiParameterName: string;
  public readonly recipe: ImageRecipe;
  public readonly pipeline: ImagePipeline;
  /** The image built at apply, unless `buildOnApply` is off. */
  public readonly builtImage: BuiltImage | undefined;

  constructor(scope: Construct, id: string, props: WindowsImageProps) {
    super(scope, id);
    assertNoProblems(this, validateWindowsImageProps(props));
    this.amiParameterName = props.amiParameterName ?? `/imagebuilder/${props.name}/ami-id`;
    const components = [...this.createImageCache(props), ...(props.components ?? [])];
    this.recipe = this.createRecipe(props, components);
    const inputs = this.createBuildInputs(props);
    this.pipeline = this.createPipeline(props, inputs);
    this.builtImage = props.buildOnApply === false ? undefined : this.createImage(props, inputs);
  }

  private createImageCache({ name, cachedImages = [], tags }: WindowsImageProps): ImageComponent[] {
    if (cachedImages.length === 0) return [];
    const document = containerImageCacheDocument({ images: cachedImages });
    const component = { name: `${name}-container-image-cache`, document, tags };
    return [new ImageComponent(this, 'ContainerImageCache', component)];
  }

  private createRecipe(
    { name, baseImageId, rootVolumeGiB, revision, tags }: WindowsImageProps,
    components: readonly RecipeComponent[],
  ): ImageRecipe {
    const parent = { parentImageId: baseImageId, components };
    return new ImageRecipe(this, 'Recipe', { name, ...parent, rootVolumeGiB, revision, tags });
  }

  private createBuildInputs(props: WindowsImageProps): BuildInputs {
    const { name, cachedImages, instanceTypes, network, region, tags } = props;
    const { amiParameterName } = this;
    const role = new BuildRole(this, 'BuildRole', { name: `${name}-build`, cachedImages, tags });
    const execution = { name: `${name}-execution`, amiParameterName, tags };
    const executionRole = new ExecutionRole(this, 'ExecutionRole', execution);
    const { instanceProfileName } = role;
    const instances = { name, instanceProfileName, instanceTypes, network, tags };
    const infrastructure = new InfrastructureConfiguration(this, 'Infrastructure', instances);
    const target = { name, region, amiParameterName, amiTags: tags, tags };
    const distribution = new DistributionConfiguration(this, 'Distribution', target);
    return {
      recipeArn: this.recipe.arn,
      infrastructureConfigurationArn: infrastructure.arn,
      distributionConfigurationArn: distribution.arn,
      executionRoleArn: executionRole.arn,
      dependsOn: [...role.policies, ...executionRole.policies],
    };
  }

  private createPipeline(
    { name, schedule, tags }: WindowsImageProps,
    inputs: BuildInputs,
  ): ImagePipeline {
    return new ImagePipeline(this, 'Pipeline', { ...inputs, name, schedule, tags });
  }

  private createImage(
    { timeoutMinutes, tags }: WindowsImageProps,
    inputs: BuildInputs,
  ): BuiltImage {
    return new BuiltImage(this, 'Image', { ...inputs, timeoutMinutes, tags });
  }
}

function validateWindowsImageProps(props: WindowsImageProps): Problem[] {
  const { cachedImages = [], components = [] } = props;
  const name = {
    pattern: /^[a-z][a-z0-9-]{1,46}[a-z0-9]$/,
    rule: 'be 3 to 48 lower-case letters, digits and dashes, beginning with a letter',
  };
  return [
    ...checkText(['name'], props.name, name),
    ...checkUniqueContainerImages(['cachedImages'], cachedImages),
    ...checkEach(['cachedImages'], cachedImages, (path, image) =>
      checkContainerImage(path, image, props.windowsServer),
    ),
    ...checkSomethingToBuild(cachedImages, components),
    ...checkCacheLength(cachedImages),
  ];
}

/** One component holds them all, and a component's document has a limit. */
function checkCacheLength(images: readonly string[]): Problem[] {
  const { length } = renderComponentDocument(containerImageCacheDocument({ images }));
  if (length <= MAX_INLINE_DOCUMENT_CHARACTERS) return [];
  const rule = `fit into a component of ${MAX_INLINE_DOCUMENT_CHARACTERS} characters`;
  return [problem(['cachedImages'], rule, length, 'cache fewer images')];
}

/** Image Builder takes no recipe without a component. */
function checkSomethingToBuild(
  cachedImages: readonly string[],
  components: readonly RecipeComponent[],
): Problem[] {
  if (cachedImages.length + components.length > 0) return [];
  const message = 'must have at least one item when there are no `components`, got: 0';
  return [{ path: ['cachedImages'], message }];
}
