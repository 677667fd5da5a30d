import { type Json, listOfJson, objectOf } from '../front/json-fields';
import { textOf } from '../front/wire-format';
import { matchesVersionArn, type Resource } from './resources/image-builder-store';
import { hasWildcard } from './resources/parent-image';
import type { RuleContext } from './resources/rule-context';

/** What became of one tick of a pipeline's schedule. */
export type PipelineRun =
  | { readonly started: false; readonly reason: string }
  | {
      readonly started: true;
      readonly imageArn: string;
      readonly status: string;
      /** Why it failed. */
      readonly reason?: string;
    };

/**
 * Why a tick of the schedule starts no build; undefined when it starts one. By default one is only
 * started when a version with `x` in the recipe selects something newer than the last image of the
 * pipeline was built from. Whether AWS counts a changed SSM parameter is not documented; here it
 * does not.
 * Source: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Schedule.html
 */
export function whyNotStarted(context: RuleContext, pipeline: Resource): string | undefined {
  const { content } = pipeline;
  if (content['status'] !== 'ENABLED') return 'the pipeline is disabled';
  const schedule = objectOf(content, 'schedule');
  if (textOf(schedule, 'scheduleExpression') === '') return 'the pipeline has no schedule';
  if (schedule['pipelineExecutionStartCondition'] === 'EXPRESSION_MATCH_ONLY') return undefined;
  const recipe = context.store.require(textOf(content, 'imageRecipeArn')).content;
  const selected = selectedVersions(context, recipe);
  if (selected === '') return 'nothing in the recipe has a version with x';
  const built = context.store
    .all('image')
    .filter((image) => image.content['sourcePipelineArn'] === pipeline.arn)
    .some((image) => image.content['selectedVersions'] === selected);
  return built ? 'no dependency of the recipe has a newer version' : undefined;
}

/** What the versions with `x` in a recipe select now; `''` when there are none. */
export function selectedVersions(context: RuleContext, recipe: Json): string {
  const arns = listOfJson(recipe['components']).map((component) =>
    textOf(component, 'componentArn'),
  );
  return [textOf(recipe, 'parentImage'), ...arns]
    .filter(hasWildcard)
    .map((arn) => newest(context, arn))
    .join(' ');
}

function newest(context: RuleContext, selector: string): string {
  const { region } = context.store;
  const known = context.knownComponents.find(region, selector)?.versionArn;
  const own = context.store.all().filter(({ arn }) => matchesVersionArn(selector, arn));
  return known ?? own.pop()?.arn ?? selector;
}

/** The pipeline after a scheduled build: too many failures in a row disable it. */
export function afterRun(pipeline: Json, status: string): Json {
  const failures = status === 'FAILED' ? Number(pipeline['consecutiveFailures'] ?? 0) + 1 : 0;
  const policy = objectOf(objectOf(pipeline, 'schedule'), 'autoDisablePolicy');
  const limit = Number(policy['failureCount'] ?? Number.POSITIVE_INFINITY);
  return {
    ...pipeline,
    status: failures >= limit ? 'DISABLED' : pipeline['status'],
    consecutiveFailures: failures,
    dateLastRun: new Date().toISOString(),
    lastRunStatus: status,
  };
}
