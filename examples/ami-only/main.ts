/**
 * A custom EKS Windows AMI and nothing else: for node groups that someone else makes. Settings come
 * from the environment; the defaults are place-holders to be replaced.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import {
  amazonManagedComponent,
  type ComponentDocument,
  DocumentComponents,
  EksWindowsAmi,
  parseComponentFile,
  WindowsImage,
} from '../../modules';

const setting = (name: string, otherwise: string): string => process.env[name] ?? otherwise;
const region = setting('AWS_REGION', 'us-east-1');
const kubernetesVersion = setting('KUBERNETES_VERSION', '1.35');

function readComponent(file: string): ComponentDocument {
  const parsed = parseComponentFile(readFileSync(join(__dirname, file), 'utf8'));
  if ('document' in parsed) return parsed.document;
  const problems = parsed.problems.map(({ line, column, text }) => `${line}:${column}  ${text}`);
  throw new Error(problems.map((problem) => `${file}:${problem}`).join('\n'));
}

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'ami-only');
new AwsProvider(stack, 'aws', { region });
const bucket = setting('STATE_BUCKET', 'acme-terraform-state');
new S3Backend(stack, { bucket, key: 'windows/ami-only.tfstate', region, encrypt: true });

const base = new EksWindowsAmi(stack, 'BaseAmi', {
  kubernetesVersion,
  server: '2022',
  edition: 'Core',
});
const agent = new DocumentComponents(stack, 'LogAgent', {
  name: 'shop-windows-log-agent',
  document: readComponent('components/log-agent.yaml'),
  parameters: { AgentVersion: setting('AGENT_VERSION', '4.2.0') },
});
const image = new WindowsImage(stack, 'Image', {
  name: 'shop-windows',
  region,
  baseImage: base.imageId,
  kubernetesVersion,
  windowsServer: '2022',
  components: [amazonManagedComponent({ name: 'update-windows', region }), ...agent.components],
  cachedImages: [
    'mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2022',
    'registry.example.com/shop/web:1.4.2',
  ],
  registryCredentials: {
    'registry.example.com': `arn:aws:secretsmanager:${region}:111122223333:secret:registry-AbCdEf`,
  },
  // On the Wednesday after Microsoft's patch day, which is the second Tuesday of a month.
  schedule: { cron: 'cron(0 3 ? * WED#2 *)', timezone: 'Europe/Berlin' },
  notifications: { emails: ['platform@example.com'] },
  retention: { older: 'delete', keep: 5 },
});

new TerraformOutput(stack, 'ami_parameter_name', { value: image.amiParameterName });
new TerraformOutput(stack, 'ami_id', { value: image.builtImage?.amiId });
app.synth();
