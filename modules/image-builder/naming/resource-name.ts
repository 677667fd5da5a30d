import { checkText, type Path, type Problem } from '../../core';

/**
 * The name of an Image Builder resource. The API takes blanks too; they are left out here because
 * the name becomes part of ARNs and log groups.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html
 */
export function checkResourceName(path: Path, name: string): Problem[] {
  return checkText(path, name, {
    id: 'resource-name',
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{1,125}[A-Za-z0-9]$/,
    rule: 'be 3 to 127 letters, digits, - and _ that begin and end with a letter or digit',
  });
}
