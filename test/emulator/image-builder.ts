import { randomUUID } from 'node:crypto';
import type { AmiStore } from './ami-store';
import type { ApiClient } from './api-client';
import { readComponentDocument } from './component-document';
import type { FastLaunch } from './fast-launch';
import { checkContent, listOfJson, objectOf, type RuleContext } from './image-builder-rules';
import {
  ImageBuilderStore,
  type Json,
  KINDS,
  type Kind,
  matchesVersionArn,
  REFERENCES,
  type Resource,
} from './image-builder-store';
import { ImageBuilds } from './image-builds';
import type { LaunchTemplates } from './launch-templates';
import { PerRegion } from './per-region';
import type { PublicParameters } from './public-parameters';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  jsonResponse,
  OWN_ACCOUNT,
  textOf,
} from './wire-format';

/** What the Image Builder service works with. */
export interface ImageBuilderParts {
  readonly amis: AmiStore;
  readonly moto: ApiClient;
  readonly launchTemplates: LaunchTemplates;
  readonly parameters: PublicParameters;
  readonly fastLaunch: FastLaunch;
  /** Whether a recipe with images cannot be deleted; AWS documents neither answer. */
  readonly imagesHoldTheirRecipe: boolean;
}

/** EC2 Image Builder; moto_server has none of it. */
export class ImageBuilder {
  private readonly stores = new PerRegion((region) => new ImageBuilderStore(region));
  private readonly builds: ImageBuilds;

  constructor(private readonly parts: ImageBuilderParts) {
    this.builds = new ImageBuilds(parts.fastLaunch, parts.launchTemplates);
  }

  /** Makes the next image build fail with this reason. */
  failNextBuild(reason: string): void {
    this.builds.failNext(reason);
  }

  /** ARNs of all resources of a region. */
  arns(region: string): readonly string[] {
    return this.stores
      .of(region)
      .all()
      .map((resource) => resource.arn);
  }

  /** Answers an Image Builder request. */
  async handle(request: ApiRequest): Promise<ApiResponse> {
    const store = this.stores.of(request.region);
    const answer =
      this.handleTags(store, request) ??
      (await this.handleKind(store, request)) ??
      (await this.handleExecution(store, request));
    if (answer !== undefined) return jsonResponse({ requestId: randomUUID(), ...answer });
    // Not a 5xx: clients would repeat the call for minutes.
    const message = `The operation ${request.operation} is not part of this emulator.`;
    throw new ApiError(400, 'NotImplemented', message);
  }

  private async handleKind(
    store: ImageBuilderStore,
    request: ApiRequest,
  ): Promise<Json | undefined> {
    const { operation, parameters } = request;
    const listed = KINDS.find((candidate) => candidate.list[0] === operation);
    if (listed !== undefined) return { [listed.list[1]]: store.all(listed.arnType).map(summary) };
    const [, verb = '', name = ''] = /^(Create|Get|Update|Delete)(\w+)$/.exec(operation) ?? [];
    const kind = KINDS.find((candidate) => candidate.operation === name);
    if (kind === undefined) return undefined;
    if (verb === 'Create') return this.create(store, kind, parameters);
    const resource = requireOfKind(store, kind, textOf(parameters, kind.arnKey));
    if (verb === 'Get') return this.get(store, resource);
    if (verb === 'Update') return this.update(store, resource, parameters);
    this.requireNoDependents(store, resource);
    store.remove(resource.arn);
    return { [kind.arnKey]: resource.arn };
  }

  private async create(store: ImageBuilderStore, kind: Kind, parameters: Json): Promise<Json> {
    const content = contentOf(parameters);
    await checkContent(this.contextOf(store), kind.operation, content);
    const arn = this.newArn(store, kind, content);
    const tags = { ...(parameters['tags'] as Record<string, string> | undefined) };
    const completed = this.complete(store, kind, arn, content);
    store.put({ arn, kind, content: completed, tags });
    return { clientToken: parameters['clientToken'], [kind.arnKey]: arn };
  }

  private newArn(store: ImageBuilderStore, kind: Kind, content: Json): string {
    const name = textOf(content, 'name');
    if (kind.arnType === 'component') {
      return componentArn(store, content);
    }
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
    const message = `The resource with ARN '${arn}' already exists.`;
    throw new ApiError(400, 'ResourceAlreadyExistsException', message);
  }

