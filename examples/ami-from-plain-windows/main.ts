/**
 * A custom EKS Windows AMI from a plain Windows Server, on which Amazon's own component installs
 * what an EKS node needs. Settings come from the environment.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import { eksComponentVersion, PlainWindowsAmi, WindowsImage } from '../../modules';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.32');

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'ami-from-plain-windows');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
const file = 'windows/ami-from-plain-windows.tfstate';
new S3Backend(stack, { bucket, key: file, region, encrypt: true });

const base = new PlainWindowsAmi(stack, 'BaseAmi', { server: '2022', edition: 'Full' });
const image = new WindowsImage(stack, 'Image', {
  name: 'plain-windows',
  region,
  baseImage: base.imageId,
  eksComponentVersion: eksComponentVersion(kubernetesVersion),
  kubernetesVersion,
  windowsServer: '2022',
  cachedImages: ['mcr.microsoft.com/windows/servercore:ltsc2022'],
});

new TerraformOutput(stack, 'ami_id', { value: image.builtImage?.amiId });
app.synth();
