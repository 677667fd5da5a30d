import type { ITerraformDependable } from 'cdktf';
import { checkEach, type Problem } from '../../core';
import { type BuildWorkflow, buildWorkflow, checkBuildWorkflow } from './build-workflow';

/** What every build of an image takes, whether a pipeline or an apply starts it. */
export interface BuildInputs {
  readonly recipeArn: string;
  readonly infrastructureConfigurationArn: string;
  readonly distributionConfigurationArn: string;
  readonly executionRoleArn: string;
  /**
   * What has to be there before a build can work, such as the policies of its roles and the log
   * groups of {@link BuildLogGroups}.
   */
  readonly dependsOn: readonly ITerraformDependable[];
  /**
   * Whether a second instance is started from the new AMI to run the components' tests on. Without
   * it a build is shorter by that instance, and an AMI that does not boot is found by the nodes.
   * For an image that an apply builds, a change builds it again.
   * @default true
   */
  readonly imageTests?: boolean | undefined;
  /**
   * Whether Image Builder keeps Amazon Inspector's findings of the build instance. Inspector has to
   * be on for EC2 in the account, and is billed for each instance that it scans. For an image that
   * an apply builds, a change builds it again.
   * @default false
   */
  readonly scanning?: boolean | undefined;
  /**
   * Workflows in the place of Image Builder's own: name each one that shall run, also AWS's
   * `build-image` and `test-image`. They run under the execution role. Terraform keeps their order
   * for a pipeline; for an image that an apply builds it does not, and a change builds it again.
   * @default - Image Builder's own
   */
  readonly workflows?: readonly BuildWorkflow[] | undefined;
}

/** The blocks that a pipeline and an image have in common. */
export function buildImageInputs(inputs: BuildInputs) {
  const { imageTests = true, scanning = false, workflows = [] } = inputs;
  return {
    imageRecipeArn: inputs.recipeArn,
    infrastructureConfigurationArn: inputs.infrastructureConfigurationArn,
    distributionConfigurationArn: inputs.distributionConfigurationArn,
    executionRole: inputs.executionRoleArn,
    imageTestsConfiguration: { imageTestsEnabled: imageTests },
    // Written also when it is off: left out, Terraform leaves it as it was.
    imageScanningConfiguration: { imageScanningEnabled: scanning },
    ...(workflows.length === 0 ? {} : { workflow: workflows.map(buildWorkflow) }),
    dependsOn: [...inputs.dependsOn],
  };
}

/** Checks the workflows; the ARNs come from other constructs. */
export function checkBuildInputs({ workflows = [] }: BuildInputs): Problem[] {
  return checkEach(['workflows'], workflows, checkBuildWorkflow);
}
