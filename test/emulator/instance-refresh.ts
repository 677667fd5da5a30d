import { randomUUID } from 'node:crypto';
import type { ApiClient } from './api-client';
import { PerRegion } from './per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  autoScalingResponse,
  listOf,
  textOf,
  type XmlContent,
  XmlList,
} from './wire-format';
import { childrenAt, textAt, type XmlElement } from './xml-reading';

interface Refresh {
  readonly id: string;
  readonly group: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly started: string;
  readonly instancesToUpdate: number;
  status: 'Pending' | 'InProgress' | 'Successful' | 'Cancelling' | 'Cancelled';
  ended: string | undefined;
}

const ACTIVE = new Set(['Pending', 'InProgress', 'Cancelling']);

/**
 * Instance refreshes of Auto Scaling groups. A refresh goes one state on with every describe:
 * Pending, InProgress, Successful; on the way to Successful the instances are replaced by ones
 * of the group's present launch template version.
 */
export class InstanceRefreshes {
  private readonly regions = new PerRegion<Refresh[]>(() => []);

  constructor(private readonly moto: ApiClient) {}

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
    const members = await this.requireGroup(region, group);
    requirePreferences(parameters);
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
      status: 'Pending',
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
      // Set before the first await, so that two describes at once do not both replace.
      refresh.status = 'Successful';
      refresh.ended = new Date().toISOString();
      await this.replaceInstances(region, refresh);
    } else if (refresh.status === 'Cancelling') {
      refresh.status = 'Cancelled';
      refresh.ended = new Date().toISOString();
    }
  }

  private async replaceInstances(region: string, refresh: Refresh): Promise<void> {
    for (const instance of await this.requireGroup(region, refresh.group)) {
      await this.moto.query(
        'autoscaling',
        'TerminateInstanceInAutoScalingGroup',
        { InstanceId: instance, ShouldDecrementDesiredCapacity: false },
        region,
      );
    }
  }

  /** The instance ids of a group. */
  private async requireGroup(region: string, name: string): Promise<readonly string[]> {
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
    return childrenAt(group, 'Instances').map((instance) => textAt(instance, 'InstanceId'));
  }

  private forget(region: string, group: string): void {
    const refreshes = this.regions.of(region);
    const kept = refreshes.filter((refresh) => refresh.group !== group);
    refreshes.splice(0, refreshes.length, ...kept);
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
