import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { describe, expect, it } from '@jest/globals';
import { TerraformVariable, Token } from 'cdktf';
import { TerraformData } from '../../../modules/core';
import { FastLaunch, type FastLaunchProps } from '../../../modules/fast-launch';
import {
  DEFAULT_TARGET_RESOURCE_COUNT,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
} from '../../../modules/fast-launch/fast-launch-settings';
import { renderFastLaunchCommand } from '../../../modules/fast-launch/scripts';
import { outline, refusalOf, refusedBy } from '../../support/problem';
import { type Block, Template } from '../../support/template';

const SMALLEST: FastLaunchProps = {
  name: 'win-fast-launch',
  amiId: 'ami-0123456789abcdef0',
  region: 'eu-west-1',
};

const TEMPLATE = 'aws_launch_template.FastLaunch_Template_F77A11A9';
const OWNER = 'terraform_data.FastLaunch_Owner_9946919F';
const ENABLE = 'terraform_data.FastLaunch_Enable_9088F762';
const SWEEP = 'terraform_data.FastLaunch_Sweep_106107FA';
const IDENTITY = 'data.aws_caller_identity.FastLaunch_Account_329A1FCB';
const PREPARED = 'data.aws_ebs_snapshot_ids.FastLaunch_DriftCheck_PreparedSnapshots_AA3923D3';
const ACCOUNT = `\${${IDENTITY}.account_id}`;

const synth = (props: Partial<FastLaunchProps> = {}): Template =>
  Template.of((stack) => {
    new FastLaunch(stack, 'FastLaunch', { ...SMALLEST, ...props });
  });

/** A block by its Terraform address. */
function blockAt(template: Template, address: string): Block {
  const [type = '', name = ''] = address.split('.');
  const block = template.resources(type)[name];
  if (block === undefined) throw new Error(`there is no ${address}`);
  return block;
}

/** What runs a script, as Terraform is told. */
const localExec = (script: 'enable' | 'disable', environment: object, more: object = {}) => [
  {
    'local-exec': {
      command: renderFastLaunchCommand(script),
      environment,
      interpreter: ['/bin/sh', '-c'],
      quiet: true,
      ...more,
    },
  },
];

/** The command of a block, with its environment. */
function commandAt(template: Template, address: string): { command: string; environment: Block } {
  const [provisioner] = blockAt(template, address)['provisioner'] as [
    { 'local-exec': { command: string; environment: Block } },
  ];
  return provisioner['local-exec'];
}

