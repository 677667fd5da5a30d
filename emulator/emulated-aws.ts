import { AutoScalingGroups } from './auto-scaling/auto-scaling-groups';
import { InstanceRefreshes } from './auto-scaling/instance-refresh';
import { AmiOperations } from './ec2/ami-operations';
import { type AmiSeed, AmiStore } from './ec2/ami-store';
import { FastLaunch, type FastLaunchOptions } from './ec2/fast-launch';
import { LaunchPermissions } from './ec2/launch-permissions';
import { LaunchTemplates } from './ec2/launch-templates';
import { AccessEntries } from './eks/access-entries';
import { EksAddons } from './eks/eks-addons';
import { EksClusters } from './eks/eks-clusters';
import { ApiClient } from './front/api-client';
import { type ApiCall, CallLog, isMutation } from './front/call-log';
import { type Fault, FaultInjection } from './front/fault-injection';
import { type HeldCall, HeldCalls, type Hold } from './front/held-calls';
import { startHttpFront } from './front/http-front';
import {
  type ApiRequest,
  type ApiResponse,
  OWN_ACCOUNT,
  type ServiceHandler,
} from './front/wire-format';
import { ManagedPolicies } from './iam/managed-policies';
import { ImageBuilder } from './image-builder/image-builder';
import type { ImageStateChange } from './image-builder/image-builds';
import type { LifecycleAction } from './image-builder/lifecycle-runs';
import type { PipelineRun } from './image-builder/pipeline-runs';
import { type Inventory, type InventoryParts, takeInventory } from './inventory';
import { startMotoServer } from './programs/moto-server';
import { createProcessEnvironment } from './programs/process-environment';
import { findTool } from './programs/tools';
import { startWarmMotoServer } from './programs/warm-moto-server';
import { BucketPolicies } from './s3/bucket-policies';
import { PublicParameters } from './ssm/public-parameters';

/** How the emulated AWS behaves. */
export interface EmulatedAwsOptions {
  /** Region of the environment, of seeds and of the inventory. @default 'us-east-1' */
  readonly region?: string;
  /** Path of the AWS CLI for the environment. @default - `aws` on PATH */
  readonly awsCli?: string;
  /**
   * Where moto_server with its modules loaded is.
   * @default - the variable WARM_MOTO_SERVERS; without it moto_server itself is started
   */
  readonly warmMotoServers?: string;
  /** Fast Launch where AWS documents nothing. @default see FastLaunchOptions */
  readonly fastLaunch?: FastLaunchOptions;
  /** Whether a recipe with images cannot be deleted. @default false */
  readonly imagesHoldTheirRecipe?: boolean;
  /**
   * Whether builds write logs as AWS does: into the log group `/aws/imagebuilder/<recipe>`, which
   * they make when there is none, and into the log bucket of the infrastructure configuration.
   * @default false
   */
  readonly buildsWriteLogs?: boolean;
}

/**
 * A running emulated AWS. It answers from this process: programs that call it must be started
 * without blocking (`spawn`, not `spawnSync`).
 */
