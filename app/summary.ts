import { relative } from 'node:path';
import { amiParameterName, imageStackName, nodesStackName } from '../stacks/environment-names';
import type { Environment } from './environment-schema';
import type { SynthesizedStack } from './synthesize';

/** What `npm start` says at the end. */
export interface SummaryInput {
  readonly environments: readonly { readonly file: string; readonly environment: Environment }[];
  readonly stacks: readonly SynthesizedStack[];
  readonly outputFolder: string;
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
  { prefix: 'aws_eks_', one: 'EKS' },
  { prefix: 'aws_launch_template', one: 'launch template', many: 'launch templates' },
  { prefix: 'aws_autoscaling_group', one: 'Auto Scaling group', many: 'Auto Scaling groups' },
  { prefix: 'terraform_data', one: 'Fast Launch step', many: 'Fast Launch steps' },
];

type Row = readonly [label: string, text: string];

/** Renders the summary: one table an environment, then what to run next. */
export function renderSummary({ environments, stacks, outputFolder }: SummaryInput): string {
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
    return `${environment.name} (${file})\n${renderRows(rows)}`;
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

function imageRows({ windows, cluster, image }: Environment): Row[] {
  const { server, edition, release } = windows;
  const on = [
    image.buildOnApply ? 'on apply' : undefined,
    image.schedule && `${image.schedule.cron} ${image.schedule.timezone}`,
  ].filter((text) => text !== undefined);
  const images = image.cachedImages.map((name, index): Row => {
    const label = index === 0 ? '  cached images' : '';
    return [label, name];
  });
  return [
    [
      '  base AMI',
      `EKS optimized Windows Server ${server} ${edition}, Kubernetes ${cluster.kubernetesVersion}, ${release}`,
    ],
    ...images,
    ['  builds', on.length === 0 ? 'only when started by hand' : on.join('; ')],
  ];
}

function nodesRows(environment: Environment): Row[] {
  const { nodes, fastLaunch } = environment;
  const groups = nodes.groups.map((group, index): Row => {
    const sizes = `${group.minSize} to ${group.maxSize} x ${group.instanceTypes.join(' or ')}`;
    return [index === 0 ? '  node groups' : '', `${group.name}: ${sizes}`];
  });
  return [
    ['  AMI', describeAmi(environment)],
    ['  Fast Launch', fastLaunch ? `${fastLaunch.targetResourceCount} snapshots` : 'off'],
    ...groups,
  ];
}

function describeAmi(environment: Environment): string {
  const { ami } = environment.nodes;
  if (ami === 'built') return `built, from the SSM parameter ${amiParameterName(environment)}`;
  return ami === 'eks-optimized' ? "Amazon's EKS optimized AMI" : ami.imageId;
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
