/**
 * All parts of the library in one stack: an image with a component of one's own and with container
 * images, Fast Launch, the checks, and two groups of nodes. Settings come from the environment; the
 * defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import * as windows from '../../modules';
import { BATCH, type NodeGroup, WEB } from './node-groups';
import { TIME_ZONE } from './time-zone';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const clusterName = setting('CLUSTER_NAME', 'example');
const subnetIds = setting('SUBNET_IDS', 'subnet-0123456789abcdef0').split(',');
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.35');
const [server, rootVolumeGiB, tags] = ['2022', 80, { owner: 'platform' }] as const;

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'full');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
new S3Backend(stack, { bucket, key: 'windows/full.tfstate', region, encrypt: true });

// The image. A newer release of Amazon's AMI, another component or another tag builds a new one.
const release = { kubernetesVersion, server, edition: 'Core' } as const;
const base = new windows.EksWindowsAmi(stack, 'BaseAmi', release);
const timeZone = new windows.DocumentComponents(stack, 'TimeZone', {
  name: 'full-windows-time-zone',
  document: TIME_ZONE,
  tags,
});
const image = new windows.WindowsImage(stack, 'Image', {
  name: 'full-windows',
  region,
  baseImage: base.imageId,
  kubernetesVersion,
  windowsServer: server,
  rootVolumeGiB,
  components: timeZone.components,
  cachedImages: ['mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2022'],
  retention: { older: 'delete', keep: 2, inUseBy: ['full-nodes'] },
  tags,
});
const amiId = image.builtImage?.amiId ?? base.imageId;

// The cluster, and what has to hold in it before a node is launched.
const cluster = new windows.EksCluster(stack, 'Cluster', { clusterName });
const support = new windows.WindowsSupport(stack, 'Support', { cluster, mode: 'check' });

// The nodes: a group on demand, and one on Spot that the cluster autoscaler scales from zero.
const group = (name: string, settings: NodeGroup) => ({
  ...settings,
  name: `full-nodes-${name}`,
  subnetIds,
  rootVolumeGiB,
  labels: { workload: name },
  taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' } as const],
  // Windows has no OOM killer: keep memory for Windows itself.
  systemReserved: { memory: '2Gi' },
});
// Every snapshot is billed: as many as nodes come at once, and the output says what they cost.
const targetResourceCount = 2;
const nodes = new windows.WindowsNodes(stack, 'Default', {
  name: 'full-nodes',
  region,
  cluster,
  amiId,
  kubernetesVersion,
  windowsServer: server,
  securityGroup: {},
  terminationQueue: { heartbeatTimeoutSeconds: 600 },
  fastLaunch: { name: 'full-windows-fast-launch', targetResourceCount },
  groups: { 'Nodes-web': group('web', WEB), 'Nodes-batch': group('batch', BATCH) },
  dependsOn: support.ready,
  preconditions: support.conditions,
  tags,
});

const { terminationHandlerPolicy: policy } = nodes;
const cost = { region, targetResourceCount, volumeGiB: rootVolumeGiB };
const outputs = {
  ami_id: amiId,
  auto_scaling_groups: nodes.autoScalingGroupNames,
  fast_launch_cost: windows.renderSnapshotCost(cost),
  termination_handler_policy: policy && windows.renderPolicy(policy),
  termination_queue_url: nodes.terminationQueue?.queueUrl,
};
for (const [key, value] of Object.entries(outputs)) new TerraformOutput(stack, key, { value });
app.synth();
