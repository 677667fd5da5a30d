import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../front/api-client';
import { PerRegion } from '../front/per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  autoScalingResponse,
  listOf,
  textOf,
  type XmlContent,
  XmlList,
} from '../front/wire-format';
import { childrenAt, textAt, type XmlElement } from '../front/xml-reading';

interface Refresh {
  readonly id: string;
  readonly group: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly started: string;
  readonly instancesToUpdate: number;
  /** What the group was configured with when the refresh started. */
  readonly configurationBefore: Readonly<Record<string, string>>;
  status:
    | 'Pending'
    | 'InProgress'
    | 'Successful'
    | 'Failed'
    | 'Cancelling'
    | 'Cancelled'
    | 'RollbackInProgress'
    | 'RollbackSuccessful';
  /** Why it failed. */
  reason: string | undefined;
  ended: string | undefined;
}

const ACTIVE = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress']);

const DESIRED_CONFIGURATION = 'DesiredConfiguration.';

/**
 * Instance refreshes of Auto Scaling groups. A refresh goes one state on with every describe:
 * Pending, InProgress, Successful; on the way to Successful the group gets the desired configuration,
 * if one was asked for, and the instances are replaced by ones of it.
 *
 * One that is to fail replaces all instances but one and ends as Failed; with AutoRollback it goes on
 * to RollbackInProgress and RollbackSuccessful, which brings back what the group was configured with
 * when the refresh started.
 */
export class InstanceRefreshes {
  private readonly regions = new PerRegion<Refresh[]>(() => []);
  private failure: string | undefined;

  constructor(private readonly moto: ApiClient) {}

  /** Makes the next refresh that replaces instances fail. */
  failNext(reason: string): void {
    this.failure = reason;
  }

  /** Names of the groups with an active refresh. */
  activeGroups(region: string): readonly string[] {
    const refreshes = this.regions.of(region);
    return refreshes.filter((item) => ACTIVE.has(item.status)).map((item) => item.group);
  }

