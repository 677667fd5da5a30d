import { PerRegion } from '../front/per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  ec2Response,
  listOf,
  OWN_ACCOUNT,
  textOf,
  type XmlContent,
  XmlList,
} from '../front/wire-format';
import type { Ami, AmiSnapshot, AmiStore } from './ami-store';
import { dryRun, filtersOf, matchesFilters } from './ec2-requests';
import type { FastLaunchSettings } from './fast-launch-settings';
import { requireUsableTemplate } from './fast-launch-template';
import type { LaunchTemplates } from './launch-templates';
import { preparedSnapshots } from './prepared-snapshots';

/** How Fast Launch behaves where AWS documents nothing. */
export interface FastLaunchOptions {
  /** How often a describe shows `enabling` or `disabling` before the end state. @default 1 */
  readonly describesPerTransition?: number;
  /** What enabling an AMI that is enabled already does. @default 'replace' */
  readonly enableWhenEnabled?: 'replace' | 'refuse';
  /** What enabling an AMI that is being disabled does. @default 'refuse' */
  readonly enableWhileDisabling?: 'replace' | 'refuse';
  /** What disabling an AMI that is being enabled does. @default 'replace' */
  readonly disableWhileEnabling?: 'replace' | 'refuse';
  /** Error code for disabling an AMI that is not enabled. @default 'InvalidRequest' */
  readonly disableWhenNotEnabledCode?: string;
  /** What describing an AMI by its id does when the AMI is gone. @default 'show' */
  readonly describeWhenGone?: 'show' | 'refuse';
}

/** How an enable or a disable ends that EC2 has taken. */
export interface FastLaunchFailure {
  readonly state: 'enabling-failed' | 'enabled-failed' | 'disabling-failed';
  readonly reason: string;
}

/** Fast Launch of an AMI. */
export interface FastLaunchState extends FastLaunchSettings {
  readonly state: string;
  /** @default 'Client.UserInitiated' */
  readonly reason?: string;
}

interface FastLaunchImage extends FastLaunchSettings {
  state: string;
  reason: string;
  changed: string;
  describesLeft: number;
  failure: FastLaunchFailure | undefined;
}

/** Parallel launches an account may have in a Region; an adjustable quota of AWS. */
const PARALLEL_LAUNCH_QUOTA = 40;
const LEAST_PARALLEL_LAUNCHES = 6;
const MOST_SNAPSHOTS = 10_000;
const DEFAULT_SNAPSHOTS = 5;

const USER_INITIATED = 'Client.UserInitiated';

/** EC2 Fast Launch: enable, disable, describe, with the rules of the EC2 API. */
export class FastLaunch {
  private readonly regions = new PerRegion<Map<string, FastLaunchImage>>(() => new Map());
  private nextFailures: FastLaunchFailure[] = [];

  constructor(
    private readonly amis: AmiStore,
    private readonly templates: LaunchTemplates,
    /** Holds from the next request on. */
    public options: FastLaunchOptions,
  ) {}

  /** Makes the next enable, or the next disable, end in a failure. */
  failNext(failure: FastLaunchFailure): void {
    this.nextFailures.push(failure);
  }

  /** Sets what an AMI has, as somebody else might have; without a state, it has none. */
  put(region: string, imageId: string, state: FastLaunchState | undefined): void {
    const images = this.regions.of(region);
    images.delete(imageId);
    if (state === undefined) return;
    images.set(imageId, { reason: USER_INITIATED, ...state, ...this.beginning(undefined) });
  }

  /** What the AMIs of a Region have, oldest first. */
  states(region: string): readonly FastLaunchState[] {
    return [...this.regions.of(region).values()];
  }

  /** AMIs with Fast Launch; one that is being disabled does not count any more. */
  imageIds(region: string): readonly string[] {
    const images = [...this.regions.of(region).values()];
    return images.filter((image) => image.state !== 'disabling').map((image) => image.imageId);
  }

  /** Snapshots that are prepared for the AMIs of a Region. */
  preparedSnapshots(region: string): readonly AmiSnapshot[] {
    const enabled = [...this.regions.of(region).values()].filter(
      ({ state }) => state === 'enabled',
    );
    return enabled.flatMap(preparedSnapshots);
  }

  /** Answers an EC2 request about Fast Launch; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    switch (request.operation) {
      case 'EnableFastLaunch':
        return this.answerEnable(request);
      case 'DisableFastLaunch':
        return this.answerDisable(request);
      case 'DescribeFastLaunchImages':
        return this.answerDescribe(request);
      default:
        return undefined;
    }
  }

  /**
   * Enables Fast Launch for an AMI.
   * @throws ApiError when EC2 would refuse it.
   */
  async enable(region: string, settings: FastLaunchSettings): Promise<void> {
    await this.start(region, await this.accept(region, settings));
  }

