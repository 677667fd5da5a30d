/**
 * All parts of the library in one stack: an image with a component of one's own and with container
 * images, Fast Launch, the checks, and two groups of nodes. Settings come from the environment; the
 * defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import * as windows from '../../modules';
import { NODE_GROUPS } from './node-groups';
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

// The cluster, who the nodes are in it, and what has to hold before one is launched.
const cluster = new windows.EksCluster(stack, 'Cluster', { clusterName });
const role = new windows.WindowsNodeRole(stack, 'NodeRole', { name: 'full-nodes', cluster, tags });
const support = new windows.WindowsSupport(stack, 'Support', { cluster, mode: 'check' });
const guard = new windows.AmiGuard(stack, 'AmiGuard', {
  amiId,
  kubernetesVersion,
  windowsServer: server,
  cluster,
});
const network = { name: 'full-nodes', cluster, subnetId: subnetIds[0] ?? '', tags };
const securityGroup = new windows.WindowsNodeSecurityGroup(stack, 'SecurityGroup', network);
const inUse = new windows.AmiInUse(stack, 'AmiInUse', { amiId, name: 'full-nodes' });
const ready = [...role.ready, ...support.ready, ...securityGroup.rules];

// Every snapshot is billed: as many as nodes come at once, and the output says what they cost.
const targetResourceCount = 2;
const fastLaunch = new windows.FastLaunch(stack, 'FastLaunch', {
  name: 'full-windows-fast-launch',
  amiId,
  amiOwnerAlias: guard.ownerAlias,
  region,
  targetResourceCount,
  tags,
});

// The nodes: a group on demand, and one on Spot that the cluster autoscaler scales from zero.
const groupName = (group: string): string => `full-nodes-${group}`;
const terminationQueue = new windows.NodeTerminationQueue(stack, 'TerminationQueue', {
  name: 'full-nodes',
  autoScalingGroupNames: Object.keys(NODE_GROUPS).map(groupName),
  heartbeatTimeoutSeconds: 600,
  tags,
});
const groups = Object.entries(NODE_GROUPS).map(([group, settings]) => {
  const nodes = new windows.WindowsNodeGroup(stack, `Nodes-${group}`, {
    ...settings,
    name: groupName(group),
    cluster,
    amiId,
    instanceProfileName: role.instanceProfileName,
    subnetIds,
    securityGroupIds: [securityGroup.securityGroupId],
    rootVolumeGiB,
    labels: { workload: group },
    taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
    // Windows has no OOM killer: keep memory for Windows itself.
    systemReserved: { memory: '2Gi' },
    terminationQueue,
    dependsOn: [...ready, inUse.tagged, fastLaunch.enabled],
    preconditions: [...guard.conditions, ...role.conditions, ...support.conditions],
    tags,
  });
  fastLaunch.sweepAfter(nodes.autoScalingGroup);
  return nodes.autoScalingGroup;
});

const { queueArn, queueUrl } = terminationQueue;
const handler = { queueArn, autoScalingGroupArns: groups.map(({ arn }) => arn) };
const cost = { region, targetResourceCount, volumeGiB: rootVolumeGiB };
const outputs = {
  ami_id: amiId,
  auto_scaling_groups: groups.map((group) => group.name),
  fast_launch_cost: windows.renderSnapshotCost(cost),
  termination_handler_policy: windows.renderPolicy(windows.terminationHandlerPolicy(handler)),
  termination_queue_url: queueUrl,
};
for (const [key, value] of Object.entries(outputs)) new TerraformOutput(stack, key, { value });
app.synth();
