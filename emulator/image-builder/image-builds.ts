import { type Json, objectOf } from '../front/json-fields';
import { ApiError, textOf } from '../front/wire-format';
import { requireBuildable } from './build-checks';
import { BuildFailure } from './build-failure';
import { writeBuildLogs } from './build-logs';
import type { ImageDistribution } from './image-distribution';
import type { Resource } from './resources/image-builder-store';
import type { RuleContext } from './resources/rule-context';

const FINAL_STATES = new Set([
  ...['AVAILABLE', 'FAILED', 'CANCELLED', 'DEPRECATED', 'DISABLED', 'DELETED'],
]);

/**
 * One step of an image, as the event `EC2 Image Builder Image State Change` tells it.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-imagebuilder.html
 */
export interface ImageStateChange {
  readonly region: string;
  readonly imageArn: string;
  readonly previous: string;
  readonly status: string;
  readonly reason?: string;
}

/** Takes images through their states, one with every GetImage. */
export class ImageBuilds {
  /** Every step of every image, in order. */
  readonly stateChanges: ImageStateChange[] = [];
  private readonly running = new Map<string, Promise<void>>();
  private nextFailure: string | undefined;

  constructor(
    private readonly distribution: ImageDistribution,
    private readonly writesLogs: boolean,
  ) {}

  /** Makes the next build that reaches TESTING or DISTRIBUTING fail instead. */
  failNext(reason: string): void {
    this.nextFailure = reason;
  }

  /** The content of a new image; the build starts in PENDING. */
  start(context: RuleContext, request: Json, arn: string, version: string): Json {
    const recipe = context.store.require(textOf(request, 'imageRecipeArn'));
    const infrastructure = context.store.require(textOf(request, 'infrastructureConfigurationArn'));
    const distributionArn = textOf(request, 'distributionConfigurationArn');
    const distribution =
      distributionArn === '' ? undefined : context.store.require(distributionArn);
    return {
      arn,
      type: 'AMI',
      name: recipe.content['name'],
      version,
      platform: 'Windows',
      enhancedImageMetadataEnabled: request['enhancedImageMetadataEnabled'] ?? true,
      osVersion: 'Microsoft Windows Server 2022',
      state: { status: 'PENDING' },
      imageRecipe: withTags(recipe),
      infrastructureConfiguration: withTags(infrastructure),
      distributionConfiguration: distribution === undefined ? undefined : withTags(distribution),
      imageTestsConfiguration: {
        imageTestsEnabled: true,
        timeoutMinutes: 720,
        ...objectOf(request, 'imageTestsConfiguration'),
      },
      imageScanningConfiguration: request['imageScanningConfiguration'],
      executionRole: request['executionRole'],
      workflows: request['workflows'],
      sourcePipelineArn: request['sourcePipelineArn'],
      sourcePipelineName: request['sourcePipelineName'],
      dateCreated: new Date().toISOString(),
      outputResources: { amis: [], containers: [] },
      buildType: request['buildType'] ?? 'USER_INITIATED',
      imageSource: 'CUSTOM',
    };
  }

  /** Takes an image one state on; calls at the same time count once. */
  async advance(context: RuleContext, image: Resource): Promise<void> {
    let step = this.running.get(image.arn);
    if (step === undefined) {
      step = this.step(context, image).finally(() => this.running.delete(image.arn));
      this.running.set(image.arn, step);
    }
    await step;
  }

  /** Takes an image to its end and returns the last state. */
  async finish(context: RuleContext, image: Resource): Promise<Json> {
    while (!FINAL_STATES.has(statusOf(image))) await this.advance(context, image);
    return objectOf(image.content, 'state');
  }

  /** Puts an image into another state. */
  change(region: string, image: Resource, status: string, reason?: string): void {
    const previous = statusOf(image);
    const state = reason === undefined ? { status } : { status, reason };
    image.content = { ...image.content, state };
    this.stateChanges.push({ region, imageArn: image.arn, previous, ...state });
  }

  private async step(context: RuleContext, image: Resource): Promise<void> {
    const { region } = context.store;
    const status = statusOf(image);
    if (FINAL_STATES.has(status)) return;
    const next = nextStatus(status, image.content);
    try {
      if (status === 'BUILDING') await this.build(context, image);
      if (next === 'AVAILABLE') await this.distribution.distribute(context, image);
      this.change(region, image, next);
    } catch (error) {
      if (!(error instanceof BuildFailure || error instanceof ApiError)) throw error;
      this.change(region, image, 'FAILED', error.message);
    }
  }

  private async build(context: RuleContext, image: Resource): Promise<void> {
    const reason = this.nextFailure;
    this.nextFailure = undefined;
    if (reason === undefined) await requireBuildable(context, image.content);
    if (this.writesLogs) await writeBuildLogs(context, image);
    if (reason !== undefined) throw new BuildFailure(reason);
  }
}

function nextStatus(status: string, image: Json): string {
  const tested = objectOf(image, 'imageTestsConfiguration')['imageTestsEnabled'] !== false;
  const following: Readonly<Record<string, string>> = {
    PENDING: 'BUILDING',
    BUILDING: tested ? 'TESTING' : 'DISTRIBUTING',
    TESTING: 'DISTRIBUTING',
  };
  return following[status] ?? 'AVAILABLE';
}

function statusOf(image: Resource): string {
  return textOf(objectOf(image.content, 'state'), 'status');
}

function withTags(resource: Resource): Json {
  return { ...resource.content, tags: resource.tags };
}
