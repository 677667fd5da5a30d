import { randomUUID } from 'node:crypto';
import type { AmiStore } from '../ec2/ami-store';
import type { FastLaunch } from '../ec2/fast-launch';
import type { LaunchPermissions } from '../ec2/launch-permissions';
import type { LaunchTemplates } from '../ec2/launch-templates';
import type { ApiClient } from '../front/api-client';
import { type Json, listOfJson, objectOf, tagsOf } from '../front/json-fields';
import { PerRegion } from '../front/per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  jsonResponse,
  textOf,
} from '../front/wire-format';
import type { PublicParameters } from '../ssm/public-parameters';
import { completed, contentOf, newArn, summary } from './image-builder-fields';
import { ImageBuilds, type ImageStateChange } from './image-builds';
import { ImageDistribution } from './image-distribution';
import { type LifecycleAction, LifecycleRuns } from './lifecycle-runs';
import { afterRun, type PipelineRun, selectedVersions, whyNotStarted } from './pipeline-runs';
import {
  ImageBuilderStore,
  KINDS,
  type Kind,
  matchesVersionArn,
  REFERENCES,
  type Resource,
} from './resources/image-builder-store';
import { KnownComponents } from './resources/known-components';
import type { RuleContext } from './resources/rule-context';
import { checkContent } from './rules/image-builder-rules';

/** What the Image Builder service works with. */
export interface ImageBuilderParts {
  readonly amis: AmiStore;
  readonly moto: ApiClient;
  readonly launchTemplates: LaunchTemplates;
  readonly launchPermissions: LaunchPermissions;
  readonly parameters: PublicParameters;
  readonly fastLaunch: FastLaunch;
  /** Whether a recipe with images cannot be deleted; AWS documents neither answer. */
  readonly imagesHoldTheirRecipe: boolean;
  /** Whether builds write to a log group and to the log bucket. */
  readonly buildsWriteLogs: boolean;
}

/** EC2 Image Builder; moto_server has none of it. */
export class ImageBuilder {
  /** Components of Amazon and of other accounts. */
  readonly knownComponents = new KnownComponents();
  private readonly stores = new PerRegion((region) => new ImageBuilderStore(region));
  private readonly distribution: ImageDistribution;
  private readonly builds: ImageBuilds;
  private readonly lifecycle: LifecycleRuns;

  constructor(private readonly parts: ImageBuilderParts) {
    const { fastLaunch, launchTemplates, launchPermissions } = parts;
    this.distribution = new ImageDistribution(fastLaunch, launchTemplates, launchPermissions);
    this.builds = new ImageBuilds(this.distribution, parts.buildsWriteLogs);
    this.lifecycle = new LifecycleRuns(this.builds, launchPermissions);
  }

  /** Every step of every image, in order. */
  get stateChanges(): readonly ImageStateChange[] {
    return this.builds.stateChanges;
  }

  /** Makes the next image build fail with this reason. */
  failNextBuild(reason: string): void {
    this.builds.failNext(reason);
  }

  /** ARNs of all resources of a region. */
  arns(region: string): readonly string[] {
    const resources = this.stores.of(region).all();
    return resources.map((resource) => resource.arn);
  }

  /** `<account> <AMI id>` for every AMI that a build copied into another account. */
  copiesInOtherAccounts(region: string): readonly string[] {
    return this.distribution.copiesInOtherAccounts(region);
  }

  /**
   * Lets one tick of a pipeline's schedule happen and its build come to its end.
   * @throws ApiError when there is no such pipeline.
   */
  async runPipeline(arn: string): Promise<PipelineRun> {
    const store = this.stores.of(arn.split(':')[3] ?? '');
    const pipeline = store.require(arn);
    const context = this.contextOf(store);
    const reason = whyNotStarted(context, pipeline);
    if (reason !== undefined) return { started: false, reason };
    const answer = await this.startPipeline(store, { imagePipelineArn: arn }, 'SCHEDULED');
    const image = store.require(textOf(answer, 'imageBuildVersionArn'));
    const state = await this.builds.finish(context, image);
    const status = textOf(state, 'status');
    pipeline.content = afterRun(pipeline.content, status);
    const failure = state['reason'] === undefined ? {} : { reason: textOf(state, 'reason') };
    return { started: true, imageArn: image.arn, status, ...failure };
  }

