import type { Json } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { invalidValue, type RuleContext } from '../resources/rule-context';
import { checkComponent } from './component-rules';
import { checkDistribution } from './distribution-rules';
import { checkInfrastructure } from './infrastructure-rules';
import { checkLifecyclePolicy } from './lifecycle-policy-rules';
import {
  checkReferences,
  checkRole,
  checkSchedule,
  checkTests,
  checkWorkflows,
} from './pipeline-rules';
import { checkRecipe } from './recipe-rules';

const NAME = /^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z0-9]$/;

type Rule = (context: RuleContext, content: Json) => Promise<void> | void;

/** The rules of each kind, by the name used in operations; they throw ApiError. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  ImageRecipe: [checkRecipe],
  InfrastructureConfiguration: [checkInfrastructure],
  DistributionConfiguration: [checkDistribution],
  ImagePipeline: [checkReferences, checkSchedule, checkTests, checkWorkflows, checkRole],
  Image: [checkReferences, checkTests, checkWorkflows, checkRole],
  LifecyclePolicy: [checkLifecyclePolicy, checkRole],
};

/**
 * Checks the content of a resource and returns what to store: for a component, its document too.
 * @throws ApiError with the code Image Builder uses.
 */
export async function checkContent(
  context: RuleContext,
  operation: string,
  content: Json,
): Promise<Json> {
  if (operation !== 'Image') checkName(content);
  for (const rule of RULES[operation] ?? []) await rule(context, content);
  return operation === 'Component' ? checkComponent(context, content) : content;
}

function checkName(content: Json): void {
  const name = textOf(content, 'name');
  if (!NAME.test(name)) throw invalidValue('name', `It must match ${NAME.source}, got: ${name}`);
}
