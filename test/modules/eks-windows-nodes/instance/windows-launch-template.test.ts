import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import {
  WindowsLaunchTemplate,
  type WindowsLaunchTemplateProps,
} from '../../../../modules/eks-windows-nodes';
import { refusedBy } from '../../../support/problem';
import { type Block, Template } from '../../../support/template';
import { evaluate } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';

const SMALLEST: WindowsLaunchTemplateProps = {
  name: 'demo-windows',
  amiId: 'ami-0123456789abcdef0',
  instanceType: 'm7i.xlarge',
  instanceProfileName: 'demo-nodes',
  securityGroupIds: ['sg-12345678'],
  userData: '<powershell>\nexit\n</powershell>\n',
};

const ADDRESS = 'aws_launch_template.Nodes_66C30434';
const LOCAL = 'Nodes_UserData_B3E86FF1';

const synth = (props: Partial<WindowsLaunchTemplateProps> = {}): Template =>
  Template.of((stack) => {
    new WindowsLaunchTemplate(stack, 'Nodes', { ...SMALLEST, ...props });
  });

const launchTemplate = (props: Partial<WindowsLaunchTemplateProps> = {}): Block =>
  synth(props).resource('aws_launch_template');

/** What every template has, with the defaults. */
const COMMON = {
  name: 'demo-windows',
  image_id: 'ami-0123456789abcdef0',
  instance_type: 'm7i.xlarge',
  iam_instance_profile: { name: 'demo-nodes' },
  vpc_security_group_ids: ['sg-12345678'],
  user_data: `\${base64encode(local.${LOCAL})}`,
  update_default_version: true,
  metadata_options: {
    http_endpoint: 'enabled',
    http_tokens: 'required',
    http_put_response_hop_limit: 1,
  },
  block_device_mappings: [
    {
      device_name: '/dev/sda1',
      ebs: {
        volume_size: 100,
        volume_type: 'gp3',
        encrypted: 'true',
        delete_on_termination: 'true',
      },
    },
  ],
  tag_specifications: [
    { resource_type: 'instance', tags: { Name: 'demo-windows' } },
    { resource_type: 'volume', tags: { Name: 'demo-windows' } },
  ],
  tags: {},
  depends_on: [],
  lifecycle: { precondition: [] },
};

