import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { ComponentDocuments } from '../environment/component-documents';
import { amiParameterName, imageName, imageStackName, nodesStackName } from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import {
  EksWindowsAmi,
  type EksWindowsAmiProps,
  eksComponentVersion,
  ImageComponent,
  PlainWindowsAmi,
  WindowsImage,
  type WindowsImageProps,
  type WindowsImageRetention,
} from '../modules';
import { distributionTargets } from './distributed-fast-launch';
import { type EnvironmentComponents, environmentComponents } from './environment-components';
import { awsCliCredentials, EnvironmentStack } from './environment-stack';
import type { EveryKeyOf } from './every-key';

/** What the image starts from. */
interface BaseImage {
  readonly baseImage: string;
  /** Of the kubelet; not known of a base of one's own. */
  readonly kubernetesVersion?: string;
  /** Only for a base without the parts of EKS. */
  readonly eksComponentVersion?: string;
}

/** Looks up the base AMI, and builds the environment's own AMI from it. */
export class WindowsImageStack extends EnvironmentStack {
  constructor(
    scope: Construct,
    private readonly environment: Environment,
    documents: ComponentDocuments,
  ) {
    super(scope, imageStackName(environment), environment);
    const base = this.createBase();
    const image = this.createImage(base, environmentComponents(this, environment, documents));
    this.createOutputs(base, image);
    this.addComponentsForReview();
  }

  private addComponentsForReview(): void {
    for (const component of this.node.findAll()) {
      if (!(component instanceof ImageComponent)) continue;
      this.addReviewFile(`components/${component.name}.yaml`, component.documentText);
    }
  }

  private createBase(): BaseImage {
    const { image, windows, cluster } = this.environment;
    const { kubernetesVersion } = cluster;
    if (image.base === 'eks-optimized') {
      const choice = { kubernetesVersion, ...windows };
      const props = choice satisfies EveryKeyOf<typeof choice, EksWindowsAmiProps>;
      const base = new EksWindowsAmi(this, 'BaseAmi', props);
      return { baseImage: base.parentImage, kubernetesVersion };
    }
    if (image.base !== 'plain-windows') return { baseImage: image.base.imageId };
    const { server, edition, lookUp } = windows;
    const base = new PlainWindowsAmi(this, 'BaseAmi', { server, edition, lookUp });
    const version = eksComponentVersion(kubernetesVersion);
    return { baseImage: base.parentImage, kubernetesVersion, eksComponentVersion: version };
  }

  private createImage(base: BaseImage, components: EnvironmentComponents): WindowsImage {
    const { environment } = this;
    const { region, tags, windows, iam } = environment;
    const {
      base: _base,
      components: _listed,
      componentBucket: _theirs,
      ...image
    } = environment.image;
    const targets = distributionTargets(this, environment);
    return new WindowsImage(this, 'Image', {
      ...(image satisfies EveryKeyOf<typeof image, WindowsImageProps>),
      ...base,
      ...components,
      distribution: { ...image.distribution, targets },
      name: imageName(environment),
      region,
      windowsServer: windows.server,
      retention: this.retention(),
      credentials: awsCliCredentials(environment.provider),
      permissions: iam?.permissions,
      iam,
      amiParameterName: amiParameterName(environment),
      tags,
    });
  }

  private retention(): WindowsImageRetention | 'none' {
    const { fastLaunch, image } = this.environment;
    // Who wants no local-exec for Fast Launch gets none for retention either, unless it is asked for.
    const withoutSteps = (fastLaunch?.method ?? 'local-exec') !== 'local-exec';
    const retention = image.retention ?? (withoutSteps ? 'none' : undefined);
    if (retention === 'none') return retention;
    return {
      ...(retention satisfies EveryKeyOf<typeof retention, WindowsImageRetention>),
      inUseBy: [nodesStackName(this.environment)],
    };
  }

  private createOutputs({ baseImage }: BaseImage, image: WindowsImage): void {
    new TerraformOutput(this, 'base_ami_id', { value: baseImage });
    new TerraformOutput(this, 'recipe_version', { value: image.recipe.version });
    new TerraformOutput(this, 'pipeline_arn', { value: image.pipeline.arn });
    new TerraformOutput(this, 'ami_parameter_name', { value: image.amiParameterName });
    if (image.builtImage !== undefined) {
      new TerraformOutput(this, 'ami_id', { value: image.builtImage.amiId });
    }
  }
}
