import { Token } from 'cdktf';
import { checkText, type Path, type Problem, problem } from '../../core';

/** Image Builder puts the date and time of the build in its place. */
export const BUILD_DATE = '{{ imagebuilder:buildDate }}';

/**
 * Of the pattern as it is written. A finished name is shorter: the date has 24 characters.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html
 */
export const MAX_AMI_NAME_LENGTH = 127;

/** Names AMIs `<name>-<build date>`. */
export function defaultAmiName(name: string): string {
  return `${name}-${BUILD_DATE}`;
}

/** The longest name that {@link defaultAmiName} makes an AMI name of. */
export const MAX_NAME_BEFORE_BUILD_DATE = MAX_AMI_NAME_LENGTH - defaultAmiName('').length;

const VARIABLE = '\\{\\{ ?imagebuilder:build(?:Date|Version) ?\\}\\}';

const AT_AN_END = `(?:[A-Za-z0-9_-]|${VARIABLE})`;

const INSIDE = `(?:[A-Za-z0-9_. -]|${VARIABLE})`;

const AMI_NAME = {
  id: 'ami-name',
  pattern: new RegExp(`^${AT_AN_END}(?:${INSIDE}*${AT_AN_END})?$`),
  rule:
    `be letters, digits, blanks and ._- around ${BUILD_DATE}, ` +
    'without a blank or dot at the ends',
};

const HAS_BUILD_DATE = /\{\{ ?imagebuilder:buildDate ?\}\}/;

/**
 * A pattern for the names of AMIs. It must contain the build date: an account has a name once in a
 * Region, so that the second build would fail at its very end. The build version
 * (`{{ imagebuilder:buildVersion }}`) may stand beside it but does not replace it, because it
 * starts again at 1 with every version of the recipe.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/tag-resources.html
 */
export function checkAmiName(path: Path, name: string): Problem[] {
  if (Token.isUnresolved(name)) return [];
  const form = checkText(path, name, AMI_NAME);
  if (form.length > 0) return form;
  if (!HAS_BUILD_DATE.test(name)) {
    const advice = 'an AMI name can be used once, so the second build would fail';
    return [problem('ami-name-build-date', path, `contain ${BUILD_DATE}`, name, advice)];
  }
  if (name.length <= MAX_AMI_NAME_LENGTH) return [];
  return [problem('ami-name-length', path, `be at most ${MAX_AMI_NAME_LENGTH} characters`, name)];
}