describe('WindowsLaunchTemplate', () => {
  it('is a launch template with IMDSv2 and an encrypted gp3 root volume of 100 GiB', () => {
    expect(synth().addresses()).toEqual([ADDRESS]);
    expect(launchTemplate()).toEqual(COMMON);
  });

  it('leaves the instance type and the profile to whoever launches, when none is given', () => {
    const { instance_type: _type, iam_instance_profile: _profile, ...rest } = COMMON;
    const none = { instanceType: undefined, instanceProfileName: undefined };
    expect(launchTemplate(none)).toEqual(rest);
  });

  it('takes another volume, several security groups and tags', () => {
    const template = launchTemplate({
      rootVolumeGiB: 250,
      securityGroupIds: ['sg-12345678', 'sg-0123456789abcdef0'],
      tags: { Team: 'windows' },
    });
    expect(template).toEqual({
      ...COMMON,
      vpc_security_group_ids: ['sg-12345678', 'sg-0123456789abcdef0'],
      block_device_mappings: [
        {
          device_name: '/dev/sda1',
          ebs: {
            volume_size: 250,
            volume_type: 'gp3',
            encrypted: 'true',
            delete_on_termination: 'true',
          },
        },
      ],
      tag_specifications: [
        { resource_type: 'instance', tags: { Name: 'demo-windows', Team: 'windows' } },
        { resource_type: 'volume', tags: { Name: 'demo-windows', Team: 'windows' } },
      ],
      tags: { Team: 'windows' },
    });
  });

  it('takes all that can be said about an instance', () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const licence =
      'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef';
    const template = launchTemplate({
      instanceType: 't3.xlarge',
      rootVolume: { iops: 4000, throughput: 500, kmsKeyId: key },
      dataVolumes: [{ deviceName: 'xvdf', sizeGiB: 200, type: 'st1' }],
      httpPutResponseHopLimit: 2,
      detailedMonitoring: true,
      tagNetworkInterfaces: true,
      keyName: 'operators',
      cpuCredits: 'standard',
      placement: { tenancy: 'dedicated', groupName: 'cluster' },
      capacityReservation: { id: 'cr-0123456789abcdef0' },
      licenseConfigurationArns: [licence],
    });
    expect(template).toEqual({
      ...COMMON,
      instance_type: 't3.xlarge',
      metadata_options: { ...COMMON.metadata_options, http_put_response_hop_limit: 2 },
      block_device_mappings: [
        {
          device_name: '/dev/sda1',
          ebs: {
            ...COMMON.block_device_mappings[0]?.ebs,
            iops: 4000,
            throughput: 500,
            kms_key_id: key,
          },
        },
        {
          device_name: 'xvdf',
          ebs: {
            volume_size: 200,
            volume_type: 'st1',
            encrypted: 'true',
            delete_on_termination: 'true',
          },
        },
      ],
      monitoring: { enabled: true },
      key_name: 'operators',
      credit_specification: { cpu_credits: 'standard' },
      placement: { tenancy: 'dedicated', group_name: 'cluster' },
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_id: 'cr-0123456789abcdef0' },
      },
      license_specification: [{ license_configuration_arn: licence }],
      tag_specifications: [
        ...COMMON.tag_specifications,
        { resource_type: 'network-interface', tags: { Name: 'demo-windows' } },
      ],
    });
  });

  it('keeps the user data readable, in a local value', () => {
    expect(synth().part('locals')).toEqual({ [LOCAL]: '<powershell>\nexit\n</powershell>\n' });
  });

  it('leaves Terraform nothing to replace in the user data', () => {
    const template = synth({ userData: '"${HOME} %{if} $$ $x 100% $(y)"' });
    expect(template.part('locals')).toEqual({ [LOCAL]: '"$${HOME} %%{if} $$ $x 100% $(y)"' });
  });

  it('waits for what has to be there before an instance boots', () => {
    const template = Template.of((stack) => {
      const first = new TerraformData(stack, 'First', { triggersReplace: {} });
      new WindowsLaunchTemplate(stack, 'Nodes', { ...SMALLEST, dependsOn: [first] });
    });
    expect(template.resource('aws_launch_template')['depends_on']).toEqual([
      'terraform_data.First',
    ]);
  });

  it('stops the plan when a condition does not hold', () => {
    const preconditions = [{ condition: '${var.a == var.b}', errorMessage: 'a is not b.' }];
    expect(launchTemplate({ preconditions })['lifecycle']).toEqual({
      precondition: [{ condition: '${var.a == var.b}', error_message: 'a is not b.' }],
    });
  });

  it('gives its id and the number of its version, never $Latest', () => {
    const template = Template.of((stack) => {
      const { id, latestVersion } = new WindowsLaunchTemplate(stack, 'Nodes', SMALLEST);
      new TerraformOutput(stack, 'Out', { value: { id, latestVersion } });
    });
    expect(template.part('output')['Out']).toEqual({
      value: { id: `\${${ADDRESS}.id}`, latestVersion: `\${${ADDRESS}.latest_version}` },
    });
  });

  it('stays apart from a second one in the same stack', () => {
    const template = Template.of((stack) => {
      new WindowsLaunchTemplate(stack, 'Blue', SMALLEST);
      new WindowsLaunchTemplate(stack, 'Green', { ...SMALLEST, userData: 'green' });
    });
    expect(template.counts()).toEqual({ aws_launch_template: 2 });
    expect(Object.values(template.part('locals')).sort()).toEqual([
      '<powershell>\nexit\n</powershell>\n',
      'green',
    ]);
  });
});

