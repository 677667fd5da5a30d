import type { EmulatedAws } from '../../emulator/emulated-aws';
import { runProgram } from '../../emulator/programs/run-program';
import type { DemoOptions } from './demo-options';

/** Runs the real AWS CLI and returns what it prints. @throws Error when it fails. */
export async function awsCli(
  aws: EmulatedAws,
  { interrupted }: DemoOptions,
  args: readonly string[],
): Promise<string> {
  const cwd = process.cwd();
  const result = await runProgram('aws', args, { cwd, env: aws.environment, interrupted });
  if (result.status !== 0) throw new Error(`aws ${args.join(' ')}: ${result.stderr}`);
  return result.stdout.trim();
}

/** What the AWS CLI is asked, and under which heading. */
const QUESTIONS: readonly (readonly [label: string, args: string])[] = [
  [
    'AMI in the SSM parameter',
    'ssm get-parameter --name /imagebuilder/example-windows/ami-id --query Parameter.Value',
  ],
  [
    'Fast Launch',
    'ec2 describe-fast-launch-images --query FastLaunchImages[].[ImageId,State,SnapshotConfiguration.TargetResourceCount]',
  ],
  [
    'Launch template',
    'ec2 describe-launch-template-versions --launch-template-name example-windows-nodes-apps --versions $Latest --query LaunchTemplateVersions[].[LaunchTemplateName,VersionNumber,LaunchTemplateData.ImageId]',
  ],
  [
    'Auto Scaling group',
    'autoscaling describe-auto-scaling-groups --query AutoScalingGroups[].[AutoScalingGroupName,MinSize,MaxSize,LaunchTemplate.Version]',
  ],
  [
    'Nodes',
    'ec2 describe-instances --filters Name=instance-state-name,Values=pending,running --query Reservations[].Instances[].[InstanceId,ImageId]',
  ],
  ['Access entry', 'eks list-access-entries --cluster-name example --query accessEntries[]'],
];

/** Prints what stands in the emulated AWS, as the AWS CLI reports it. */
export async function showBuilt(aws: EmulatedAws, options: DemoOptions): Promise<void> {
  options.print('\n== What the AWS CLI says');
  for (const [label, args] of QUESTIONS) {
    const answer = await awsCli(aws, options, [...args.split(' '), '--output', 'text']);
    const text = answer === '' ? 'none' : answer.replaceAll('\t', '  ');
    options.print(`  ${label.padEnd(26)}${text.replaceAll('\n', `\n${' '.repeat(28)}`)}`);
  }
}

/** State and progress of the newest instance refresh of the example's node group. */
export async function instanceRefreshStatus(
  aws: EmulatedAws,
  options: DemoOptions,
): Promise<string> {
  const query = 'InstanceRefreshes[0].[Status,PercentageComplete]';
  const group = ['--auto-scaling-group-name', 'example-windows-nodes-apps', '--query', query];
  const command = ['autoscaling', 'describe-instance-refreshes', ...group, '--output', 'text'];
  const [status, percentage] = (await awsCli(aws, options, command)).split('\t');
  return `${status}, ${percentage} %`;
}
