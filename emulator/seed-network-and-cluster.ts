import type { EmulatedAws } from './emulated-aws';
import { childrenAt, textAt } from './front/xml-reading';

/** Amazon's account for Windows AMIs. */
const AMAZON_WINDOWS_ACCOUNT = '801119661308';

/** What to seed. */
export interface NetworkAndClusterSeed {
  readonly clusterName: string;
  /** Such as `1.35`. */
  readonly kubernetesVersion: string;
  /** @default 'API_AND_CONFIG_MAP' */
  readonly authenticationMode?: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  /** Size of the base AMI's root volume. @default 50 */
  readonly baseVolumeSizeGib?: number;
}

/** What was seeded. */
export interface SeededNetworkAndCluster {
  readonly clusterName: string;
  readonly vpcId: string;
  /** One subnet in each of two zones. */
  readonly subnetIds: readonly [string, string];
  readonly securityGroupId: string;
  readonly clusterSecurityGroupId: string;
  /** The EKS optimized Windows AMI owned by Amazon. */
  readonly baseImageId: string;
  readonly baseImageParameter: string;
}

/** Seeds a VPC with two subnets and a security group, an EKS cluster, and the base AMI. */
export async function seedNetworkAndCluster(
  aws: EmulatedAws,
  seed: NetworkAndClusterSeed,
): Promise<SeededNetworkAndCluster> {
  const { client } = aws;
  const vpc = await client.query('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const vpcId = textAt(vpc, 'vpc', 'vpcId');
  const subnetIds = [
    await createSubnet(aws, vpcId, '10.0.0.0/18', `${aws.region}a`),
    await createSubnet(aws, vpcId, '10.0.64.0/18', `${aws.region}b`),
  ] as const;
  const group = await client.query('ec2', 'CreateSecurityGroup', {
    GroupName: `${seed.clusterName}-nodes`,
    GroupDescription: 'Nodes and image builds',
    VpcId: vpcId,
  });
  const base = publishWindowsBaseImage(aws, {
    kubernetesVersion: seed.kubernetesVersion,
    volumeSizeGib: seed.baseVolumeSizeGib ?? 50,
  });
  return {
    clusterName: seed.clusterName,
    vpcId,
    subnetIds,
    securityGroupId: textAt(group, 'groupId'),
    clusterSecurityGroupId: await createCluster(aws, seed, subnetIds),
    baseImageId: base.imageId,
    baseImageParameter: base.parameter,
  };
}

/** A release of the EKS optimized Windows Server 2022 Core AMI. */
export interface WindowsBaseImage {
  readonly kubernetesVersion: string;
  /** Date in the name of the AMI. @default '2026.01.13' */
  readonly release?: string;
  /** @default 50 */
  readonly volumeSizeGib?: number;
}

/** Publishes a release and points its public parameter at it, as AWS does about once a month. */
export function publishWindowsBaseImage(
  aws: EmulatedAws,
  image: WindowsBaseImage,
): { readonly imageId: string; readonly parameter: string } {
  const family = `Windows_Server-2022-English-Core-EKS_Optimized-${image.kubernetesVersion}`;
  const parameter = `/aws/service/ami-windows-latest/${family}/image_id`;
  const imageId = aws.seedImage({
    name: `${family}-${image.release ?? '2026.01.13'}`,
    description: 'Microsoft Windows Server 2022 Core with the parts of an EKS node',
    ownerId: AMAZON_WINDOWS_ACCOUNT,
    ownerAlias: 'amazon',
    platform: 'windows',
    rootDeviceName: '/dev/sda1',
    volumeSizeGib: image.volumeSizeGib ?? 50,
    volumeType: 'gp2',
  });
  aws.seedParameter(parameter, imageId);
  return { imageId, parameter };
}

async function createSubnet(
  aws: EmulatedAws,
  vpcId: string,
  cidrBlock: string,
  zone: string,
): Promise<string> {
  const subnet = { VpcId: vpcId, CidrBlock: cidrBlock, AvailabilityZone: zone };
  return textAt(await aws.client.query('ec2', 'CreateSubnet', subnet), 'subnet', 'subnetId');
}

async function createCluster(
  aws: EmulatedAws,
  seed: NetworkAndClusterSeed,
  subnetIds: readonly string[],
): Promise<string> {
  const RoleName = `${seed.clusterName}-cluster`;
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'eks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement],
  });
  await aws.client.query('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
  await aws.client.rest('eks', 'POST', '/clusters', {
    name: seed.clusterName,
    version: seed.kubernetesVersion,
    roleArn: `arn:aws:iam::${aws.accountId}:role/${RoleName}`,
    resourcesVpcConfig: { subnetIds },
    accessConfig: { authenticationMode: seed.authenticationMode ?? 'API_AND_CONFIG_MAP' },
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16' },
  });
  const groups = await aws.client.query('ec2', 'DescribeSecurityGroups', {
    'Filter.1.Name': 'group-name',
    'Filter.1.Value.1': `eks-cluster-sg-${seed.clusterName}-*`,
  });
  return textAt(childrenAt(groups, 'securityGroupInfo')[0], 'groupId');
}
