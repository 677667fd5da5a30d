/**
 * One build, and its AMI in two Regions and in another account, under a key of your own. Settings
 * come from the environment; the defaults are place-holders to be replaced.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import { EksWindowsAmi, WindowsImage } from '../../modules';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.35');
const otherRegion = setting('OTHER_REGION', 'eu-central-1');
const otherAccount = setting('OTHER_ACCOUNT', '444455556666');
const key = (name: string, of: string): string =>
  setting(name, `arn:aws:kms:${of}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`);

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'ami-multi-region');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
new S3Backend(stack, { bucket, key: 'windows/ami-multi-region.tfstate', region, encrypt: true });

const base = new EksWindowsAmi(stack, 'BaseAmi', {
  kubernetesVersion,
  server: '2022',
  edition: 'Core',
});
const image = new WindowsImage(stack, 'Image', {
  name: 'shared-windows',
  region,
  baseImage: base.imageId,
  kubernetesVersion,
  windowsServer: '2022',
  cachedImages: ['mcr.microsoft.com/windows/servercore:ltsc2022'],
  // Nobody else can use the account's own key for EBS, so what is shared needs one of yours.
  rootVolume: { kmsKeyId: key('KEY_ARN', region) },
  distribution: {
    amiName: 'shared-windows-1.35-{{ imagebuilder:buildDate }}',
    amiDescription: 'Windows nodes of the platform team',
    targets: [
      { region, launchPermission: { accountIds: [otherAccount] } },
      {
        region: otherRegion,
        accountIds: [otherAccount],
        kmsKeyId: key('OTHER_KEY_ARN', otherRegion),
        amiParameters: [{ name: '/windows/ami-id', accountId: otherAccount }],
        fastLaunch: [{ targetResourceCount: 2 }],
      },
    ],
  },
  // What another account runs is not seen from here, so nothing is retired.
  retention: { onDestroy: 'keep' },
});

new TerraformOutput(stack, 'ami_parameter_name', { value: image.amiParameterName });
app.synth();
