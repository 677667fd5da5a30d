import type { ITerraformDependable } from 'cdktf';
import type { Problem } from '../../core';
import { boolean, checkSettings, listOrEmpty, type SettingProps, setting } from '../../settings';
import { BUILD_WORKFLOW, buildWorkflow } from './build-workflow';

/** How a build is tested and done. */
export const BUILD_SETTINGS = {
  /**
   * Whether a second instance is started from the new AMI to run the components' tests on. Without
   * it a build is shorter by that instance, and an AMI that does not boot is found by the nodes.
   * For an image that an apply builds, a change builds it again.
   * @default true
   */
  tests: setting(boolean(), {
    about: 'Test each new AMI on a fresh instance',
    default: true,
    change: 'builds',
  }),
  /**
   * Whether Image Builder keeps Amazon Inspector's findings of the build instance. Inspector has to
   * be on for EC2 in the account, and is billed for each instance that it scans. For an image that
   * an apply builds, a change builds it again.
   * @default false
   */
  scanning: setting(boolean(), {
    about: 'Keep what Amazon Inspector finds on the build instance',
    default: false,
    change: 'builds',
  }),
  /**
   * Workflows in the place of Image Builder's own: name each one that shall run, also AWS's
   * `build-image` and `test-image`. They run under the execution role. Terraform keeps their order
   * for a pipeline; for an image that an apply builds it does not, and a change builds it again.
   * @default - Image Builder's own
   */
  workflows: setting(listOrEmpty(BUILD_WORKFLOW), {
    about: 'Workflows in the place of those of Image Builder',
    otherwise: 'its own',
    change: 'builds',
  }),
};

/** What every build of an image takes, whether a pipeline or an apply starts it. */
export interface BuildInputs extends SettingProps<typeof BUILD_SETTINGS> {
  readonly recipeArn: string;
  readonly infrastructureConfigurationArn: string;
  readonly distributionConfigurationArn: string;
  readonly executionRoleArn: string;
  /**
   * What has to be there before a build can work, such as the policies of its roles and the log
   * groups of {@link BuildLogGroups}.
   */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The blocks that a pipeline and an image have in common. */
export function buildImageInputs(inputs: BuildInputs) {
  const {
    tests = BUILD_SETTINGS.tests.default,
    scanning = BUILD_SETTINGS.scanning.default,
    workflows = [],
  } = inputs;
  return {
    imageRecipeArn: inputs.recipeArn,
    infrastructureConfigurationArn: inputs.infrastructureConfigurationArn,
    distributionConfigurationArn: inputs.distributionConfigurationArn,
    executionRole: inputs.executionRoleArn,
    imageTestsConfiguration: { imageTestsEnabled: tests },
    // Written also when it is off: left out, Terraform leaves it as it was.
    imageScanningConfiguration: { imageScanningEnabled: scanning },
    ...(workflows.length === 0 ? {} : { workflow: workflows.map(buildWorkflow) }),
    dependsOn: [...inputs.dependsOn],
  };
}

/** Checks the settings; the ARNs come from other constructs. */
export const checkBuildInputs = (inputs: BuildInputs): Problem[] =>
  checkSettings(BUILD_SETTINGS, inputs);