  /** Answers an Auto Scaling request about refreshes; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    switch (request.operation) {
      case 'StartInstanceRefresh':
        return this.start(request);
      case 'DescribeInstanceRefreshes':
        return this.describe(request);
      case 'CancelInstanceRefresh':
        return this.cancel(request);
      case 'DeleteAutoScalingGroup':
        this.forget(request.region, textOf(request.parameters, 'AutoScalingGroupName'));
        return undefined;
      default:
        return undefined;
    }
  }

  private async start(request: ApiRequest): Promise<ApiResponse> {
    const { parameters, region } = request;
    const group = textOf(parameters, 'AutoScalingGroupName');
    const { members, configuration } = await this.requireGroup(region, group);
    requirePreferences(parameters);
    requireWayBack(parameters, configuration);
    if (this.activeGroups(region).includes(group)) {
      const message =
        'An Instance Refresh is already in progress and blocks the execution of this Instance ' +
        'Refresh.';
      throw new ApiError(400, 'InstanceRefreshInProgress', message);
    }
    const refresh: Refresh = {
      id: randomUUID(),
      group,
      parameters,
      started: new Date().toISOString(),
      instancesToUpdate: members.length,
      configurationBefore: configuration,
      status: 'Pending',
      reason: undefined,
      ended: undefined,
    };
    this.regions.of(region).unshift(refresh);
    return autoScalingResponse(request.operation, { InstanceRefreshId: refresh.id });
  }

  private async describe(request: ApiRequest): Promise<ApiResponse> {
    const { parameters, region } = request;
    const group = textOf(parameters, 'AutoScalingGroupName');
    await this.requireGroup(region, group);
    const ids = listOf(parameters, 'InstanceRefreshIds.member');
    const found = this.regions
      .of(region)
      .filter((refresh) => refresh.group === group)
      .filter((refresh) => ids.length === 0 || ids.includes(refresh.id));
    for (const refresh of found) await this.advance(region, refresh);
    const refreshes = new XmlList('member', found.map(refreshXml));
    return autoScalingResponse(request.operation, { InstanceRefreshes: refreshes });
  }

  private async cancel(request: ApiRequest): Promise<ApiResponse> {
    const { parameters, region } = request;
    const group = textOf(parameters, 'AutoScalingGroupName');
    await this.requireGroup(region, group);
    const active = this.regions
      .of(region)
      .find((refresh) => refresh.group === group && ACTIVE.has(refresh.status));
    if (active === undefined) {
      const message = 'No in progress or pending Instance Refresh found for Auto Scaling group';
      throw new ApiError(400, 'ActiveInstanceRefreshNotFound', `${message} ${group}`);
    }
    active.status = 'Cancelling';
    return autoScalingResponse(request.operation, { InstanceRefreshId: active.id });
  }

  private async advance(region: string, refresh: Refresh): Promise<void> {
    if (refresh.status === 'Pending') {
      refresh.status = 'InProgress';
    } else if (refresh.status === 'InProgress') {
      await this.finish(region, refresh);
    } else if (refresh.status === 'RollbackInProgress') {
      refresh.status = 'RollbackSuccessful';
      refresh.ended = new Date().toISOString();
      await this.configure(region, refresh.group, refresh.configurationBefore);
      await this.replaceInstances(region, refresh);
    } else if (refresh.status === 'Cancelling') {
      refresh.status = 'Cancelled';
      refresh.ended = new Date().toISOString();
    }
  }

  /** The status is set before the first await, so that two describes at once do not both replace. */
  private async finish(region: string, refresh: Refresh): Promise<void> {
    const { group, parameters } = refresh;
    const rollsBack = String(parameters['Preferences.AutoRollback']) === 'true';
    refresh.reason = this.failure;
    this.failure = undefined;
    if (refresh.reason === undefined) refresh.status = 'Successful';
    else refresh.status = rollsBack ? 'RollbackInProgress' : 'Failed';
    if (!ACTIVE.has(refresh.status)) refresh.ended = new Date().toISOString();
    await this.configure(region, group, desiredConfiguration(parameters));
    await this.replaceInstances(region, refresh, refresh.reason === undefined ? 0 : 1);
    // A refresh that ends without its goal leaves the configuration of the group alone.
    if (refresh.status === 'Failed') {
      await this.configure(region, group, refresh.configurationBefore);
    }
  }

  private async configure(
    region: string,
    group: string,
    configuration: Readonly<Record<string, string>>,
  ): Promise<void> {
    if (Object.keys(configuration).length === 0) return;
    const parameters = { AutoScalingGroupName: group, ...configuration };
    await this.moto.query('autoscaling', 'UpdateAutoScalingGroup', parameters, region);
  }

  /** Replaces the instances of a group, except for the last few. */
  private async replaceInstances(region: string, refresh: Refresh, kept = 0): Promise<void> {
    const { members } = await this.requireGroup(region, refresh.group);
    for (const instance of members.slice(0, members.length - kept)) {
      await this.moto.query(
        'autoscaling',
        'TerminateInstanceInAutoScalingGroup',
        { InstanceId: instance, ShouldDecrementDesiredCapacity: false },
        region,
      );
    }
  }

  /** The instance ids of a group, and what it launches. */
  private async requireGroup(region: string, name: string) {
    const document = await this.moto.query(
      'autoscaling',
      'DescribeAutoScalingGroups',
      { 'AutoScalingGroupNames.member.1': name },
      region,
    );
    const groups = childrenAt(document, 'DescribeAutoScalingGroupsResult', 'AutoScalingGroups');
    const group: XmlElement | undefined = groups[0];
    if (name === '' || group === undefined) {
      throw new ApiError(400, 'ValidationError', `AutoScalingGroup name not found - ${name}`);
    }
    return {
      members: childrenAt(group, 'Instances').map((instance) => textAt(instance, 'InstanceId')),
      configuration: configurationOf(group),
    };
  }

  private forget(region: string, group: string): void {
    const refreshes = this.regions.of(region);
    const kept = refreshes.filter((refresh) => refresh.group !== group);
    refreshes.splice(0, refreshes.length, ...kept);
  }
}

