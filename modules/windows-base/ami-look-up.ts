import { type Path, type Problem, problem } from '../core';

/** Every {@link AmiLookUp}. */
export const AMI_LOOK_UPS = ['at-plan', 'at-build'] as const;

/**
 * When the newest AMI is looked up for a recipe.
 * - `at-plan`: Terraform reads its id. A newer AMI shows in the next plan and is a new recipe, so
 *   that an apply builds the image from it.
 * - `at-build`: Image Builder reads it at each build. A newer AMI changes nothing in Terraform, and
 *   is taken by the next build that a schedule, or someone, starts. The role of the build needs
 *   `ssm:GetParameter` for it.
 */
export type AmiLookUp = (typeof AMI_LOOK_UPS)[number];

/**
 * A recipe's parent image that Image Builder looks up in an SSM parameter at each build.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html
 */
export function parameterParentImage(parameterName: string): string {
  return `ssm:${parameterName}`;
}

/** Only the latest release is in an SSM parameter, which a build can read. */
export function checkLookUp(path: Path, lookUp: string, release = 'latest'): Problem[] {
  if (lookUp !== 'at-build' || release === 'latest') return [];
  const rule = 'be "at-plan" for a dated release, because only the latest is in an SSM parameter';
  return [
    problem('look-up-of-dated-release', path, rule, lookUp, 'leave out `lookUp` or `release`'),
  ];
}
