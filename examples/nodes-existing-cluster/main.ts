/**
 * Windows nodes for a cluster that exists already, from an AMI whose id is in an SSM parameter: one
 * that this library, a pipeline or another account has written. Settings come from the environment;
 * the defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import {
  AmiGuard,
  AmiInUse,
  BuiltAmi,
  EksCluster,
  WindowsNodeGroup,
  WindowsNodeRole,
  WindowsNodeSecurityGroup,
} from '../../modules';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const clusterName = setting('CLUSTER_NAME', 'example');
const subnetIds = setting('SUBNET_IDS', 'subnet-0123456789abcdef0').split(',');
const parameterName = setting('AMI_PARAMETER', '/imagebuilder/shop-windows/ami-id');
// What the AMI was built for. The plan stops when the cluster is older, or too new for it.
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.35');

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'nodes-existing-cluster');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
const key = 'windows/nodes-existing-cluster.tfstate';
new S3Backend(stack, { bucket, key, region, encrypt: true });

const cluster = new EksCluster(stack, 'Cluster', { clusterName });
const { imageId: amiId } = new BuiltAmi(stack, 'Ami', { parameterName });
const guard = new AmiGuard(stack, 'AmiGuard', {
  amiId,
  kubernetesVersion,
  windowsServer: '2022',
  cluster,
});
const inUse = new AmiInUse(stack, 'AmiInUse', { amiId, name: 'shop-nodes' });
const role = new WindowsNodeRole(stack, 'NodeRole', { name: 'shop-nodes', cluster });
const securityGroup = new WindowsNodeSecurityGroup(stack, 'SecurityGroup', {
  name: 'shop-nodes',
  cluster,
  subnetId: subnetIds[0] ?? '',
});
const nodes = new WindowsNodeGroup(stack, 'Nodes', {
  name: 'shop-nodes',
  cluster,
  amiId,
  instanceProfileName: role.instanceProfileName,
  subnetIds,
  securityGroupIds: [securityGroup.securityGroupId],
  instanceTypes: ['m7i.xlarge', 'm7a.xlarge'],
  minSize: 1,
  maxSize: 10,
  labels: { workload: 'web' },
  taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
  // The AMI has container images: let the kubelet keep them longer.
  imageGcThresholds: { highPercent: 95, lowPercent: 90 },
  dependsOn: [...role.ready, ...securityGroup.rules, inUse.tagged],
  preconditions: guard.conditions,
});

new TerraformOutput(stack, 'ami_id', { value: amiId });
new TerraformOutput(stack, 'auto_scaling_group', { value: nodes.autoScalingGroup.name });
app.synth();
