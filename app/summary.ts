import { relative } from 'node:path';
import { amiParameterName, imageStackName, nodesStackName } from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import { AMI_RETENTION_SETTINGS } from '../modules/ami-retention/checks';
import type { CalendarDate } from '../modules/windows-base/checks';
import { fastLaunchCost, nativeFastLaunchCost } from '../stacks/fast-launch-cost';
import { notices } from './notices';
import type { SynthesizedStack } from './synthesize';

/** What `npm start` says at the end. */
export interface SummaryInput {
  readonly environments: readonly { readonly file: string; readonly environment: Environment }[];
  readonly stacks: readonly SynthesizedStack[];
  readonly outputFolder: string;
  /** Some notices depend on it. */
  readonly today: CalendarDate;
}

interface Kind {
  readonly prefix: string;
  readonly one: string;
  /** @default - the same as `one` */
  readonly many?: string;
}

/** Terraform types by what people call them. The first prefix that fits counts. */
const KINDS: readonly Kind[] = [
  { prefix: 'aws_imagebuilder_', one: 'Image Builder' },
  { prefix: 'aws_iam_', one: 'IAM' },
  { prefix: 'aws_cloudwatch_log_group', one: 'log group', many: 'log groups' },
  { prefix: 'aws_cloudwatch_event_', one: 'EventBridge' },
  { prefix: 'aws_sns_', one: 'SNS' },
  { prefix: 'aws_sqs_', one: 'SQS' },
  { prefix: 'aws_kms_grant', one: 'KMS grant', many: 'KMS grants' },
  { prefix: 'aws_s3_object', one: 'S3 object', many: 'S3 objects' },
  { prefix: 'aws_security_group', one: 'security group', many: 'security groups' },
  { prefix: 'aws_vpc_security_group_', one: 'security group rule', many: 'security group rules' },
  { prefix: 'aws_eks_', one: 'EKS' },
  { prefix: 'aws_launch_template', one: 'launch template', many: 'launch templates' },
  { prefix: 'aws_autoscaling_group', one: 'Auto Scaling group', many: 'Auto Scaling groups' },
  { prefix: 'aws_autoscaling_lifecycle_hook', one: 'life-cycle hook', many: 'life-cycle hooks' },
  { prefix: 'aws_ec2_tag', one: 'tag', many: 'tags' },
  { prefix: 'terraform_data', one: 'Terraform step', many: 'Terraform steps' },
];

type Row = readonly [label: string, text: string];

/** Renders the summary: one table an environment, then what to run next. */
export function renderSummary({ environments, stacks, outputFolder, today }: SummaryInput): string {
  const folder = relative('', outputFolder).replaceAll('\\', '/') || '.';
  const stackRow = (name: string): Row[] => {
    const stack = stacks.find((one) => one.name === name);
    return stack === undefined
      ? []
      : [
          [name, describeResources(stack)],
          ['  JSON', `${folder}/${stack.file}`],
        ];
  };
  const tables = environments.map(({ file, environment }) => {
    const rows = [
      ...stackRow(imageStackName(environment)),
      ...imageRows(environment),
      ...stackRow(nodesStackName(environment)),
      ...nodesRows(environment),
    ];
    const lines = notices(environment, today).map((notice) => `  ${notice}`);
    return [`${environment.name} (${file})`, renderRows(rows), ...lines].join('\n');
  });
  return [...tables, renderNextSteps(environments.map(({ environment }) => environment))].join(
    '\n\n',
  );
}

function describeResources({ resources }: SynthesizedStack): string {
  const counts = new Map<Kind, number>();
  for (const [type, count] of resources) {
    const kind = KINDS.find(({ prefix }) => type.startsWith(prefix)) ?? { prefix: type, one: type };
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...counts].map(([{ one, many = one }, count]) => {
    return `${count} ${count === 1 ? one : many}`;
  });
  return `${total} resources: ${kinds.join(', ')}`;
}

