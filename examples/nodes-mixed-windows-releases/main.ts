/**
 * Two groups of nodes on different releases of Windows Server in one cluster, for a move from one
 * to the next. Settings come from the environment; the defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import {
  AmiGuard,
  EksCluster,
  EksWindowsAmi,
  WindowsNodeGroup,
  WindowsNodeRole,
} from '../../modules';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const clusterName = setting('CLUSTER_NAME', 'example');
const subnetIds = setting('SUBNET_IDS', 'subnet-0123456789abcdef0').split(',');
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.35');

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'nodes-mixed-windows-releases');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
const key = 'windows/nodes-mixed-windows-releases.tfstate';
new S3Backend(stack, { bucket, key, region, encrypt: true });

const cluster = new EksCluster(stack, 'Cluster', { clusterName });
// One role for all Windows nodes: EKS tells operating systems apart by the role, not releases.
const role = new WindowsNodeRole(stack, 'NodeRole', { name: 'shop-windows-nodes', cluster });

const groups = (['2022', '2025'] as const).map((server) => {
  const choice = { kubernetesVersion, server, edition: 'Core' } as const;
  const { imageId: amiId } = new EksWindowsAmi(stack, `Ami${server}`, choice);
  const guard = new AmiGuard(stack, `AmiGuard${server}`, {
    amiId,
    kubernetesVersion,
    windowsServer: server,
    cluster,
  });
  return new WindowsNodeGroup(stack, `Nodes${server}`, {
    name: `shop-windows-${server}`,
    cluster,
    amiId,
    instanceProfileName: role.instanceProfileName,
    subnetIds,
    instanceTypes: ['m7i.xlarge'],
    minSize: 1,
    maxSize: 5,
    // A container runs on the release that it was made for: pods choose by this label.
    labels: { 'shop.example.com/windows-server': server },
    taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
    dependsOn: role.ready,
    preconditions: guard.conditions,
  });
});

const names = groups.map(({ autoScalingGroup }) => autoScalingGroup.name);
new TerraformOutput(stack, 'auto_scaling_groups', { value: names });
app.synth();
