import { Construct } from 'constructs';
import { AmiRetention } from '../../ami-retention';
import { AMI_RETENTION_SETTINGS } from '../../ami-retention/ami-retention';
import {
  AMI_IN_USE_TAG_PREFIX,
  AMI_IN_USE_TAG_VALUE,
  assertNoProblems,
  BUILT_BY_TERRAFORM_TAG,
  type Problem,
} from '../../core';
import { pickSettings } from '../../settings';
import { EKS_COMPONENT_NAME } from '../../windows-base/base-route';
import { BUILD_SETTINGS, type BuildInputs } from '../build/build-inputs';
import { BuildLogGroups } from '../build/build-log-groups';
import { BuildNotifications } from '../build/build-notifications';
import {
  INFRASTRUCTURE_SETTINGS,
  InfrastructureConfiguration,
} from '../build/infrastructure-configuration';
import { amazonManagedComponent } from '../components/amazon-managed-component';
import type { RecipeComponent } from '../components/recipe-component';
import {
  DISTRIBUTION_SETTINGS,
  DistributionConfiguration,
} from '../distribution/distribution-configuration';
import type { DistributionTarget } from '../distribution/distribution-target';
import { BUILT_IMAGE_SETTINGS, BuiltImage } from '../image/built-image';
import { ImageLifecyclePolicy } from '../image/image-lifecycle-policy';
import { ImagePipeline } from '../image/image-pipeline';
import { IMAGE_RECIPE_SETTINGS, ImageRecipe } from '../image/image-recipe';
import { IMAGE_CACHE_SETTINGS } from '../image-cache/container-image-cache';
import { ContainerImageCacheComponents } from '../image-cache/container-image-cache-components';
import { BuildRole } from '../roles/build-role';
import { ExecutionRole } from '../roles/execution-role';
import { executionResources, imageTargets, ownParameterNames } from './image-targets';
import { windowsImageRoleNames } from './role-names';
import { checkWindowsImage } from './windows-image-checks';
import type { WindowsImageProps } from './windows-image-props';