describe('the inputs of WindowsLaunchTemplate', () => {
  it.each<readonly [string, Partial<WindowsLaunchTemplateProps>, string]>([
    ['a short name', { name: 'ab' }, '`name` launch-template-name: "ab"'],
    ['a name with a blank', { name: 'a b c' }, '`name` launch-template-name: "a b c"'],
    ['an AMI id that is none', { amiId: 'ami-0123456789' }, '`amiId` ami-id: "ami-0123456789"'],
    [
      'a Graviton type',
      { instanceType: 'm7g.xlarge' },
      '`instanceType` graviton-type: "m7g.xlarge"',
    ],
    [
      'a type that EKS does not support',
      { instanceType: 'c4.large' },
      '`instanceType` eks-windows-type: "c4.large"',
    ],
    [
      'CPU credits of a type without',
      { cpuCredits: 'unlimited' },
      '`cpuCredits` cpu-credits: "unlimited"',
    ],
    [
      'more hops than to the pods',
      { httpPutResponseHopLimit: 3 },
      '`httpPutResponseHopLimit` integer-range: 3',
    ],
    [
      'a security group id that is none',
      { securityGroupIds: ['default'] },
      '`securityGroupIds[0]` sg-id: "default"',
    ],
    [
      'a security group twice',
      { securityGroupIds: ['sg-12345678', 'sg-12345678'] },
      '`securityGroupIds[1]` unique: "sg-12345678"',
    ],
    ["a volume smaller than the AMI's", { rootVolumeGiB: 49 }, '`rootVolumeGiB` integer-range: 49'],
    [
      'a volume larger than Image Builder makes',
      { rootVolumeGiB: 16_001 },
      '`rootVolumeGiB` integer-range: 16001',
    ],
    ['half a GiB', { rootVolumeGiB: 99.5 }, '`rootVolumeGiB` integer-range: 99.5'],
    [
      'user data that EC2 does not take',
      { userData: 'x'.repeat(16_385) },
      '`userData` user-data-length: 16385',
    ],
  ])('do not allow %s', (_, props, problem) => {
    expect(refusedBy(() => synth(props))).toEqual([problem]);
  });

  it.each<Partial<WindowsLaunchTemplateProps>>([
    { name: 'abc' },
    { name: 'A.b/c_(1)-2' },
    { amiId: 'ami-12345678' },
    { instanceType: 'u-6tb1.metal' },
    { rootVolumeGiB: 50 },
    { rootVolumeGiB: 16_000 },
  ])('allow %j', (props) => {
    expect(synth(props).counts()).toEqual({ aws_launch_template: 1 });
  });

  it('may be values that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const { numberValue } = new TerraformVariable(stack, 'number', { type: 'number' });
      const { listValue } = new TerraformVariable(stack, 'list', { type: 'list(string)' });
      new WindowsLaunchTemplate(stack, 'Nodes', {
        name: text,
        amiId: text,
        instanceType: text,
        instanceProfileName: text,
        securityGroupIds: listValue,
        userData: `first ${text}`,
        rootVolumeGiB: numberValue,
      });
    });
    expect(template.resource('aws_launch_template')).toMatchObject({
      name: '${var.text}',
      image_id: '${var.text}',
      instance_type: '${var.text}',
      iam_instance_profile: { name: '${var.text}' },
      vpc_security_group_ids: '${var.list}',
      block_device_mappings: [{ ebs: { volume_size: '${var.number}' } }],
    });
    expect(template.part('locals')).toEqual({ [LOCAL]: 'first ${var.text}' });
  });
});

describeWith(['terraform'], 'the user data that Terraform hands to EC2', () => {
  it('is the text that was given, in base64', () => {
    const userData = '"${HOME} %{if} $$ $x 100% $(y) \\ ’"\n';
    const encoded = evaluate(`base64encode(local.${LOCAL})`, {
      locals: synth({ userData }).part('locals'),
    });
    expect(Buffer.from(String(encoded), 'base64').toString('utf8')).toBe(userData);
  });
});