export interface EmulatedAws {
  /** `http://127.0.0.1:<port>`, for every service. */
  readonly url: string;
  readonly region: string;
  readonly accountId: string;
  /**
   * The whole environment for terraform, its AWS provider and the AWS CLI; use it as `env` as it
   * is, so that AWS settings of the caller, such as a profile, stay out.
   */
  readonly environment: Record<string, string>;
  /** Every call in the order of arrival. */
  readonly calls: readonly ApiCall[];
  /** Calls that can change something, refused ones included, from position `since` of `calls`. */
  mutations(since?: number): readonly ApiCall[];
  /** A client for calls without the AWS CLI. Its own calls are in `calls` too. */
  readonly client: ApiClient;
  /** Registers an AMI and returns its id. */
  seedImage(image: AmiSeed): string;
  /** Takes an AMI out, as DeregisterImage does; its Fast Launch stays. */
  deregisterImage(id: string): void;
  /**
   * Publishes a parameter below `/aws/`; again for the same name gives the next version.
   * @throws RangeError for another name; write those with PutParameter.
   */
  seedParameter(name: string, value: string): void;
  /**
   * Adds a component of Amazon or of another account that recipes may name, with the names of its
   * parameters where they are known.
   * @throws RangeError when the ARN is not one of a component with a version.
   */
  seedComponent(versionArn: string, parameters?: readonly string[]): void;
  /**
   * Lets one tick of a pipeline's schedule happen and its build come to its end.
   * @throws ApiError when there is no such pipeline.
   */
  runPipeline(arn: string): Promise<PipelineRun>;
  /** Runs every enabled lifecycle policy once. @param now - @default the current time */
  runLifecyclePolicies(now?: Date): readonly LifecycleAction[];
  /** Every step of every image, in order; AWS sends each as an event. */
  readonly stateChanges: readonly ImageStateChange[];
  /** Makes calls fail. */
  injectFault(fault: Fault): void;
  /** Forgets the faults that still wait for their calls. */
  clearFaults(): void;
  /** Holds the next call that matches until it is released. */
  holdCall(hold: Hold): HeldCall;
  /** Makes the next image build end in FAILED. */
  failNextImageBuild(reason: string): void;
  /** Makes the next enabled Fast Launch end in enabling-failed. */
  failNextFastLaunch(reason: string): void;
  /** Makes the next instance refresh that replaces instances fail. */
  failNextInstanceRefresh(reason: string): void;
  /** Fast Launch itself, to be looked at and put into states by hand. */
  readonly fastLaunch: FastLaunch;
  /** Names of everything that exists, by kind; AMIs being disabled do not count as Fast Launch. */
  inventory(): Promise<Inventory>;
  /** Ends everything; further calls do nothing. */
  stop(): Promise<void>;
}

/**
 * Starts the emulated AWS on the loopback interface.
 * @throws Error when moto_server is missing or does not start.
 */
export async function startEmulatedAws(options: EmulatedAwsOptions = {}): Promise<EmulatedAws> {
  const region = options.region ?? 'us-east-1';
  const motoServer = findTool('moto_server');
  if ('missing' in motoServer) throw new Error(motoServer.missing);
  const awsCli = findTool('aws');
  const warmMotoServers = options.warmMotoServers ?? process.env['WARM_MOTO_SERVERS'];
  const server = await (warmMotoServers === undefined
    ? startMotoServer(motoServer.path)
    : startWarmMotoServer(warmMotoServers));
  const moto = new ApiClient(server.url, region);
  const services = new Services(moto, region, options);
  const front = await startHttpFront(region, (request) => services.answer(request));
  const awsPath = options.awsCli ?? ('missing' in awsCli ? undefined : awsCli.path);
  const environment = createProcessEnvironment(front.url, region, awsPath);
  const client = new ApiClient(front.url, region);
  const stopAll = async () => {
    client.close();
    await front.stop();
    moto.close();
    await server.stop();
    environment.remove();
  };
  let stopped: Promise<void> | undefined;
  return {
    url: front.url,
    region,
    accountId: OWN_ACCOUNT,
    environment: environment.variables,
    calls: services.log.calls,
    client,
    mutations: (since = 0) => services.log.calls.slice(since).filter(isMutation),
    seedImage: (image) => services.amis.register(image).id,
    deregisterImage: (id) => void services.amis.deregister(region, id),
    seedParameter: (name, value) => services.parameters.seed(region, name, value),
    seedComponent: (arn, parameters) => services.imageBuilder.knownComponents.seed(arn, parameters),
    runPipeline: (arn) => services.imageBuilder.runPipeline(arn),
    runLifecyclePolicies: (now = new Date()) => services.imageBuilder.runLifecyclePolicies(now),
    stateChanges: services.imageBuilder.stateChanges,
    injectFault: (fault) => services.faults.add(fault),
    clearFaults: () => services.faults.clear(),
    holdCall: (hold) => services.held.add(hold),
    failNextImageBuild: (reason) => services.imageBuilder.failNextBuild(reason),
    failNextInstanceRefresh: (reason) => services.refreshes.failNext(reason),
    failNextFastLaunch: (reason) =>
      services.fastLaunch.failNext({ state: 'enabling-failed', reason }),
    fastLaunch: services.fastLaunch,
    inventory: () => takeInventory(services, region, services.usedRegions()),
    stop: () => {
      stopped ??= stopAll();
      return stopped;
    },
  };
}

