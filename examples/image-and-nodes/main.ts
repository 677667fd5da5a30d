/**
 * A custom EKS Windows AMI and nodes that run it, in one stack, straight from the constructs.
 * Settings come from the environment; the defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import {
  AmiGuard,
  EksCluster,
  EksWindowsAmi,
  FastLaunch,
  WindowsImage,
  WindowsNodeGroup,
  WindowsNodeRole,
} from '../../modules';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const clusterName = setting('CLUSTER_NAME', 'example');
const subnetIds = setting('SUBNET_IDS', 'subnet-0123456789abcdef0').split(',');
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.35');

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'image-and-nodes');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
new S3Backend(stack, { bucket, key: 'windows/image-and-nodes.tfstate', region, encrypt: true });

const base = new EksWindowsAmi(stack, 'BaseAmi', {
  kubernetesVersion,
  server: '2022',
  edition: 'Core',
});
const image = new WindowsImage(stack, 'Image', {
  name: 'shop-windows',
  region,
  baseImage: base.imageId,
  kubernetesVersion,
  windowsServer: '2022',
  cachedImages: ['mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2022'],
});
// Known after the first apply: the nodes come up with the AMI that the same apply has built.
const amiId = image.builtImage?.amiId ?? base.imageId;

const cluster = new EksCluster(stack, 'Cluster', { clusterName });
const role = new WindowsNodeRole(stack, 'NodeRole', { name: 'shop-windows-nodes', cluster });
const guard = new AmiGuard(stack, 'AmiGuard', {
  amiId,
  kubernetesVersion,
  windowsServer: '2022',
  cluster,
});
const fastLaunch = new FastLaunch(stack, 'FastLaunch', {
  name: 'shop-windows-fast-launch',
  amiId,
  amiOwnerAlias: guard.ownerAlias,
  region,
  targetResourceCount: 2,
});
const nodes = new WindowsNodeGroup(stack, 'Nodes', {
  name: 'shop-windows-nodes',
  cluster,
  amiId,
  instanceProfileName: role.instanceProfileName,
  subnetIds,
  instanceTypes: ['m7i.xlarge'],
  minSize: 1,
  maxSize: 3,
  labels: { workload: 'web' },
  taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
  dependsOn: [...role.ready, fastLaunch.enabled],
  preconditions: guard.conditions,
});
fastLaunch.sweepAfter(nodes.autoScalingGroup);

new TerraformOutput(stack, 'ami_id', { value: amiId });
app.synth();