  private async answerEnable(request: ApiRequest): Promise<ApiResponse> {
    const { parameters, region } = request;
    const resourceType = textOf(parameters, 'ResourceType');
    if (resourceType !== '' && resourceType !== 'snapshot') {
      throw invalidValue(`Invalid value '${resourceType}' for ResourceType`);
    }
    const accepted = await this.accept(region, settingsOf(parameters));
    if (textOf(parameters, 'DryRun') === 'true') throw dryRun();
    return ec2Response(request.operation, imageXml(this.start(region, accepted)));
  }

  /** The look-up of the template comes first: nothing may come between the checks and `start`. */
  private async accept(region: string, wanted: FastLaunchSettings): Promise<FastLaunchSettings> {
    this.requireOwnWindowsAmi(region, wanted.imageId);
    requireNumbers(wanted);
    const launchTemplate =
      wanted.launchTemplate === undefined
        ? undefined
        : await requireUsableTemplate(this.templates, region, wanted.launchTemplate);
    this.requireEnableable(region, wanted.imageId);
    this.requireQuota(region, wanted);
    return { ...wanted, launchTemplate };
  }

  private start(region: string, settings: FastLaunchSettings): FastLaunchImage {
    const image: FastLaunchImage = {
      ...settings,
      state: 'enabling',
      reason: USER_INITIATED,
      ...this.beginning(this.takeFailure('enabling-failed', 'enabled-failed')),
    };
    this.regions.of(region).set(image.imageId, image);
    return image;
  }

  private beginning(failure: FastLaunchFailure | undefined) {
    const describesLeft = this.options.describesPerTransition ?? 1;
    return { changed: new Date().toISOString(), describesLeft, failure };
  }

  private takeFailure(...states: readonly string[]): FastLaunchFailure | undefined {
    const failure = this.nextFailures.find(({ state }) => states.includes(state));
    this.nextFailures = this.nextFailures.filter((waiting) => waiting !== failure);
    return failure;
  }

