import { type Json, objectOf } from '../front/json-fields';
import { ApiError, OWN_ACCOUNT, textOf } from '../front/wire-format';
import { readComponentDocument } from './resources/component-document';
import {
  type ImageBuilderStore,
  type Kind,
  matchesVersionArn,
  type Resource,
} from './resources/image-builder-store';

/** The request without what belongs to the call itself. */
export function contentOf(parameters: Json): Json {
  const {
    clientToken: _token,
    tags: _tags,
    semanticVersion,
    ...content
  } = parameters as Record<string, unknown>;
  return semanticVersion === undefined ? content : { ...content, version: semanticVersion };
}

/**
 * The ARN of a new resource.
 * @throws ApiError ResourceAlreadyExistsException
 */
export function newArn(store: ImageBuilderStore, kind: Kind, content: Json): string {
  const name = textOf(content, 'name');
  if (kind.arnType === 'component') return componentArn(store, content);
  if (kind.arnType === 'image') {
    const recipe = store.require(textOf(content, 'imageRecipeArn')).content;
    const [recipeName, version] = [textOf(recipe, 'name'), textOf(recipe, 'version')];
    const versionArn = store.arn('image', recipeName, version);
    return `${versionArn}/${store.nextBuild(versionArn)}`;
  }
  const arn =
    kind.arnType === 'image-recipe'
      ? recipeArn(store, name, textOf(content, 'version'))
      : store.arn(kind.arnType, name);
  if (store.find(arn) === undefined) return arn;
  throw alreadyExists(arn);
}

function alreadyExists(arn: string): ApiError {
  const message = `The resource with ARN '${arn}' already exists.`;
  return new ApiError(400, 'ResourceAlreadyExistsException', message);
}

/** Same name and version with other content gives the next build; with the same, a refusal. */
function componentArn(store: ImageBuilderStore, content: Json): string {
  const versionArn = store.arn('component', textOf(content, 'name'), textOf(content, 'version'));
  const newest = store.find(versionArn);
  if (newest !== undefined && newest.content['data'] === content['data']) {
    throw alreadyExists(newest.arn);
  }
  return `${versionArn}/${store.nextBuild(versionArn)}`;
}

/** `x` at the end of a recipe version stands for the next free number. */
function recipeArn(store: ImageBuilderStore, name: string, version: string): string {
  const wanted = version.split('.');
  const counted = wanted.indexOf('x');
  if (counted < 0) return store.arn('image-recipe', name, version);
  const selector = store.arn('image-recipe', name, version);
  const used = store
    .all('image-recipe')
    .filter((recipe) => matchesVersionArn(selector, recipe.arn))
    .map((recipe) => Number(recipe.arn.split('/').pop()?.split('.')[counted]));
  const next = used.length === 0 ? 0 : Math.max(...used) + 1;
  const numbers = wanted.map((part, index) => (index === counted ? next : part === 'x' ? 0 : part));
  return store.arn('image-recipe', name, numbers.join('.'));
}

/** What Image Builder adds to the content of a resource; images are made by their build. */
export function completed(kind: Kind, arn: string, content: Json): Json {
  const now = new Date().toISOString();
  const common = { ...content, arn, dateCreated: now };
  switch (kind.arnType) {
    case 'component':
      return { ...common, ...componentFields(content) };
    case 'image-recipe': {
      const version = arn.split('/').pop();
      return { ...common, version, type: 'AMI', platform: 'Windows', owner: OWN_ACCOUNT };
    }
    case 'image-pipeline':
      return { ...common, dateUpdated: now, ...pipelineFields(content) };
    case 'distribution-configuration':
      return { ...common, dateUpdated: now, timeoutMinutes: 720 };
    case 'lifecycle-policy': {
      // The only kind whose dates are numbers on the wire.
      const seconds = Math.floor(Date.parse(now) / 1000);
      return { status: 'ENABLED', ...common, dateCreated: seconds, dateUpdated: seconds };
    }
    default:
      return { ...common, dateUpdated: now };
  }
}

function componentFields(content: Json): Json {
  const document = readComponentDocument(textOf(content, 'data'));
  return {
    type: document.type,
    parameters: document.parameters,
    owner: OWN_ACCOUNT,
    encrypted: true,
    state: { status: 'ACTIVE' },
  };
}

function pipelineFields(content: Json): Json {
  const schedule = objectOf(content, 'schedule');
  const scheduled = textOf(schedule, 'scheduleExpression') !== '';
  return {
    platform: 'Windows',
    enhancedImageMetadataEnabled: content['enhancedImageMetadataEnabled'] ?? true,
    status: content['status'] ?? 'ENABLED',
    consecutiveFailures: 0,
    imageTestsConfiguration: {
      imageTestsEnabled: true,
      timeoutMinutes: 720,
      ...objectOf(content, 'imageTestsConfiguration'),
    },
    schedule: scheduled
      ? {
          timezone: 'Etc/UTC',
          pipelineExecutionStartCondition: 'EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE',
          ...schedule,
        }
      : undefined,
  };
}

/** A resource as lists show it. */
export function summary(resource: Resource): Json {
  const { data: _data, ...content } = resource.content as Record<string, unknown>;
  return { ...content, tags: resource.tags };
}