/**
 * A custom Windows AMI with cached container images, from recipe to pipeline.
 *
 * Nothing here has a version to write: a changed image list, base AMI or volume is a new recipe
 * and, with `buildOnApply`, a new AMI in the same apply. The AMI's id goes to an SSM parameter,
 * where node groups find it; a failed build leaves the parameter, and so the nodes, as they were.
 *
 * Costs: every build runs one build and one test instance for an hour or so; every AMI keeps a
 * snapshot in each Region. AMIs, snapshots and the parameter stay when the stack is destroyed,
 * unless `retention` says otherwise.
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
    const targets = imageTargets(props, this.amiParameterName);
    this.recipe = this.createRecipe(props);
    const inputs = this.createBuildInputs(props, targets);
    this.builtImage = props.buildOnApply === false ? undefined : this.createImage(props, inputs);
    const retention = this.createRetention(props, targets);
    this.pipeline = this.createPipeline(props, inputs, retention);
    this.createLifecyclePolicy(props, targets);
    this.createNotifications(props);
  }

  private createRecipe(props: WindowsImageProps): ImageRecipe {
    const { components = [], componentsAfterCache = [] } = props;
    return new ImageRecipe(this, 'Recipe', {
      ...pickSettings(IMAGE_RECIPE_SETTINGS, props),
      name: props.name,
      parentImage: props.baseImage,
      components: [
        ...eksComponent(props),
        ...components,
        ...this.createImageCache(props),
        ...componentsAfterCache,
      ],
      tags: props.tags,
    });
  }

  private createImageCache(props: WindowsImageProps): readonly RecipeComponent[] {
    const { name, cachedImages: images = [], windowsServer, tags } = props;
    if (images.length === 0) return [];
    const { components } = new ContainerImageCacheComponents(this, 'ContainerImageCache', {
      ...pickSettings(IMAGE_CACHE_SETTINGS, props),
      name,
      images,
      windowsServer,
      tags,
    });
    return components;
  }

  private createBuildInputs(
    props: WindowsImageProps,
    targets: readonly DistributionTarget[],
  ): BuildInputs {
    const { name, permissions, iam, tags } = props;
    const buildRole = this.createBuildRole(props);
    const executionRole = new ExecutionRole(this, 'ExecutionRole', {
      ...executionResources(props, targets),
      name: windowsImageRoleNames(name).execution,
      buildRoleArn: buildRole.arn,
      statements: props.executionStatements,
      permissions,
      iam,
      tags,
    });
    const logs = this.createLogGroups(props);
    return {
      ...pickSettings(BUILD_SETTINGS, props),
      recipeArn: this.recipe.arn,
      infrastructureConfigurationArn: this.createInfrastructure(props, buildRole).arn,
      distributionConfigurationArn: this.createDistribution(props, targets).arn,
      executionRoleArn: executionRole.arn,
      dependsOn: [...buildRole.policies, ...executionRole.policies, ...logs.groups],
    };
  }

  private createBuildRole(props: WindowsImageProps): BuildRole {
    const { name, region, permissions, cachedImages, registryCredentials, iam, tags } = props;
    return new BuildRole(this, 'BuildRole', {
      name: windowsImageRoleNames(name).build,
      region,
      permissions,
      cachedImages,
      pullThroughCachePrefixes: props.pullThroughCachePrefixes,
      secretArns: [...new Set(Object.values(registryCredentials ?? {}))].sort(),
      secretKmsKeyArns: props.kmsKeyArns,
      logs: props.logs,
      componentFiles: props.componentFiles,
      statements: props.buildStatements,
      iam,
      tags,
    });
  }

  private createLogGroups(props: WindowsImageProps): BuildLogGroups {
    return new BuildLogGroups(this, 'Logs', {
      recipeName: props.name,
      pipelineName: props.name,
      retentionDays: props.logRetentionDays,
      kmsKeyId: props.logGroupKmsKeyId,
      tags: props.tags,
    });
  }

  private createInfrastructure(
    props: WindowsImageProps,
    { instanceProfileName }: BuildRole,
  ): InfrastructureConfiguration {
    return new InfrastructureConfiguration(this, 'Infrastructure', {
      ...pickSettings(INFRASTRUCTURE_SETTINGS, props),
      name: props.name,
      instanceProfileName,
      tags: props.tags,
    });
  }

  private createDistribution(
    { name, distribution, tags }: WindowsImageProps,
    targets: readonly DistributionTarget[],
  ): DistributionConfiguration {
    return new DistributionConfiguration(this, 'Distribution', {
      ...pickSettings(DISTRIBUTION_SETTINGS, distribution ?? {}),
      name,
      targets,
      tags,
    });
  }

  private createImage(props: WindowsImageProps, inputs: BuildInputs): BuiltImage {
    const tags = { ...props.tags, ...BUILT_BY_TERRAFORM_TAG };
    const settings = pickSettings(BUILT_IMAGE_SETTINGS, props);
    return new BuiltImage(this, 'Image', { ...inputs, ...settings, tags });
  }

  private createRetention(
    { name, retention, credentials }: WindowsImageProps,
    targets: readonly DistributionTarget[],
  ): AmiRetention | undefined {
    if (retention === 'none') return undefined;
    return new AmiRetention(this, 'Retention', {
      ...pickSettings(AMI_RETENTION_SETTINGS, retention ?? {}),
      imageName: name,
      targets: targets.map((target) => ({
        region: target.region,
        amiParameterNames: ownParameterNames(target),
      })),
      amiId: this.builtImage?.amiId,
      credentials,
    });
  }

  private createPipeline(
    { name, schedule, pipelineEnabled, tags }: WindowsImageProps,
    inputs: BuildInputs,
    retention: AmiRetention | undefined,
  ): ImagePipeline {
    return new ImagePipeline(this, 'Pipeline', {
      ...inputs,
      // A destroy then ends the pipeline before it looks at the AMIs that are left.
      dependsOn: [...inputs.dependsOn, ...(retention === undefined ? [] : [retention.owner])],
      name,
      schedule,
      enabled: pipelineEnabled,
      tags,
    });
  }

  /** For the AMIs that a schedule makes between two applies. */
  private createLifecyclePolicy(
    { name, retention, schedule, iam, tags }: WindowsImageProps,
    targets: readonly DistributionTarget[],
  ): void {
    if (retention === undefined || retention === 'none' || schedule === undefined) return;
    // The policy does not switch Fast Launch off, which would go on costing.
    if (retention.older !== 'delete' || targets.some(({ fastLaunch = [] }) => fastLaunch[0]))
      return;
    const marks = (retention.inUseBy ?? []).map((user) => `${AMI_IN_USE_TAG_PREFIX}${user}`);
    new ImageLifecyclePolicy(this, 'LifecyclePolicy', {
      name,
      recipe: this.recipe.resource,
      keep: retention.keep ?? AMI_RETENTION_SETTINGS.keep.default,
      keptAmiTags: Object.fromEntries(marks.map((key) => [key, AMI_IN_USE_TAG_VALUE])),
      iam,
      tags,
    });
  }

  private createNotifications({ name, notifications, tags }: WindowsImageProps): void {
    if (notifications === undefined) return;
    new BuildNotifications(this, 'Notifications', {
      ...notifications,
      name: `${name}-builds`,
      recipeName: name,
      tags,
    });
  }
}

function eksComponent({ eksComponentVersion, region }: WindowsImageProps): RecipeComponent[] {
  if (eksComponentVersion === undefined) return [];
  const component = { name: EKS_COMPONENT_NAME, version: eksComponentVersion, region };
  return [amazonManagedComponent(component)];
}

function validateWindowsImageProps(props: WindowsImageProps): Problem[] {
  return checkWindowsImage([], props);
}
