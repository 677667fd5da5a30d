import { TerraformStack as CdktfStack, Testing } from 'cdktf';
import { TerraformData } from '../../../modules/core';
import { FastLaunch } from '../../../modules/fast-launch';
import {
  renderFastLaunchCommand,
  renderFastLaunchScript,
} from '../../../modules/fast-launch/scripts';

/** What the stack is made of. */
export interface FaultStackProps {
  readonly amiId: string;
  readonly launchTemplateId: string;
  readonly launchTemplateVersion: number;
  readonly targetResourceCount: number;
}

/** The scripts of Fast Launch, by the names of their files. */
const SCRIPTS = {
  'enable.sh': renderFastLaunchScript('enable'),
  'disable.sh': renderFastLaunchScript('disable'),
};

/** What does the same as a command of the stack that has a script in it. */
const SHORT_COMMANDS: Readonly<Record<string, string>> = {
  [renderFastLaunchCommand('enable')]: '. ./enable.sh',
  [renderFastLaunchCommand('disable')]: '. ./disable.sh',
};

/** Launches nodes from an AMI, as far as a case needs to know. */
const LAUNCH_NODES = 'aws ec2 create-tags --resources "$AMI_ID" --tags Key=nodes,Value=on';

/**
 * A stack of Fast Launch and of something that uses its AMI: the texts of its files, by their names.
 *
 * The launch template is made beforehand, and its references are replaced by its id and version:
 * without the AWS provider a command of Terraform takes a tenth of a second rather than three. The
 * scripts are in files of their own: to read them as templates takes Terraform half of its time.
 * `life-cycle.test.ts` has all of it.
 */
export function renderFaultStack(props: FaultStackProps): Readonly<Record<string, string>> {
  template ??= synthesize();
  const text = template
    .replaceAll(AMI, props.amiId)
    .replaceAll(VERSION, String(props.launchTemplateVersion))
    .replaceAll(TEMPLATE, props.launchTemplateId)
    .replaceAll(`"${SNAPSHOTS}"`, `"${props.targetResourceCount}"`);
  return { ...SCRIPTS, 'cdk.tf.json': text };
}

/** The stack with these in the place of values: synthesized once. */
let template: string | undefined;
const AMI = 'ami-00000000000000000';
const TEMPLATE = 'LAUNCH-TEMPLATE';
const VERSION = 'VERSION-OF-TEMPLATE';
const SNAPSHOTS = 9999;

function synthesize(): string {
  const stack = new CdktfStack(Testing.app({ stackTraces: false }), 'stack');
  const fastLaunch = new FastLaunch(stack, 'FastLaunch', {
    name: 'fast-launch',
    region: 'us-east-1',
    amiId: AMI,
    targetResourceCount: SNAPSHOTS,
    driftCheck: false,
  });
  // Changes over in place, as a launch template does; the group behind it is told afterwards.
  new TerraformData(stack, 'Nodes', { input: { ami_id: AMI }, dependsOn: [fastLaunch.enabled] });
  const refresh = new TerraformData(stack, 'Refresh', {
    triggersReplace: { ami_id: '${terraform_data.Nodes.output.ami_id}' },
    localExec: [{ command: LAUNCH_NODES, environment: { AMI_ID: AMI } }],
  });
  fastLaunch.sweepAfter(refresh);
  return withoutProvider(Testing.synth(stack, false));
}

function withoutProvider(synthesized: string): string {
  const name = Object.keys(JSON.parse(synthesized).resource.aws_launch_template)[0] ?? 'none';
  const address = `aws_launch_template.${name}`;
  const { resource } = JSON.parse(
    synthesized
      .replaceAll(`\${${address}.latest_version}`, VERSION)
      .replaceAll(`\${${address}.id}`, TEMPLATE),
  ) as { resource: { terraform_data: Record<string, TerraformJson> } };
  const { terraform_data: data } = resource;
  for (const one of Object.values(data)) {
    one.depends_on = one.depends_on?.filter((dependency) => dependency !== address);
    // The account is looked up by the provider.
    if (one.input?.account_id !== undefined) delete one.input;
    for (const { 'local-exec': exec } of one.provisioner ?? []) {
      for (const name of SET_BY_CASES) delete exec.environment[name];
      exec.command = SHORT_COMMANDS[exec.command] ?? exec.command;
    }
  }
  return JSON.stringify({ resource: { terraform_data: data } }, undefined, 2);
}

/** Cases set these in the environment of Terraform, which the steps inherit. */
const SET_BY_CASES = ['EXPECTED_ACCOUNT_ID', 'WAIT_FOR_ENABLED', 'TAKE_OVER'];

interface TerraformJson {
  depends_on?: string[] | undefined;
  input?: { account_id?: string };
  readonly provisioner?: readonly {
    readonly 'local-exec': { command: string; readonly environment: Record<string, string> };
  }[];
}