describe('FastLaunch', () => {
  it('makes a launch template and three resources that share the work', () => {
    expect(synth().addresses()).toEqual([TEMPLATE, IDENTITY, PREPARED, ENABLE, OWNER, SWEEP]);
  });

  it('owns Fast Launch: switches all of it off when it goes', () => {
    expect(blockAt(synth(), OWNER)).toEqual({
      triggers_replace: { launch_template_id: `\${${TEMPLATE}.id}`, region: 'eu-west-1' },
      input: { account_id: ACCOUNT },
      provisioner: localExec(
        'disable',
        {
          AWS_REGION: '${self.triggers_replace.region}',
          AWS_DEFAULT_REGION: '${self.triggers_replace.region}',
          EXPECTED_ACCOUNT_ID: '${try(self.input.account_id, "")}',
          LAUNCH_TEMPLATE_ID: '${self.triggers_replace.launch_template_id}',
          KEEP_AMI_ID: '',
          TIMEOUT_SECONDS: '3600',
        },
        { when: 'destroy' },
      ),
    });
  });

  it('switches on with five snapshots and six parallel launches, and waits for an hour', () => {
    expect(blockAt(synth(), ENABLE)).toEqual({
      triggers_replace: {
        ami_id: 'ami-0123456789abcdef0',
        launch_template_id: `\${${TEMPLATE}.id}`,
        launch_template_version: `\${${TEMPLATE}.latest_version}`,
        target_resource_count: '5',
        max_parallel_launches: '6',
      },
      depends_on: [OWNER],
      provisioner: localExec('enable', {
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AMI_ID: 'ami-0123456789abcdef0',
        LAUNCH_TEMPLATE_ID: `\${${TEMPLATE}.id}`,
        LAUNCH_TEMPLATE_VERSION: `\${${TEMPLATE}.latest_version}`,
        TARGET_RESOURCE_COUNT: '5',
        MAX_PARALLEL_LAUNCHES: '6',
        TIMEOUT_SECONDS: '3600',
        WAIT_FOR_ENABLED: 'true',
        TAKE_OVER: 'false',
        EXPECTED_ACCOUNT_ID: ACCOUNT,
      }),
    });
  });

  it('sweeps after it has switched on: off for all other AMIs', () => {
    expect(blockAt(synth(), SWEEP)).toEqual({
      triggers_replace: { enable: `\${${ENABLE}.id}`, ami_id: 'ami-0123456789abcdef0' },
      depends_on: [ENABLE],
      provisioner: localExec('disable', {
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        LAUNCH_TEMPLATE_ID: `\${${TEMPLATE}.id}`,
        KEEP_AMI_ID: 'ami-0123456789abcdef0',
        TIMEOUT_SECONDS: '3600',
        EXPECTED_ACCOUNT_ID: ACCOUNT,
      }),
    });
  });

  it('takes other counts and another limit of time', () => {
    const template = synth({
      targetResourceCount: 12,
      maxParallelLaunches: 8,
      timeoutMinutes: 90,
    });
    expect(blockAt(template, ENABLE)['triggers_replace']).toEqual({
      ami_id: 'ami-0123456789abcdef0',
      launch_template_id: `\${${TEMPLATE}.id}`,
      launch_template_version: `\${${TEMPLATE}.latest_version}`,
      target_resource_count: '12',
      max_parallel_launches: '8',
    });
    expect(commandAt(template, ENABLE).environment).toMatchObject({
      TARGET_RESOURCE_COUNT: '12',
      MAX_PARALLEL_LAUNCHES: '8',
      TIMEOUT_SECONDS: '5400',
    });
    expect(commandAt(template, SWEEP).environment['TIMEOUT_SECONDS']).toBe('5400');
    expect(commandAt(template, OWNER).environment['TIMEOUT_SECONDS']).toBe('5400');
  });

  it('hands the inputs of the launch template on', () => {
    const template = synth({ subnetId: 'subnet-12345678', tags: { Team: 'windows' } });
    expect(blockAt(template, TEMPLATE)).toMatchObject({
      name: 'win-fast-launch',
      network_interfaces: [{ device_index: 0, subnet_id: 'subnet-12345678' }],
      tags: { Team: 'windows' },
    });
  });

  it('refers in the destroy step to nothing but the resource itself', () => {
    const references = JSON.stringify(blockAt(synth(), OWNER)['provisioner']).match(
      /(?<!\$)\$\{[^}]*\}/g,
    );
    expect(new Set(references)).toEqual(
      new Set([
        '${self.triggers_replace.region}',
        '${self.triggers_replace.launch_template_id}',
        '${try(self.input.account_id, \\"\\")}',
      ]),
    );
  });

  it('stays apart from a second one in the same stack', () => {
    const template = Template.of((stack) => {
      new FastLaunch(stack, 'Blue', SMALLEST);
      new FastLaunch(stack, 'Green', { ...SMALLEST, name: 'green' });
    });
    expect(template.counts()).toEqual({ aws_launch_template: 2, terraform_data: 6 });
  });
});

describe('the settings of FastLaunch', () => {
  it('may be not to wait, and to take over what somebody else has switched on', () => {
    const template = synth({ waitForEnabled: false, takeOver: true });
    expect(commandAt(template, ENABLE).environment).toMatchObject({
      WAIT_FOR_ENABLED: 'false',
      TAKE_OVER: 'true',
    });
  });

  it('give every step the credentials of the provider', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/deploy';
    const template = synth({ credentials: { profile: 'acme', assumeRole: { roleArn } } });
    for (const step of [OWNER, ENABLE, SWEEP]) {
      expect(commandAt(template, step).environment).toMatchObject({
        PROVIDER_PROFILE: 'acme',
        ASSUME_ROLE_ARN: roleArn,
      });
    }
  });

  it('may leave Fast Launch on when the stack is destroyed: then there is no destroy step', () => {
    const template = synth({ onDestroy: 'leave' });
    expect(template.addresses()).toEqual(synth().addresses());
    expect(blockAt(template, OWNER)['provisioner']).toBeUndefined();
    expect(commandAt(template, SWEEP).environment['KEEP_AMI_ID']).toBe('ami-0123456789abcdef0');
  });

  it('may leave the check for drift out', () => {
    const template = synth({ driftCheck: false });
    expect(template.addresses()).toEqual([TEMPLATE, IDENTITY, ENABLE, OWNER, SWEEP]);
    expect(template.part('check')).toEqual({});
  });

  it('make the grant of a KMS key before Fast Launch is switched on', () => {
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
    const template = synth({ keyGrant: { kmsKeyArn: arn } });
    const [grant = ''] = Object.keys(template.resources('aws_kms_grant'));
    expect(blockAt(template, ENABLE)['depends_on']).toEqual([OWNER, `aws_kms_grant.${grant}`]);
  });
});