/** The launch template or the mixed instances policy of a group, as a request would name it. */
function configurationOf(group: XmlElement): Record<string, string> {
  const parts = group.children.filter(({ name }) =>
    ['LaunchTemplate', 'MixedInstancesPolicy'].includes(name),
  );
  return Object.assign({}, ...parts.map((part) => flatParameters(part, part.name)));
}

function flatParameters(element: XmlElement, path: string): Record<string, string> {
  // By its id; AWS refuses a template that is named twice.
  const children = element.children.filter(({ name }) => name !== 'LaunchTemplateName');
  if (children.length === 0) return element.text.trim() === '' ? {} : { [path]: element.text };
  const entries = children.map((child, index) => {
    const part = child.name === 'member' ? `member.${index + 1}` : child.name;
    return flatParameters(child, `${path}.${part}`);
  });
  return Object.assign({}, ...entries);
}

function desiredConfiguration(
  parameters: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const entries = Object.entries(parameters)
    .filter(([name]) => name.startsWith(DESIRED_CONFIGURATION))
    .map(([name, value]) => [name.slice(DESIRED_CONFIGURATION.length), String(value)] as const);
  return Object.fromEntries(entries);
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html */
function requireWayBack(
  parameters: Readonly<Record<string, unknown>>,
  configuration: Readonly<Record<string, string>>,
): void {
  if (String(parameters['Preferences.AutoRollback']) !== 'true') return;
  if (Object.keys(desiredConfiguration(parameters)).length === 0) {
    const message =
      'The AutoRollback parameter cannot be set to true when the DesiredConfiguration parameter is ' +
      'empty. Set AutoRollback to false or specify a desired configuration and try again.';
    throw new ApiError(400, 'ValidationError', message);
  }
  if (Object.values(configuration).some((value) => /^\$(?:Latest|Default)$/.test(value))) {
    const message = 'A rollback needs a group with a numbered version of its launch template';
    throw new ApiError(400, 'ValidationError', message);
  }
}

interface Range {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

const RANGES: readonly Range[] = [
  { name: 'MinHealthyPercentage', least: 0, most: 100 },
  { name: 'MaxHealthyPercentage', least: 100, most: 200 },
];

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html */
function requirePreferences(parameters: Readonly<Record<string, unknown>>): void {
  for (const { name, least, most } of RANGES) {
    const text = textOf(parameters, `Preferences.${name}`);
    if (text === '') continue;
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      const message = `${name} must be between ${least} and ${most}, got: ${text}`;
      throw new ApiError(400, 'ValidationError', message);
    }
  }
  const lowest = Number(textOf(parameters, 'Preferences.MinHealthyPercentage') || '90');
  const highest = textOf(parameters, 'Preferences.MaxHealthyPercentage');
  if (highest !== '' && Number(highest) - lowest > 100) {
    const message =
      'The difference between MaxHealthyPercentage and MinHealthyPercentage is at most 100';
    throw new ApiError(400, 'ValidationError', message);
  }
}

function refreshXml(refresh: Refresh): XmlContent {
  const done = refresh.status === 'Successful';
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: refresh.group,
    Status: refresh.status,
    StatusReason: refresh.reason,
    StartTime: refresh.started,
    EndTime: refresh.ended,
    PercentageComplete: done ? 100 : 0,
    InstancesToUpdate: done ? 0 : refresh.instancesToUpdate,
    Strategy: textOf(refresh.parameters, 'Strategy') || 'Rolling',
    Preferences: preferencesXml(refresh.parameters),
  };
}

function preferencesXml(parameters: Readonly<Record<string, unknown>>): XmlContent {
  const prefix = 'Preferences.';
  const plain = Object.entries(parameters)
    .filter(([name]) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.'))
    .map(([name, value]) => [name.slice(prefix.length), String(value)]);
  const checkpoints = listOf(parameters, 'Preferences.CheckpointPercentages.member');
  return {
    ...(Object.fromEntries(plain) as Record<string, string>),
    CheckpointPercentages:
      checkpoints.length === 0 ? undefined : new XmlList('member', checkpoints),
  };
}
