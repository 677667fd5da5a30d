import { type Json, listOfJson, objectOf } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { REFERENCES } from '../resources/image-builder-store';
import { scheduleProblem } from '../resources/pipeline-schedule';
import {
  checkChoice,
  checkRange,
  invalidCombination,
  invalidValue,
  type RuleContext,
  requireExisting,
} from '../resources/rule-context';

/** Workflows that Amazon owns. */
const WORKFLOWS: Readonly<Record<string, readonly string[]>> = {
  build: ['build-image', 'build-container'],
  test: ['test-image', 'test-container'],
  distribution: ['distribute-image', 'distribute-container'],
};
const LATEST_WORKFLOW = /^(x\.x\.x|1\.x\.x|1\.0\.x|1\.0\.[0-3](\/1)?)$/;

/** Checks what a pipeline or image is made from. @throws ApiError when a resource is missing. */
export function checkReferences(context: RuleContext, content: Json): void {
  for (const [field, arnType] of Object.entries(REFERENCES)) {
    const arn = textOf(content, field);
    if (arn === '' && field === 'distributionConfigurationArn') continue;
    const resource = context.store.find(arn);
    if (resource?.kind.arnType === arnType && resource.arn === arn) continue;
    throw invalidValue(field, `The resource with ARN '${arn}' does not exist.`);
  }
}

/** Checks schedule and status. @throws ApiError when one is not valid. */
export function checkSchedule(_context: RuleContext, content: Json): void {
  checkChoice(content, 'status', ['ENABLED', 'DISABLED']);
  const schedule = objectOf(content, 'schedule');
  checkChoice(schedule, 'pipelineExecutionStartCondition', [
    'EXPRESSION_MATCH_ONLY',
    'EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE',
  ]);
  checkRange(objectOf(schedule, 'autoDisablePolicy'), 'failureCount', 1, 10);
  const expression = textOf(schedule, 'scheduleExpression');
  if (expression === '') return;
  const problem = scheduleProblem(expression, textOf(schedule, 'timezone') || undefined);
  if (problem !== undefined) throw invalidValue('schedule', problem);
}

/** Checks the settings of tests. @throws ApiError when the time limit is out of range. */
export function checkTests(_context: RuleContext, content: Json): void {
  checkRange(objectOf(content, 'imageTestsConfiguration'), 'timeoutMinutes', 60, 1440);
}

/** Checks workflows. @throws ApiError when one is unknown or there is no execution role. */
export function checkWorkflows(context: RuleContext, content: Json): void {
  const workflows = listOfJson(content['workflows']);
  if (workflows.length === 0) return;
  if (textOf(content, 'executionRole') === '') {
    throw invalidCombination('An execution role is required to provide workflows.');
  }
  for (const workflow of workflows) {
    checkChoice(workflow, 'onFailure', ['ABORT', 'CONTINUE']);
    const arn = textOf(workflow, 'workflowArn');
    if (isAmazonWorkflow(context.store.region, arn)) continue;
    throw invalidValue('workflowArn', `The workflow with ARN '${arn}' does not exist.`);
  }
}

/** Checks the execution role. @throws ApiError when it does not exist. */
export async function checkRole(context: RuleContext, content: Json): Promise<void> {
  const role = textOf(content, 'executionRole');
  if (role === '') return;
  const named = { RoleName: role.split('/').pop() ?? role };
  await requireExisting(
    context.moto.query('iam', 'GetRole', named, context.store.region),
    'executionRole',
    `The role '${role}' does not exist.`,
  );
}

function isAmazonWorkflow(region: string, arn: string): boolean {
  const prefix = `arn:aws:imagebuilder:${region}:aws:workflow/`;
  if (!arn.startsWith(prefix)) return false;
  const [type = '', name = '', ...version] = arn.slice(prefix.length).split('/');
  return WORKFLOWS[type]?.includes(name) === true && LATEST_WORKFLOW.test(version.join('/'));
}