  private requireKnown(region: string, id: string): Ami {
    const ami = this.amis.find(region, id);
    if (ami !== undefined) return ami;
    throw new ApiError(400, 'InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
  }

  private requireOwnWindowsAmi(region: string, id: string): void {
    const ami = this.requireKnown(region, id);
    if (ami.ownerId !== OWN_ACCOUNT) {
      throw new ApiError(400, 'AuthFailure', `Not authorized for images: [${id}]`);
    }
    if (ami.platform !== 'windows') {
      throw invalidValue(`Fast Launch is only supported for Windows images: ${id}`);
    }
  }

  private requireEnableable(region: string, id: string): void {
    const current = this.regions.of(region).get(id);
    if (current === undefined || current.state === 'enabling-failed') return;
    const behaviour =
      current.state === 'disabling'
        ? (this.options.enableWhileDisabling ?? 'refuse')
        : (this.options.enableWhenEnabled ?? 'replace');
    if (behaviour === 'replace') return;
    const message = `Fast Launch for image ${id} is in state ${current.state}`;
    throw new ApiError(400, 'InvalidRequest', message);
  }

  private requireQuota(region: string, wanted: FastLaunchSettings): void {
    const others = [...this.regions.of(region).values()].filter(
      (image) => image.imageId !== wanted.imageId && image.state !== 'enabling-failed',
    );
    const used = others.reduce((sum, image) => sum + image.maxParallelLaunches, 0);
    if (used + wanted.maxParallelLaunches > PARALLEL_LAUNCH_QUOTA) {
      const message =
        `The request for ${wanted.maxParallelLaunches} parallel launches exceeds the quota of ` +
        `${PARALLEL_LAUNCH_QUOTA} for EC2 Fast Launch in ${region}; ${used} are in use`;
      throw new ApiError(400, 'ResourceLimitExceeded', message);
    }
  }

  private answerDisable(request: ApiRequest): ApiResponse {
    const { parameters, region } = request;
    const id = textOf(parameters, 'ImageId');
    const image = this.regions.of(region).get(id);
    if (image === undefined) this.requireKnown(region, id);
    if (image === undefined || image.state === 'disabling') {
      const code = this.options.disableWhenNotEnabledCode ?? 'InvalidRequest';
      throw new ApiError(400, code, `Fast Launch is not enabled for image ${id}`);
    }
    if (image.state === 'enabling' && this.options.disableWhileEnabling === 'refuse') {
      const message = `Fast Launch for image ${id} is in state enabling`;
      throw new ApiError(400, 'InvalidRequest', message);
    }
    if (textOf(parameters, 'DryRun') === 'true') throw dryRun();
    image.state = 'disabling';
    Object.assign(image, this.beginning(this.takeFailure('disabling-failed')));
    return ec2Response(request.operation, imageXml(image));
  }

  private answerDescribe(request: ApiRequest): ApiResponse {
    const images = this.regions.of(request.region);
    const ids = listOf(request.parameters, 'ImageId');
    const filters = filtersOf(request.parameters);
    if (this.options.describeWhenGone === 'refuse') {
      for (const id of ids) this.requireKnown(request.region, id);
    }
    const items: XmlContent[] = [];
    for (const image of [...images.values()]) {
      if (ids.length > 0 && !ids.includes(image.imageId)) continue;
      advance(image, images);
      if (!images.has(image.imageId)) continue;
      if (matchesFilters(filters, (name) => filterValues(image, name))) items.push(imageXml(image));
    }
    return ec2Response(request.operation, { fastLaunchImageSet: new XmlList('item', items) });
  }
}

/** Shows a transition as often as wanted, then ends it. */
function advance(image: FastLaunchImage, images: Map<string, FastLaunchImage>): void {
  if (image.state !== 'enabling' && image.state !== 'disabling') return;
  if (image.describesLeft > 0) {
    image.describesLeft -= 1;
    return;
  }
  if (image.state === 'disabling' && image.failure === undefined) {
    images.delete(image.imageId);
    return;
  }
  image.state = image.failure?.state ?? 'enabled';
  image.reason = image.failure?.reason ?? image.reason;
  image.changed = new Date().toISOString();
}

function filterValues(image: FastLaunchImage, name: string): readonly string[] | undefined {
  const values: Readonly<Record<string, readonly string[]>> = {
    state: [image.state],
    'owner-id': [OWN_ACCOUNT],
    'resource-type': ['snapshot'],
  };
  return values[name];
}

function invalidValue(message: string): ApiError {
  return new ApiError(400, 'InvalidParameterValue', message);
}

function requireNumbers(wanted: FastLaunchSettings): void {
  const { maxParallelLaunches: parallel, targetResourceCount: target } = wanted;
  if (!Number.isInteger(parallel) || parallel < LEAST_PARALLEL_LAUNCHES) {
    throw invalidValue(`MaxParallelLaunches must be ${LEAST_PARALLEL_LAUNCHES} or greater`);
  }
  if (!Number.isInteger(target) || target < 1 || target > MOST_SNAPSHOTS) {
    throw invalidValue(`TargetResourceCount must be between 1 and ${MOST_SNAPSHOTS}`);
  }
}

function settingsOf(parameters: Readonly<Record<string, unknown>>): FastLaunchSettings {
  const template = {
    id: textOf(parameters, 'LaunchTemplate.LaunchTemplateId'),
    name: textOf(parameters, 'LaunchTemplate.LaunchTemplateName'),
    version: textOf(parameters, 'LaunchTemplate.Version'),
  };
  const named = template.id !== '' || template.name !== '' || template.version !== '';
  return {
    imageId: textOf(parameters, 'ImageId'),
    maxParallelLaunches: numberOf(parameters, 'MaxParallelLaunches', LEAST_PARALLEL_LAUNCHES),
    targetResourceCount: numberOf(
      parameters,
      'SnapshotConfiguration.TargetResourceCount',
      DEFAULT_SNAPSHOTS,
    ),
    launchTemplate: named ? template : undefined,
  };
}

function numberOf(
  parameters: Readonly<Record<string, unknown>>,
  name: string,
  fallback: number,
): number {
  const text = textOf(parameters, name);
  return text === '' ? fallback : Number(text);
}

function imageXml(image: FastLaunchImage): Record<string, XmlContent> {
  const template = image.launchTemplate;
  return {
    imageId: image.imageId,
    resourceType: 'snapshot',
    snapshotConfiguration: { targetResourceCount: image.targetResourceCount },
    launchTemplate:
      template === undefined
        ? undefined
        : {
            launchTemplateId: template.id,
            launchTemplateName: template.name,
            version: template.version,
          },
    maxParallelLaunches: image.maxParallelLaunches,
    ownerId: OWN_ACCOUNT,
    state: image.state,
    stateTransitionReason: image.reason,
    stateTransitionTime: image.changed,
  };
}
