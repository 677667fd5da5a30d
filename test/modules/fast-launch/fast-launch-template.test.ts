import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { FastLaunchTemplate, type FastLaunchTemplateProps } from '../../../modules/fast-launch';
import { refusedBy } from '../../support/problem';
import { type Block, Template } from '../../support/template';

const synth = (props: Partial<FastLaunchTemplateProps> = {}): Template =>
  Template.of((stack) => {
    new FastLaunchTemplate(stack, 'Template', { name: 'fast-launch', ...props });
  });

const launchTemplate = (props: Partial<FastLaunchTemplateProps> = {}): Block =>
  synth(props).resource('aws_launch_template');

const COMMON = {
  name: 'fast-launch',
  description: 'EC2 Fast Launch prepares snapshots with it; not for instances',
  metadata_options: {
    http_endpoint: 'enabled',
    http_tokens: 'required',
    http_put_response_hop_limit: 1,
  },
};

const EVERYTHING = {
  subnetId: 'subnet-0123456789abcdef0',
  securityGroupIds: ['sg-12345678', 'sg-0123456789abcdef0'],
  instanceType: 'm7i.large',
  tags: { Team: 'windows' },
};

describe('FastLaunchTemplate', () => {
  it('is a launch template with the type that AWS suggests, and IMDSv2', () => {
    expect(synth().addresses()).toEqual(['aws_launch_template.Template_576A9730']);
    expect(launchTemplate()).toEqual({ ...COMMON, instance_type: 't3.xlarge', tags: {} });
  });

  it('takes a subnet, security groups, a type and tags of its own', () => {
    expect(launchTemplate(EVERYTHING)).toEqual({
      ...COMMON,
      instance_type: 'm7i.large',
      network_interfaces: [
        {
          device_index: 0,
          subnet_id: 'subnet-0123456789abcdef0',
          security_groups: ['sg-12345678', 'sg-0123456789abcdef0'],
        },
      ],
      tag_specifications: [
        { resource_type: 'instance', tags: { Team: 'windows' } },
        { resource_type: 'volume', tags: { Team: 'windows' } },
      ],
      tags: { Team: 'windows' },
    });
  });

  it('leaves the subnet to AWS when only security groups are given, and the reverse', () => {
    expect(launchTemplate({ securityGroupIds: ['sg-12345678'] })['network_interfaces']).toEqual([
      { device_index: 0, security_groups: ['sg-12345678'] },
    ]);
    expect(launchTemplate({ subnetId: 'subnet-12345678' })['network_interfaces']).toEqual([
      { device_index: 0, subnet_id: 'subnet-12345678' },
    ]);
  });

  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-configure.html
  it.each([
    'user_data',
    'instance_market_options',
    'disable_api_termination',
    'instance_initiated_shutdown_behavior',
    'image_id',
  ])('has no %s, which Fast Launch refuses or ignores', (attribute) => {
    expect(Object.keys(launchTemplate(EVERYTHING))).not.toContain(attribute);
  });

  it('does not change what it was given', () => {
    const securityGroupIds = Object.freeze(['sg-12345678']);
    const tags = Object.freeze({ Team: 'windows' });
    expect(launchTemplate({ securityGroupIds, tags })['tags']).toEqual({ Team: 'windows' });
  });

  it('has its version as a number that only Terraform knows, never $Latest', () => {
    const template = Template.of((stack) => {
      const { id, version } = new FastLaunchTemplate(stack, 'Template', { name: 'fast-launch' });
      new TerraformOutput(stack, 'Out', { value: { id, version } });
    });
    expect(template.part('output')['Out']).toEqual({
      value: {
        id: '${aws_launch_template.Template_576A9730.id}',
        version: '${aws_launch_template.Template_576A9730.latest_version}',
      },
    });
  });
});

describe('the inputs of FastLaunchTemplate', () => {
  const refused: readonly (readonly [Partial<FastLaunchTemplateProps>, string])[] = [
    [{ name: 'ab' }, `\`name\` launch-template-name: "ab"`],
    [{ name: 'a b c' }, `\`name\` launch-template-name: "a b c"`],
    [{ name: 'n'.repeat(126) }, `\`name\` launch-template-name: "${'n'.repeat(116)}...`],
    [{ subnetId: 'subnet-123456789' }, '`subnetId` subnet-id: "subnet-123456789"'],
    [{ securityGroupIds: ['sg-12345678', 'vpc-1'] }, '`securityGroupIds[1]` sg-id: "vpc-1"'],
    [
      { securityGroupIds: ['sg-12345678', 'sg-12345678'] },
      '`securityGroupIds[1]` unique: "sg-12345678"',
    ],
    [{ instanceType: 'xlarge' }, '`instanceType` instance-type: "xlarge"'],
    [{ instanceType: 't4g.xlarge' }, '`instanceType` graviton-type: "t4g.xlarge"'],
  ];

  it.each(refused)('do not allow %j', (props, problem) => {
    expect(refusedBy(() => synth(props))).toEqual([problem]);
  });

  it.each(['abc', 'A.b/c_(1)-2', 'n'.repeat(125)])('allow the name %s', (name) => {
    expect(launchTemplate({ name })['name']).toBe(name);
  });

  it('may be values that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const { listValue } = new TerraformVariable(stack, 'list', { type: 'list(string)' });
      new FastLaunchTemplate(stack, 'Template', {
        name: text,
        subnetId: text,
        securityGroupIds: listValue,
        instanceType: text,
      });
    });
    expect(template.resource('aws_launch_template')).toEqual({
      ...COMMON,
      name: '${var.text}',
      instance_type: '${var.text}',
      network_interfaces: [
        { device_index: 0, subnet_id: '${var.text}', security_groups: '${var.list}' },
      ],
      tags: {},
    });
  });
});
