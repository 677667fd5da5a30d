/**
 * Windows nodes for a cluster that exists already, from an AMI whose id is in an SSM parameter: one
 * that this library, a pipeline or another account has written. Settings come from the environment;
 * the defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import { BuiltAmi, EksCluster, WindowsNodes } from '../../modules';

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
// Under the id `Default` the addresses in Terraform are those of the parts wired by hand.
const nodes = new WindowsNodes(stack, 'Default', {
  name: 'shop-nodes',
  region,
  cluster,
  amiId,
  kubernetesVersion,
  windowsServer: '2022',
  securityGroup: {},
  groups: {
    Nodes: {
      name: 'shop-nodes',
      subnetIds,
      instanceTypes: ['m7i.xlarge', 'm7a.xlarge'],
      minSize: 1,
      maxSize: 10,
      labels: { workload: 'web' },
      taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
      // The AMI has container images: let the kubelet keep them longer.
      imageGcThresholds: { highPercent: 95, lowPercent: 90 },
    },
  },
});

new TerraformOutput(stack, 'ami_id', { value: amiId });
new TerraformOutput(stack, 'auto_scaling_group', {
  value: nodes.groups.Nodes.autoScalingGroup.name,
});
app.synth();