function imageRows(environment: Environment): Row[] {
  const { image, region } = environment;
  const regions = [
    ...new Set([region, ...(image.distribution?.targets ?? []).map((target) => target.region)]),
  ];
  return [
    ['  base AMI', describeBase(environment)],
    ...listRows('  components', image.components.map(describeComponent)),
    ...listRows('  cached images', image.cachedImages),
    ...(regions.length === 1 ? [] : [['  Regions', regions.join(', ')] as const]),
    ...listRows('  Fast Launch', nativeFastLaunchCost(environment)),
    ['  builds', describeBuilds(image)],
    ['  older AMIs', describeRetention(image)],
  ];
}

const listRows = (label: string, texts: readonly string[]): Row[] =>
  texts.map((text, index) => [index === 0 ? label : '', text]);

function describeBase({ windows, cluster, image }: Environment): string {
  const { server, edition, release } = windows;
  if (image.base === 'plain-windows') {
    return `Windows Server ${server} ${edition}, with Amazon's component for Kubernetes ${cluster.kubernetesVersion}`;
  }
  if (image.base !== 'eks-optimized') return image.base.imageId;
  return `EKS optimized Windows Server ${server} ${edition}, Kubernetes ${cluster.kubernetesVersion}, ${release}`;
}

function describeComponent(component: Environment['image']['components'][number]): string {
  if (typeof component === 'string') return component;
  return component.file ?? component.amazonManaged ?? component.arn ?? '';
}

function describeBuilds({ buildOnApply, schedule }: Environment['image']): string {
  const on = [
    buildOnApply ? 'on apply' : undefined,
    schedule && `${schedule.cron} ${schedule.timezone}`,
  ].filter((text) => text !== undefined);
  return on.length === 0 ? 'only when started by hand' : on.join('; ');
}

function describeRetention({ retention = 'none' }: Environment['image']): string {
  if (retention === 'none') return 'all stay';
  const { older, keep = AMI_RETENTION_SETTINGS.keep.default, onDestroy } = retention;
  const now = older === undefined ? 'all stay' : `${older}, beyond the newest ${keep}`;
  return onDestroy === 'delete' ? `${now}; all go with the stack` : now;
}

function nodesRows(environment: Environment): Row[] {
  const { nodes } = environment;
  const groups = nodes.groups.map((group, index): Row => {
    const sizes = `${group.minSize} to ${group.maxSize} x ${group.instanceTypes.join(' or ')}`;
    return [index === 0 ? '  node groups' : '', `${group.name}: ${sizes}`];
  });
  return [
    ['  AMI', describeAmi(environment)],
    ...listRows('  Fast Launch', describeFastLaunch(environment)),
    ...groups,
  ];
}

function describeFastLaunch(environment: Environment): readonly string[] {
  const { method, enabled } = environment.fastLaunch ?? {};
  if (method === 'distribution') return ['by Image Builder, see above'];
  if (method === 'local-exec' && enabled === false) return ['off, for every AMI of the stack'];
  const cost = fastLaunchCost(environment);
  return cost.length === 0 ? ['off'] : cost;
}

function describeAmi(environment: Environment): string {
  const { ami } = environment.nodes;
  const parameter = `from the SSM parameter ${amiParameterName(environment)}`;
  if (ami === 'built') return `built, ${parameter}`;
  if (ami === 'eks-optimized') return "Amazon's EKS optimized AMI";
  return ami.imageId ?? `built earlier, version ${ami.builtVersion} ${parameter}`;
}

function renderRows(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`).join('\n');
}

function renderNextSteps(environments: readonly Environment[]): string {
  const steps = environments.flatMap((environment) => {
    const [image, nodes] = [imageStackName(environment), nodesStackName(environment)];
    return [`npx cdktf diff ${image}`, `npx cdktf deploy ${image} ${nodes}`];
  });
  return ['Next, with Terraform, the AWS CLI and credentials:', ...steps].join('\n  ');
}
