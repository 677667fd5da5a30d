import { type Json, listOfJson, objectOf } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { checkVersion } from '../resources/resource-versions';
import {
  checkChoice,
  checkRange,
  invalidCombination,
  invalidValue,
  type RuleContext,
} from '../resources/rule-context';

const UNITS = ['DAYS', 'WEEKS', 'MONTHS', 'YEARS'];
const SELECTOR = /^(\d+|x)\.(\d+|x)\.(\d+|x)$/;

/**
 * Checks a lifecycle policy.
 * Source: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateLifecyclePolicy.html
 * @throws ApiError when Image Builder would refuse it.
 */
export function checkLifecyclePolicy(_context: RuleContext, content: Json): void {
  checkChoice(content, 'status', ['ENABLED', 'DISABLED']);
  checkChoice(content, 'resourceType', ['AMI_IMAGE', 'CONTAINER_IMAGE']);
  const details = listOfJson(content['policyDetails']);
  if (details.length < 1 || details.length > 3) {
    throw invalidValue('policyDetails', `It must have 1 to 3 entries, got: ${details.length}`);
  }
  for (const detail of details) checkDetail(detail);
  const actions = details.map((detail) => textOf(objectOf(detail, 'action'), 'type'));
  if (new Set(actions).size !== actions.length) {
    throw invalidValue('policyDetails', `An action is repeated: ${actions.join(', ')}`);
  }
  checkSelection(objectOf(content, 'resourceSelection'));
}

function checkDetail(detail: Json): void {
  checkChoice(objectOf(detail, 'action'), 'type', ['DELETE', 'DEPRECATE', 'DISABLE']);
  const filter = objectOf(detail, 'filter');
  checkChoice(filter, 'type', ['AGE', 'COUNT']);
  checkChoice(filter, 'unit', UNITS);
  checkRange(filter, 'value', 1, 1000);
  checkRange(filter, 'retainAtLeast', 1, 10);
  const byAge = filter['type'] === 'AGE';
  if (byAge && textOf(filter, 'unit') === '') {
    throw invalidCombination('A unit is required for filters of the type AGE.');
  }
  if (!byAge && (textOf(filter, 'unit') !== '' || textOf(filter, 'retainAtLeast') !== '')) {
    throw invalidCombination('unit and retainAtLeast are only for filters of the type AGE.');
  }
  const launched = objectOf(objectOf(objectOf(detail, 'exclusionRules'), 'amis'), 'lastLaunched');
  checkRange(launched, 'value', 1, 365);
  checkChoice(launched, 'unit', UNITS);
}

function checkSelection(selection: Json): void {
  const recipes = listOfJson(selection['recipes']);
  const tags = Object.keys(objectOf(selection, 'tagMap'));
  if ((recipes.length === 0) === (tags.length === 0)) {
    throw invalidCombination('Exactly one of recipes and tagMap must be provided.');
  }
  if (recipes.length > 50 || tags.length > 50) {
    throw invalidValue('resourceSelection', 'It must have at most 50 entries.');
  }
  for (const recipe of recipes) checkVersion(textOf(recipe, 'semanticVersion'), SELECTOR);
}
