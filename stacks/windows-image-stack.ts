import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../app/environment-schema';
import { EksWindowsAmi, WindowsImage } from '../modules';
import { amiParameterName, imageName, imageStackName } from './environment-names';
import { EnvironmentStack } from './environment-stack';

/** Looks up the base AMI, and builds the environment's own AMI from it. */
export class WindowsImageStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, imageStackName(environment), environment);
    const { cluster, windows, image, region, tags } = environment;
    const { kubernetesVersion } = cluster;
    const base = new EksWindowsAmi(this, 'BaseAmi', { kubernetesVersion, ...windows });
    const built = new WindowsImage(this, 'Image', {
      ...image,
      name: imageName(environment),
      region,
      baseImageId: base.imageId,
      windowsServer: windows.server,
      amiParameterName: amiParameterName(environment),
      tags,
    });
    this.createOutputs(base, built);
  }

  private createOutputs(base: EksWindowsAmi, image: WindowsImage): void {
    new TerraformOutput(this, 'base_ami_id', { value: base.imageId });
    new TerraformOutput(this, 'recipe_version', { value: image.recipe.version });
    new TerraformOutput(this, 'pipeline_arn', { value: image.pipeline.arn });
    new TerraformOutput(this, 'ami_parameter_name', { value: image.amiParameterName });
    if (image.builtImage !== undefined) {
      new TerraformOutput(this, 'ami_id', { value: image.builtImage.amiId });
    }
  }
}