describe('FastLaunch that is not enabled', () => {
  const off = () => synth({ enabled: false });

  it('keeps what switches off, and nothing that switches on or looks for snapshots', () => {
    expect(off().addresses()).toEqual([TEMPLATE, IDENTITY, OWNER, SWEEP]);
    expect(off().part('check')).toEqual({});
  });

  it('switches off for every AMI of the launch template', () => {
    expect(blockAt(off(), SWEEP)).toMatchObject({
      triggers_replace: { enable: 'off', ami_id: '' },
      depends_on: [OWNER],
    });
    expect(commandAt(off(), SWEEP).environment['KEEP_AMI_ID']).toBe('');
  });

  it('lets nodes wait for nothing that switches on', () => {
    const template = Template.of((stack) => {
      const { enabled } = new FastLaunch(stack, 'FastLaunch', { ...SMALLEST, enabled: false });
      new TerraformData(stack, 'Nodes', { dependsOn: [enabled] });
    });
    expect(template.resources('terraform_data')['Nodes']?.['depends_on']).toEqual([OWNER]);
  });
});

describe('FastLaunch.enabled', () => {
  it('lets what launches from the AMI wait', () => {
    const template = Template.of((stack) => {
      const fastLaunch = new FastLaunch(stack, 'FastLaunch', SMALLEST);
      const dependsOn = [fastLaunch.enabled];
      new TerraformData(stack, 'Nodes', { triggersReplace: {}, dependsOn });
    });
    const [name = ''] = Object.keys(template.resources('terraform_data')).filter((one) =>
      one.startsWith('Nodes'),
    );
    expect(template.resources('terraform_data')[name]?.['depends_on']).toEqual([ENABLE]);
  });
});

describe('FastLaunch.sweepAfter', () => {
  it('keeps the previous AMI on until what was named has changed over', () => {
    const template = Template.of((stack) => {
      const fastLaunch = new FastLaunch(stack, 'FastLaunch', SMALLEST);
      fastLaunch.sweepAfter(new TerraformData(stack, 'A', { triggersReplace: {} }));
      fastLaunch.sweepAfter(new TerraformData(stack, 'B', { triggersReplace: {} }));
    });
    expect(blockAt(template, SWEEP)['depends_on']).toEqual([
      ENABLE,
      'terraform_data.A',
      'terraform_data.B',
    ]);
  });

  it('leaves the order of the others as it is', () => {
    const template = Template.of((stack) => {
      const fastLaunch = new FastLaunch(stack, 'FastLaunch', SMALLEST);
      fastLaunch.sweepAfter(new TerraformData(stack, 'A', { triggersReplace: {} }));
    });
    expect(blockAt(template, ENABLE)['depends_on']).toEqual([OWNER]);
    expect(blockAt(template, OWNER)['depends_on']).toBeUndefined();
  });
});

describe('the owner of the AMI', () => {
  it.each([
    ['in words of its own', undefined, 'Build one from it, or leave Fast Launch out.'],
    ['in the words of the caller', { amiOfAmazon: 'Set x.' }, 'Set x.'],
  ])('is checked at plan when its alias is given, %s', (_name, words, advice) => {
    const template = Template.of((stack) => {
      const ami = new DataAwsAmi(stack, 'Ami', { mostRecent: true });
      new FastLaunch(stack, 'FastLaunch', {
        ...SMALLEST,
        amiId: ami.id,
        amiOwnerAlias: ami.imageOwnerAlias,
        words,
      });
    });
    expect(blockAt(template, ENABLE)['lifecycle']).toEqual({
      precondition: [
        {
          condition: '${(data.aws_ami.Ami.image_owner_alias != "amazon")}',
          error_message: `\${data.aws_ami.Ami.id} belongs to Amazon, and Fast Launch works for AMIs of your own only. ${advice}`,
        },
      ],
    });
  });

  it('needs no check at plan when its alias is known, and may not be Amazon', () => {
    expect(blockAt(synth({ amiOwnerAlias: 'self' }), ENABLE)['lifecycle']).toBeUndefined();
    expect(refusedBy(() => synth({ amiOwnerAlias: 'amazon' }))).toEqual([
      '`amiOwnerAlias` fast-launch-options: "amazon"',
    ]);
  });

  it('is left to the script when its alias is not given', () => {
    expect(blockAt(synth(), ENABLE)['lifecycle']).toBeUndefined();
  });
});