  private complete(store: ImageBuilderStore, kind: Kind, arn: string, content: Json): Json {
    const now = new Date().toISOString();
    const common = { ...content, arn, dateCreated: now };
    switch (kind.arnType) {
      case 'component':
        return { ...common, ...componentFields(content) };
      case 'image-recipe': {
        const version = arn.split('/').pop();
        return { ...common, version, type: 'AMI', platform: 'Windows', owner: OWN_ACCOUNT };
      }
      case 'image': {
        const version = arn.split('/').slice(-2).join('/');
        return this.builds.start(this.contextOf(store), content, arn, version);
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

  private async get(store: ImageBuilderStore, resource: Resource): Promise<Json> {
    if (resource.kind.arnType === 'image') {
      await this.builds.advance(this.contextOf(store), resource);
    }
    return { [resource.kind.contentKey]: { ...resource.content, tags: resource.tags } };
  }

  private async update(
    store: ImageBuilderStore,
    resource: Resource,
    parameters: Json,
  ): Promise<Json> {
    const { arnKey, operation } = resource.kind;
    const { [arnKey]: _arn, ...changes } = contentOf(parameters);
    const { arn, name, dateCreated } = resource.content as Record<string, unknown>;
    const content = { ...changes, name };
    await checkContent(this.contextOf(store), operation, content);
    const completed = this.complete(store, resource.kind, resource.arn, content);
    resource.content = { ...completed, arn, dateCreated };
    return { clientToken: parameters['clientToken'], [arnKey]: resource.arn };
  }

  private requireNoDependents(store: ImageBuilderStore, resource: Resource): void {
    const dependent = store.all().find((other) => this.dependsOn(other, resource));
    if (dependent === undefined) return;
    const message =
      `Resource '${resource.arn}' has dependencies and cannot be deleted: ` +
      `it is used by '${dependent.arn}'.`;
    throw new ApiError(400, 'ResourceDependencyException', message);
  }

  private dependsOn(other: Resource, resource: Resource): boolean {
    if (other.kind.arnType === 'image-recipe') {
      return listOfJson(other.content['components']).some((component) =>
        matchesVersionArn(textOf(component, 'componentArn'), resource.arn),
      );
    }
    if (other.kind.arnType === 'image-pipeline') {
      return Object.keys(REFERENCES).some((field) => other.content[field] === resource.arn);
    }
    return (
      this.parts.imagesHoldTheirRecipe &&
      other.kind.arnType === 'image' &&
      objectOf(other.content, 'imageRecipe')['arn'] === resource.arn
    );
  }

  private async handleExecution(
    store: ImageBuilderStore,
    request: ApiRequest,
  ): Promise<Json | undefined> {
    const { operation, parameters } = request;
    const images = store.all('image');
    if (operation === 'StartImagePipelineExecution') return this.startPipeline(store, parameters);
    if (operation === 'ListImagePipelineImages') {
      const pipeline = store.require(textOf(parameters, 'imagePipelineArn')).arn;
      const built = images.filter((image) => image.content['sourcePipelineArn'] === pipeline);
      return { imageSummaryList: built.map(summary) };
    }
    if (operation === 'ListImageBuildVersions') {
      const version = textOf(parameters, 'imageVersionArn');
      const built = images.filter((image) => matchesVersionArn(version, image.arn));
      return { imageSummaryList: built.map(summary) };
    }
    if (operation !== 'CancelImageCreation') return undefined;
    const image = store.require(textOf(parameters, 'imageBuildVersionArn'));
    image.content = { ...image.content, state: { status: 'CANCELLED' } };
    return { clientToken: parameters['clientToken'], imageBuildVersionArn: image.arn };
  }

  private async startPipeline(store: ImageBuilderStore, parameters: Json): Promise<Json> {
    const pipeline = store.require(textOf(parameters, 'imagePipelineArn'));
    const {
      arn,
      name,
      schedule: _schedule,
      status: _status,
      ...content
    } = pipeline.content as Record<string, unknown>;
    const image = KINDS.find((kind) => kind.arnType === 'image');
    if (image === undefined) return {};
    const source = { sourcePipelineArn: arn, sourcePipelineName: name };
    return this.create(store, image, {
      ...content,
      ...source,
      clientToken: parameters['clientToken'],
    });
  }

  private handleTags(store: ImageBuilderStore, request: ApiRequest): Json | undefined {
    const { operation, parameters } = request;
    if (!/^(TagResource|UntagResource|ListTagsForResource)$/.test(operation)) return undefined;
    const resource = store.require(textOf(parameters, 'resourceArn'));
    if (operation === 'ListTagsForResource') return { tags: resource.tags };
    if (operation === 'TagResource') Object.assign(resource.tags, parameters['tags']);
    else {
      const keys = [parameters['tagKeys'] ?? []].flat().map(String);
      const kept = Object.entries(resource.tags).filter(([key]) => !keys.includes(key));
      resource.tags = Object.fromEntries(kept);
    }
    return {};
  }

  private contextOf(store: ImageBuilderStore): RuleContext {
    const { amis, moto, parameters } = this.parts;
    return { store, amis, moto, parameters };
  }
}

function requireOfKind(store: ImageBuilderStore, kind: Kind, arn: string): Resource {
  const resource = store.require(arn);
  if (resource.kind === kind) return resource;
  throw new ApiError(
    400,
    'InvalidRequestException',
    `'${arn}' is not the ARN of a ${kind.arnType}.`,
  );
}

/** The request without what belongs to the call itself. */
function contentOf(parameters: Json): Json {
  const {
    clientToken: _token,
    tags: _tags,
    semanticVersion,
    ...content
  } = parameters as Record<string, unknown>;
  return semanticVersion === undefined ? content : { ...content, version: semanticVersion };
}

/** Same name and version with other content gives the next build; with the same, a refusal. */
function componentArn(store: ImageBuilderStore, content: Json): string {
  const versionArn = store.arn('component', textOf(content, 'name'), textOf(content, 'version'));
  const newest = store.find(versionArn);
  if (newest !== undefined && newest.content['data'] === content['data']) {
    const message = `The resource with ARN '${newest.arn}' already exists.`;
    throw new ApiError(400, 'ResourceAlreadyExistsException', message);
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

function componentFields(content: Json): Json {
  const data = textOf(content, 'data');
  const document = data === '' ? undefined : readComponentDocument(data);
  return {
    type: document?.type ?? 'BUILD',
    parameters: document?.parameters ?? [],
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

function summary(resource: Resource): Json {
  const { data: _data, ...content } = resource.content as Record<string, unknown>;
  return { ...content, tags: resource.tags };
}
