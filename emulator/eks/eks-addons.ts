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

type Addon = Readonly<Record<string, unknown>>;

/**
 * Add-ons of EKS clusters, which moto_server does not know: they are made and read.
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_Addon.html
 */
export class EksAddons {
  /** By the names of cluster and add-on. */
  private readonly regions = new PerRegion<Map<string, Addon>>(() => new Map());

  constructor(private readonly clusters: EksClusters) {}

  /** Answers a request about add-ons; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    if (request.operation === 'CreateAddon') return this.create(request);
    if (request.operation === 'DescribeAddon') return this.describe(request);
    return undefined;
  }

  private create({ parameters, region }: ApiRequest): ApiResponse {
    const clusterName = textOf(parameters, 'clusterName');
    const addonName = textOf(parameters, 'addonName');
    if (this.clusters.authenticationMode(region, clusterName) === undefined) {
      throw noCluster(clusterName);
    }
    const now = Math.floor(Date.now() / 1000);
    const addon = {
      addonName,
      clusterName,
      status: 'ACTIVE',
      addonVersion: textOf(parameters, 'addonVersion') || 'v1.20.4-eksbuild.2',
      addonArn: `arn:aws:eks:${region}:${OWN_ACCOUNT}:addon/${clusterName}/${addonName}/1`,
      configurationValues: textOf(parameters, 'configurationValues'),
      createdAt: now,
      modifiedAt: now,
      tags: parameters['tags'] ?? {},
    };
    this.regions.of(region).set(`${clusterName} ${addonName}`, addon);
    return jsonResponse({ addon });
  }

  private describe({ parameters, region }: ApiRequest): ApiResponse {
    const clusterName = textOf(parameters, 'clusterName');
    const addonName = textOf(parameters, 'addonName');
    const addon = this.regions.of(region).get(`${clusterName} ${addonName}`);
    if (addon !== undefined) return jsonResponse({ addon });
    const message = `No addon: ${addonName} found in cluster: ${clusterName}`;
    throw new ApiError(404, 'ResourceNotFoundException', message);
  }
}