  /** Runs every enabled lifecycle policy once, as AWS does about daily. */
  runLifecyclePolicies(now: Date): readonly LifecycleAction[] {
    return this.stores
      .names()
      .flatMap((region) => this.lifecycle.run(this.contextOf(this.stores.of(region)), now));
  }

  /** Answers an Image Builder request. */
  async handle(request: ApiRequest): Promise<ApiResponse> {
    const store = this.stores.of(request.region);
    const answer =
      this.handleTags(store, request) ??
      this.handleKnownComponent(request) ??
      (await this.handleKind(store, request)) ??
      (await this.handleExecution(store, request));
    if (answer !== undefined) return jsonResponse({ requestId: randomUUID(), ...answer });
    // Not a 5xx: clients would repeat the call for minutes.
    const message = `The operation ${request.operation} is not part of this emulator.`;
    throw new ApiError(400, 'NotImplemented', message);
  }

  private handleKnownComponent({ operation, parameters, region }: ApiRequest): Json | undefined {
    if (operation !== 'GetComponent') return undefined;
    const arn = textOf(parameters, 'componentBuildVersionArn');
    const component = this.knownComponents.describe(region, arn);
    return component === undefined ? undefined : { component };
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
    const context = this.contextOf(store);
    const content = await checkContent(context, kind.operation, contentOf(parameters));
    const arn = newArn(store, kind, content);
    const stored =
      kind.arnType === 'image'
        ? this.builds.start(context, content, arn, arn.split('/').slice(-2).join('/'))
        : completed(kind, arn, content);
    store.put({ arn, kind, content: stored, tags: { ...tagsOf(parameters, 'tags') } });
    return { clientToken: parameters['clientToken'], [kind.arnKey]: arn };
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
    if (!/^(Infra|Dist|ImagePipeline|Lifecycle)/.test(operation)) {
      const message = `A resource of the kind ${resource.kind.arnType} cannot be changed.`;
      throw new ApiError(400, 'InvalidRequestException', message);
    }
    const { [arnKey]: _arn, ...changes } = contentOf(parameters);
    const { arn, name, dateCreated } = resource.content as Record<string, unknown>;
    const content = { ...changes, name };
    await checkContent(this.contextOf(store), operation, content);
    resource.content = { ...completed(resource.kind, resource.arn, content), arn, dateCreated };
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
    if (operation === 'StartImagePipelineExecution') {
      return this.startPipeline(store, parameters, 'USER_INITIATED');
    }
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
    this.builds.change(request.region, image, 'CANCELLED');
    return { clientToken: parameters['clientToken'], imageBuildVersionArn: image.arn };
  }

  /** Builds an image as its pipeline says; such an image has the pipeline's tags for images only. */
  private async startPipeline(
    store: ImageBuilderStore,
    parameters: Json,
    buildType: 'USER_INITIATED' | 'SCHEDULED',
  ): Promise<Json> {
    const pipeline = store.require(textOf(parameters, 'imagePipelineArn'));
    const { arn, name, ...content } = pipeline.content as Record<string, unknown>;
    const image = KINDS.find((kind) => kind.arnType === 'image');
    if (image === undefined) return {};
    const answer = await this.create(store, image, {
      ...content,
      sourcePipelineArn: arn,
      sourcePipelineName: name,
      buildType,
      tags: content['imageTags'],
      clientToken: parameters['clientToken'],
    });
    const built = store.require(textOf(answer, image.arnKey));
    const recipe = objectOf(built.content, 'imageRecipe');
    const selected = selectedVersions(this.contextOf(store), recipe);
    built.content = { ...built.content, selectedVersions: selected };
    return answer;
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
    return { store, amis, moto, parameters, knownComponents: this.knownComponents };
  }
}

function requireOfKind(store: ImageBuilderStore, kind: Kind, arn: string): Resource {
  const resource = store.require(arn);
  if (resource.kind === kind) return resource;
  const message = `'${arn}' is not the ARN of a ${kind.arnType}.`;
  throw new ApiError(400, 'InvalidRequestException', message);
}
