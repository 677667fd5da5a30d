import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../front/api-client';
import { PerRegion } from '../front/per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  jsonResponse,
  OWN_ACCOUNT,
  textOf,
} from '../front/wire-format';
import { type EksClusters, noCluster } from './eks-clusters';

interface AccessEntry {
  readonly clusterName: string;
  readonly principalArn: string;
  kubernetesGroups: readonly string[];
  readonly accessEntryArn: string;
  readonly createdAt: number;
  modifiedAt: number;
  tags: Record<string, string>;
  username: string;
  readonly type: string;
}

/** Types for nodes: EKS sets groups and user name itself. */
const NODE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  EC2_LINUX: ['system:nodes'],
  EC2_WINDOWS: ['eks:kube-proxy-windows', 'system:nodes'],
  FARGATE_LINUX: ['system:nodes'],
  HYBRID_LINUX: ['system:nodes'],
  EC2: ['system:nodes'],
};

const NODE_USERNAME = 'system:node:{{EC2PrivateDNSName}}';

/**
 * EKS access entries.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class AccessEntries {
  private readonly regions = new PerRegion<AccessEntry[]>(() => []);

  constructor(
    private readonly clusters: EksClusters,
    private readonly moto: ApiClient,
  ) {}

  /** Every access entry of a region as `<cluster> <principal ARN>`. */
  names(region: string): readonly string[] {
    return this.regions.of(region).map((entry) => `${entry.clusterName} ${entry.principalArn}`);
  }

  /** Answers a request about access entries; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    switch (request.operation) {
      case 'CreateAccessEntry':
        return this.create(request);
      case 'DescribeAccessEntry':
        return jsonResponse({ accessEntry: this.require(request) });
      case 'UpdateAccessEntry':
        return this.update(request);
      case 'DeleteAccessEntry':
        return this.delete(request);
      case 'ListAccessEntries':
        return this.list(request);
      case 'DeleteCluster':
        this.forgetCluster(request);
        return undefined;
      default:
        return this.handleTags(request);
    }
  }

  private async create(request: ApiRequest): Promise<ApiResponse> {
    const { parameters, region } = request;
    const clusterName = textOf(parameters, 'clusterName');
    const principalArn = textOf(parameters, 'principalArn');
    const type = textOf(parameters, 'type') || 'STANDARD';
    this.requireAccessEntriesAllowed(region, clusterName);
    requireType(type, parameters);
    await this.requirePrincipal(region, principalArn);
    if (this.find(region, clusterName, principalArn) !== undefined) {
      const message = 'The specified access entry resource is already in use on this cluster.';
      throw new ApiError(409, 'ResourceInUseException', message);
    }
    const now = Math.floor(Date.now() / 1000);
    const nodeGroups = NODE_GROUPS[type];
    const name = principalArn.split('/').pop() ?? principalArn;
    const path = `${clusterName}/role/${OWN_ACCOUNT}/${name}/${randomUUID()}`;
    const entry: AccessEntry = {
      clusterName,
      principalArn,
      kubernetesGroups: nodeGroups ?? stringsOf(parameters['kubernetesGroups']),
      accessEntryArn: `arn:aws:eks:${region}:${OWN_ACCOUNT}:access-entry/${path}`,
      createdAt: now,
      modifiedAt: now,
      tags: { ...(parameters['tags'] as Record<string, string> | undefined) },
      username: usernameOf(parameters, nodeGroups !== undefined, principalArn),
      type,
    };
    this.regions.of(region).push(entry);
    return jsonResponse({ accessEntry: entry });
  }

  private update(request: ApiRequest): ApiResponse {
    const entry = this.require(request);
    const { parameters } = request;
    if (parameters['kubernetesGroups'] !== undefined) {
      requireType(entry.type, parameters);
      entry.kubernetesGroups = stringsOf(parameters['kubernetesGroups']);
    }
    if (parameters['username'] !== undefined) entry.username = textOf(parameters, 'username');
    entry.modifiedAt = Math.floor(Date.now() / 1000);
    return jsonResponse({ accessEntry: entry });
  }

  private delete(request: ApiRequest): ApiResponse {
    const entry = this.require(request);
    const entries = this.regions.of(request.region);
    entries.splice(entries.indexOf(entry), 1);
    return jsonResponse({});
  }

  private list(request: ApiRequest): ApiResponse {
    const clusterName = textOf(request.parameters, 'clusterName');
    this.requireAccessEntriesAllowed(request.region, clusterName);
    const entries = this.regions
      .of(request.region)
      .filter((entry) => entry.clusterName === clusterName);
    return jsonResponse({ accessEntries: entries.map((entry) => entry.principalArn) });
  }

  private forgetCluster(request: ApiRequest): void {
    const entries = this.regions.of(request.region);
    const clusterName = textOf(request.parameters, 'clusterName');
    const kept = entries.filter((entry) => entry.clusterName !== clusterName);
    entries.splice(0, entries.length, ...kept);
  }

  private handleTags(request: ApiRequest): ApiResponse | undefined {
    const arn = textOf(request.parameters, 'resourceArn');
    const entry = this.regions.of(request.region).find((item) => item.accessEntryArn === arn);
    if (entry === undefined) return undefined;
    if (request.operation === 'TagResource') {
      Object.assign(entry.tags, request.parameters['tags']);
    } else if (request.operation === 'UntagResource') {
      const keys = stringsOf(request.parameters['tagKeys']);
      const kept = Object.entries(entry.tags).filter(([key]) => !keys.includes(key));
      entry.tags = Object.fromEntries(kept);
    }
    return jsonResponse(request.operation === 'ListTagsForResource' ? { tags: entry.tags } : {});
  }

  private requireAccessEntriesAllowed(region: string, clusterName: string): void {
    const mode = this.clusters.authenticationMode(region, clusterName);
    if (mode === undefined) throw noCluster(clusterName);
    if (mode === 'CONFIG_MAP') {
      const message =
        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to " +
        'perform this operation.';
      throw new ApiError(400, 'InvalidRequestException', message);
    }
  }

  private async requirePrincipal(region: string, arn: string): Promise<void> {
    const match = /^arn:aws:iam::\d{12}:(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn);
    const [, kind = '', name = ''] = match ?? [];
    const [operation, parameter] =
      kind === 'user' ? ['GetUser', 'UserName'] : ['GetRole', 'RoleName'];
    const exists =
      match !== null &&
      (await this.moto.query('iam', operation, { [parameter]: name }, region).then(
        () => true,
        () => false,
      ));
    if (exists) return;
    const message = 'The specified principalArn is invalid: invalid principal.';
    throw new ApiError(400, 'InvalidParameterException', message);
  }

  private find(region: string, cluster: string, principal: string): AccessEntry | undefined {
    return this.regions
      .of(region)
      .find((entry) => entry.clusterName === cluster && entry.principalArn === principal);
  }

  private require(request: ApiRequest): AccessEntry {
    const clusterName = textOf(request.parameters, 'clusterName');
    const principalArn = textOf(request.parameters, 'principalArn');
    this.requireAccessEntriesAllowed(request.region, clusterName);
    const entry = this.find(request.region, clusterName, principalArn);
    if (entry !== undefined) return entry;
    const message =
      'The specified principalArn could not be found. You can view your available access entries ' +
      "with 'list-access-entries'.";
    throw new ApiError(404, 'ResourceNotFoundException', message);
  }
}

function requireType(type: string, parameters: Readonly<Record<string, unknown>>): void {
  if (type !== 'STANDARD' && NODE_GROUPS[type] === undefined) {
    throw new ApiError(400, 'InvalidParameterException', `Invalid access entry type: ${type}`);
  }
  if (NODE_GROUPS[type] !== undefined && stringsOf(parameters['kubernetesGroups']).length > 0) {
    const message = `kubernetesGroups are not allowed for access entries of type ${type}`;
    throw new ApiError(400, 'InvalidParameterException', message);
  }
}

function usernameOf(
  parameters: Readonly<Record<string, unknown>>,
  isNode: boolean,
  principalArn: string,
): string {
  return isNode ? NODE_USERNAME : textOf(parameters, 'username') || principalArn;
}

function stringsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