/** The handlers of all services; what they leave goes to moto_server. */
class Services implements InventoryParts {
  readonly log = new CallLog();
  readonly faults = new FaultInjection();
  readonly held = new HeldCalls();
  readonly amis: AmiStore;
  readonly parameters: PublicParameters;
  readonly fastLaunch: FastLaunch;
  readonly imageBuilder: ImageBuilder;
  readonly refreshes: InstanceRefreshes;
  readonly accessEntries: AccessEntries;
  readonly launchPermissions: LaunchPermissions;
  private readonly handlers: Readonly<Record<string, readonly ServiceHandler[]>>;

  constructor(
    readonly moto: ApiClient,
    region: string,
    options: EmulatedAwsOptions,
  ) {
    this.amis = new AmiStore(region);
    this.parameters = new PublicParameters(moto);
    this.launchPermissions = new LaunchPermissions(this.amis);
    const launchTemplates = new LaunchTemplates(moto);
    const managedPolicies = new ManagedPolicies(moto);
    this.fastLaunch = new FastLaunch(this.amis, launchTemplates, options.fastLaunch ?? {});
    this.refreshes = new InstanceRefreshes(moto);
    this.imageBuilder = new ImageBuilder({
      amis: this.amis,
      moto,
      launchTemplates,
      launchPermissions: this.launchPermissions,
      parameters: this.parameters,
      fastLaunch: this.fastLaunch,
      imagesHoldTheirRecipe: options.imagesHoldTheirRecipe ?? false,
      buildsWriteLogs: options.buildsWriteLogs ?? false,
    });
    const autoScalingGroups = new AutoScalingGroups(moto);
    const bucketPolicies = new BucketPolicies(moto);
    const clusters = new EksClusters(moto);
    const addons = new EksAddons(clusters);
    this.accessEntries = new AccessEntries(clusters, moto);
    const amiOperations = new AmiOperations(this.amis, moto, (region) =>
      this.fastLaunch.preparedSnapshots(region),
    );
    this.handlers = {
      imagebuilder: [(request) => this.imageBuilder.handle(request)],
      ec2: [
        (request) => this.fastLaunch.handle(request),
        (request) => this.launchPermissions.handle(request),
        (request) => amiOperations.handle(request),
        (request) => launchTemplates.handle(request),
      ],
      autoscaling: [
        (request) => this.refreshes.handle(request),
        (request) => autoScalingGroups.handle(request),
      ],
      eks: [
        (request) => this.accessEntries.handle(request),
        (request) => addons.handle(request),
        (request) => clusters.handle(request),
      ],
      iam: [(request) => managedPolicies.handle(request)],
      s3: [(request) => bucketPolicies.handle(request)],
      ssm: [(request) => this.parameters.handle(request)],
    };
  }

  /** Answers one request. */
  async answer(request: ApiRequest): Promise<ApiResponse> {
    const noteStatus = this.log.add(request);
    try {
      const response = await this.held.apply(request, () =>
        this.faults.apply(request, () => this.dispatch(request)),
      );
      noteStatus(response.status);
      return response;
    } catch (error) {
      noteStatus(statusOf(error));
      throw error;
    }
  }

  /** Regions that were called or that have AMIs. */
  usedRegions(): ReadonlySet<string> {
    const called = this.log.calls.map((call) => call.region);
    return new Set([...called, ...this.amis.usedRegions()]);
  }

  private async dispatch(request: ApiRequest): Promise<ApiResponse> {
    for (const handle of this.handlers[request.service] ?? []) {
      const response = await handle(request);
      if (response !== undefined) return response;
    }
    const { method, target, headers, bytes } = request;
    return this.moto.forward(method, target, headers, bytes);
  }
}

function statusOf(error: unknown): number {
  const status = (error as { readonly status?: unknown }).status;
  return typeof status === 'number' ? status : 500;
}
