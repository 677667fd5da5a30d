import { createHash, randomUUID } from 'node:crypto';
import type { ApiClient } from '../front/api-client';
import { PerRegion } from '../front/per-region';
import {
  ApiError,
  type ApiRequest,
  type ApiResponse,
  jsonResponse,
  textOf,
} from '../front/wire-format';
import { textAt } from '../front/xml-reading';

/** What moto_server does not keep about a cluster. */
interface ClusterDetails {
  version: string | undefined;
  readonly authenticationMode: string;
  readonly clusterSecurityGroupId: string;
  readonly vpcId: string;
  readonly serviceIpv4Cidr: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const DEFAULT_SERVICE_CIDR = '172.20.0.0/16';

/**
 * EKS clusters: moto_server keeps them, this class adds what it leaves out: the authentication
 * mode, a cluster security group that exists, a readable certificate authority, versions.
 */
export class EksClusters {
  private readonly regions = new PerRegion<Map<string, ClusterDetails>>(() => new Map());

  constructor(private readonly moto: ApiClient) {}

  /** The authentication mode of a cluster; undefined when there is no such cluster. */
  authenticationMode(region: string, name: string): string | undefined {
    return this.regions.of(region).get(name)?.authenticationMode;
  }

  /** Answers a request about clusters; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    switch (request.operation) {
      case 'CreateCluster':
        return this.create(request);
      case 'DescribeCluster':
        return this.describe(request);
      case 'UpdateClusterVersion':
        return this.updateVersion(request);
      case 'DescribeUpdate':
        return jsonResponse({ update: updateOf(textOf(request.parameters, 'updateId')) });
      case 'DeleteCluster':
        return this.delete(request);
      default:
        return undefined;
    }
  }

  private async create(request: ApiRequest): Promise<ApiResponse> {
    const { parameters, region } = request;
    const answer = await this.moto.send('POST', request.target, request.headers, request.body);
    if (answer.status >= 300) return answer;
    const access = objectOf(parameters, 'accessConfig');
    const network = objectOf(parameters, 'kubernetesNetworkConfig');
    const subnets = objectOf(parameters, 'resourcesVpcConfig')['subnetIds'];
    const name = textOf(parameters, 'name');
    const vpcId = await this.vpcOf(region, Array.isArray(subnets) ? String(subnets[0]) : '');
    this.regions.of(region).set(name, {
      version: textOf(parameters, 'version') || undefined,
      authenticationMode: textOf(access, 'authenticationMode') || 'CONFIG_MAP',
      clusterSecurityGroupId: await this.createSecurityGroup(region, name, vpcId),
      vpcId,
      serviceIpv4Cidr: textOf(network, 'serviceIpv4Cidr') || undefined,
    });
    return this.completed(region, answer);
  }

  private async describe(request: ApiRequest): Promise<ApiResponse> {
    const answer = await this.moto.send('GET', request.target, request.headers, '');
    return answer.status >= 300 ? answer : this.completed(request.region, answer);
  }

  private updateVersion(request: ApiRequest): ApiResponse {
    const name = textOf(request.parameters, 'clusterName');
    const details = this.regions.of(request.region).get(name);
    if (details === undefined) throw noCluster(name);
    details.version = textOf(request.parameters, 'version');
    return jsonResponse({ update: updateOf(randomUUID()) });
  }

  private async delete(request: ApiRequest): Promise<ApiResponse> {
    const { region } = request;
    const answer = await this.moto.send('DELETE', request.target, request.headers, '');
    const name = textOf(request.parameters, 'clusterName');
    const details = this.regions.of(region).get(name);
    if (answer.status < 300 && details !== undefined) {
      const group = { GroupId: details.clusterSecurityGroupId };
      await this.moto.query('ec2', 'DeleteSecurityGroup', group, region);
      this.regions.of(region).delete(name);
    }
    return answer;
  }

  private completed(region: string, answer: ApiResponse): ApiResponse {
    const cluster = objectOf(JSON.parse(answer.body) as Json, 'cluster');
    const details = this.regions.of(region).get(textOf(cluster, 'name'));
    if (details === undefined) return jsonResponse({ cluster }, answer.status);
    const name = textOf(cluster, 'name');
    const completed = {
      ...cluster,
      status: 'ACTIVE',
      version: details.version ?? cluster['version'],
      endpoint: `https://${clusterHash(name)}.gr7.${region}.eks.amazonaws.com`,
      certificateAuthority: { data: certificateAuthority(name) },
      kubernetesNetworkConfig: {
        serviceIpv4Cidr: details.serviceIpv4Cidr ?? DEFAULT_SERVICE_CIDR,
        ipFamily: 'ipv4',
      },
      resourcesVpcConfig: {
        endpointPublicAccess: true,
        endpointPrivateAccess: false,
        publicAccessCidrs: ['0.0.0.0/0'],
        securityGroupIds: [],
        ...objectOf(cluster, 'resourcesVpcConfig'),
        vpcId: details.vpcId,
        clusterSecurityGroupId: details.clusterSecurityGroupId,
      },
      accessConfig: { authenticationMode: details.authenticationMode },
      upgradePolicy: { supportType: 'EXTENDED' },
    };
    return jsonResponse({ cluster: completed }, answer.status);
  }

  private async vpcOf(region: string, subnetId: string): Promise<string> {
    const parameters = { 'SubnetId.1': subnetId };
    const document = await this.moto.query('ec2', 'DescribeSubnets', parameters, region);
    return textAt(document, 'subnetSet', 'item', 'vpcId');
  }

  private async createSecurityGroup(region: string, name: string, vpc: string): Promise<string> {
    const parameters = {
      GroupName: `eks-cluster-sg-${name}-${clusterHash(name).slice(0, 8)}`,
      GroupDescription: 'EKS created security group applied to ENIs of the control plane',
      VpcId: vpc,
    };
    const document = await this.moto.query('ec2', 'CreateSecurityGroup', parameters, region);
    return textAt(document, 'groupId');
  }
}

/** EKS's refusal of a cluster name it does not know. */
export function noCluster(name: string): ApiError {
  return new ApiError(404, 'ResourceNotFoundException', `No cluster found for name: ${name}.`);
}

function objectOf(content: Json, name: string): Json {
  const value = content[name];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function updateOf(id: string): Json {
  const createdAt = Math.floor(Date.now() / 1000);
  return { id, status: 'Successful', type: 'VersionUpdate', params: [], createdAt, errors: [] };
}

function clusterHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32).toUpperCase();
}

function certificateAuthority(name: string): string {
  const content = Buffer.from(`certificate authority of cluster ${name}`).toString('base64');
  const pem = `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----\n`;
  return Buffer.from(pem).toString('base64');
}