describe('the inputs of FastLaunch', () => {
  const refused: readonly (readonly [string, Partial<FastLaunchProps>, string])[] = [
    [
      'five parallel launches',
      { maxParallelLaunches: 5 },
      '`maxParallelLaunches` integer-range: 5',
    ],
    [
      'half a parallel launch',
      { maxParallelLaunches: 6.5 },
      '`maxParallelLaunches` integer-range: 6.5',
    ],
    ['no snapshot', { targetResourceCount: 0 }, '`targetResourceCount` integer-range: 0'],
    [
      '10,001 snapshots',
      { targetResourceCount: 10_001 },
      '`targetResourceCount` integer-range: 10001',
    ],
    [
      'a time that only Terraform knows',
      { timeoutMinutes: Token.asNumber({ resolve: () => 1 }) },
      '`timeoutMinutes` known: "a reference"',
    ],
    ['no time at all', { timeoutMinutes: 0 }, '`timeoutMinutes` integer-range: 0'],
    ['more than a day', { timeoutMinutes: 1441 }, '`timeoutMinutes` integer-range: 1441'],
    ['another end', { onDestroy: 'keep' as 'leave' }, '`onDestroy` one-of: "keep"'],
    [
      'a profile with a blank',
      { credentials: { profile: 'a b' } },
      '`credentials.profile` aws-profile: "a b"',
    ],
    [
      'an AMI id with upper case',
      { amiId: 'ami-0123456789ABCDEF0' },
      '`amiId` ami-id: "ami-0123456789ABCDEF0"',
    ],
    [
      'an availability zone for a Region',
      { region: 'eu-west-1a' },
      '`region` region: "eu-west-1a"',
    ],
  ];

  it.each(refused)('do not allow %s', (_, props, problem) => {
    expect(refusedBy(() => synth(props))).toEqual([problem]);
  });

  it.each<Partial<FastLaunchProps>>([
    { maxParallelLaunches: 6 },
    { targetResourceCount: 1 },
    { targetResourceCount: 10_000 },
    { timeoutMinutes: 1 },
    { timeoutMinutes: 1440 },
    { amiId: 'ami-12345678' },
    { region: 'us-gov-west-1' },
  ])('allow the limit in %j', (props) => {
    expect(synth(props).counts()).toEqual({ aws_launch_template: 1, terraform_data: 3 });
  });

  it('are all checked before anything is said', () => {
    expect(refusedBy(() => synth({ amiId: '', region: 'x', targetResourceCount: -1 }))).toEqual([
      '`amiId` ami-id: ""',
      '`region` region: "x"',
      '`targetResourceCount` integer-range: -1',
    ]);
  });

  it('report the launch template under its own path', () => {
    const { constructPath, problems } = refusalOf(() => synth({ subnetId: 'subnet-1' }));
    expect(constructPath).toBe('test/FastLaunch/Template');
    expect(problems.map(outline)).toEqual(['`subnetId` subnet-id: "subnet-1"']);
  });

  it('may be values that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' });
      const count = new TerraformVariable(stack, 'count_', { type: 'number' });
      new FastLaunch(stack, 'FastLaunch', {
        ...SMALLEST,
        amiId: text.stringValue,
        region: text.stringValue,
        targetResourceCount: count.numberValue,
        maxParallelLaunches: count.numberValue,
      });
    });
    expect(commandAt(template, ENABLE).environment).toEqual({
      AWS_REGION: '${var.text}',
      AWS_DEFAULT_REGION: '${var.text}',
      AMI_ID: '${var.text}',
      LAUNCH_TEMPLATE_ID: `\${${TEMPLATE}.id}`,
      LAUNCH_TEMPLATE_VERSION: `\${${TEMPLATE}.latest_version}`,
      TARGET_RESOURCE_COUNT: '${var.count_}',
      MAX_PARALLEL_LAUNCHES: '${var.count_}',
      TIMEOUT_SECONDS: '3600',
      WAIT_FOR_ENABLED: 'true',
      TAKE_OVER: 'false',
      EXPECTED_ACCOUNT_ID: ACCOUNT,
    });
    expect(commandAt(template, SWEEP).environment['KEEP_AMI_ID']).toBe('${var.text}');
  });
});

describe('the scripts in the synthesized JSON', () => {
  it('hold nothing that Terraform would replace', () => {
    const template = synth();
    const commands = [OWNER, ENABLE, SWEEP].map((at) => commandAt(template, at).command);
    for (const command of commands) expect(command).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    expect(commands.join('')).toContain('$${');
  });
});

describe('the limits of Fast Launch', () => {
  it('are those of the EC2 and Image Builder APIs', () => {
    expect({ MIN_PARALLEL_LAUNCHES, MAX_TARGET_RESOURCE_COUNT }).toEqual({
      MIN_PARALLEL_LAUNCHES: 6,
      MAX_TARGET_RESOURCE_COUNT: 10_000,
    });
    expect(DEFAULT_TARGET_RESOURCE_COUNT).toBe(5);
  });
});
