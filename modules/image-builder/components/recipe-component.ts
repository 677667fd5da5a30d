import type { ImagebuilderImageRecipeComponent } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe/index.js';
import { checkKnownKeys, checkText, contentHash, type Path, type Problem } from '../../core';

/** What a recipe needs to know about a component. */
export interface RecipeComponent {
  readonly arn: string;
  /**
   * Names the component's content, and changes exactly when the content does. Not the ARN: that is
   * unknown while a new component is planned, and would hide the recipe's new version in the plan.
   */
  readonly contentId: string;
  /**
   * Values of the component's parameters, at most 256 characters for a name, and at least one for
   * a value. Image Builder gives them to the component's document as `{{ name }}`; they are part of
   * the recipe, where anyone who may read it sees them.
   * @default - the defaults of the component's document
   */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** By name, so that the order in which they were written makes no new version. */
function sortedParameters({ parameters = {} }: RecipeComponent): [string, string][] {
  return Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The block of a recipe. */
export function buildRecipeComponent(component: RecipeComponent): ImagebuilderImageRecipeComponent {
  const parameter = sortedParameters(component).map(([name, value]) => ({ name, value }));
  return {
    componentArn: component.arn,
    ...(parameter.length === 0 ? {} : { parameter }),
  };
}

/** Changes exactly when the component's content or its parameters do. */
export function recipeComponentContentId(component: RecipeComponent): string {
  const parameters = sortedParameters(component);
  if (parameters.length === 0) return component.contentId;
  return contentHash([component.contentId, ...parameters.flat()]);
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ComponentParameter.html */
export function checkRecipeComponent(path: Path, component: RecipeComponent): Problem[] {
  const at = [...path, 'parameters'];
  const reference = checkKnownKeys(at, component.parameters);
  if (reference.length > 0) return reference;
  return sortedParameters(component).flatMap(([name, value]) => [
    ...checkText([...at, name], name, {
      id: 'recipe-parameter-name',
      pattern: /^[\s\S]{1,256}$/,
      rule: 'have a name of 1 to 256 characters',
    }),
    ...checkText([...at, name], value, {
      id: 'recipe-parameter-value',
      pattern: /^[\s\S]+$/,
      rule: 'have a value',
    }),
  ]);
}
