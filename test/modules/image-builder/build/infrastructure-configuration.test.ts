import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  InfrastructureConfiguration,
  type InfrastructureConfigurationProps,
} from '../../../../modules/image-builder';
import { INFRASTRUCTURE_SETTINGS } from '../../../../modules/image-builder/build/infrastructure-configuration';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_imagebuilder_infrastructure_configuration';

const infrastructureWith =
  (props: Partial<InfrastructureConfigurationProps>) => (stack: TerraformStack) =>
    new InfrastructureConfiguration(stack, 'infrastructure', {
      name: 'windows',
      instanceProfileName: 'windows-build',
      ...props,
    });

const MINIMAL = {
  name: 'windows',
  instance_profile_name: 'windows-build',
  instance_types: ['m7i.xlarge'],
  instance_metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
  terminate_instance_on_failure: true,
  lifecycle: { create_before_destroy: true },
};

const NETWORK = { subnetId: 'subnet-01234567', securityGroupIds: ['sg-01234567', 'sg-89abcdef'] };

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd';

const HOST_GROUP = 'arn:aws:resource-groups:us-east-1:111122223333:group/hosts';

const numberedTags = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x']));

describe('InfrastructureConfiguration', () => {
  it('builds in the default network on the default instance type', () => {
    const template = Template.of(infrastructureWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([`${TYPE}.infrastructure_CFE272CB`]);
    expect(INFRASTRUCTURE_SETTINGS.instanceTypes.default).toEqual(['m7i.xlarge']);
  });

  it('takes instance types, a network and tags', () => {
    const tags = { team: 'windows' };
    const instanceTypes = ['m7i.2xlarge', 'm7a.2xlarge'];
    const template = Template.of(infrastructureWith({ instanceTypes, network: NETWORK, tags }));
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      instance_types: instanceTypes,
      subnet_id: 'subnet-01234567',
      security_group_ids: ['sg-01234567', 'sg-89abcdef'],
      resource_tags: tags,
      tags,
    });
  });

  it('takes every other option', () => {
    const template = Template.of(
      infrastructureWith({
        keyName: 'Build keys',
        placement: {
          availabilityZone: 'us-east-1a',
          tenancy: 'host',
          hostId: 'h-0123456789abcdef0',
        },
        httpPutResponseHopLimit: 2,
        snsTopicArn: 'arn:aws:sns:us-east-1:111122223333:images',
        logs: { bucket: 'build-logs', keyPrefix: 'windows/', kmsKeyArn: KEY },
        terminateOnFailure: false,
        tags: { team: 'windows' },
      }),
    );
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      key_pair: 'Build keys',
      placement: {
        availability_zone: 'us-east-1a',
        tenancy: 'host',
        host_id: 'h-0123456789abcdef0',
      },
      instance_metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 2 },
      sns_topic_arn: 'arn:aws:sns:us-east-1:111122223333:images',
      logging: { s3_logs: { s3_bucket_name: 'build-logs', s3_key_prefix: 'windows/' } },
      terminate_instance_on_failure: false,
      resource_tags: { team: 'windows' },
      tags: { team: 'windows' },
    });
  });

  it('leaves out the folder of the logs when there is none', () => {
    const logs = { bucket: 'build-logs' };
    expect(Template.of(infrastructureWith({ logs })).resource(TYPE)).toEqual({
      ...MINIMAL,
      logging: { s3_logs: { s3_bucket_name: 'build-logs' } },
    });
  });

  it('makes a security group for a subnet without one, and waits for its rules', () => {
    const network = { subnetId: 'subnet-01234567' };
    const template = Template.of(infrastructureWith({ network, tags: { team: 'windows' } }));
    expect(template.addresses().map((address) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
      `${TYPE}.infrastructure`,
      'aws_security_group.infrastructure_SecurityGroup',
      'aws_vpc_security_group_egress_rule.infrastructure_SecurityGroup_Ipv4',
      'aws_vpc_security_group_egress_rule.infrastructure_SecurityGroup_Ipv6',
      'data.aws_subnet.infrastructure_SecurityGroup_Subnet',
    ]);
    const rules = Object.keys(template.resources('aws_vpc_security_group_egress_rule'));
    const [group] = Object.keys(template.resources('aws_security_group'));
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      subnet_id: 'subnet-01234567',
      security_group_ids: [`\${aws_security_group.${group}.id}`],
      depends_on: rules.map((rule) => `aws_vpc_security_group_egress_rule.${rule}`),
      resource_tags: { team: 'windows' },
      tags: { team: 'windows' },
    });
    expect(template.resource('aws_security_group')['tags']).toEqual({ team: 'windows' });
  });

  it('makes no security group for a network that has one', () => {
    const template = Template.of((stack) => {
      expect(infrastructureWith({ network: NETWORK })(stack).securityGroup).toBe(undefined);
    });
    expect(template.counts()).toEqual({ [TYPE]: 1 });
  });

  it('hands out its ARN and its resource', () => {
    const template = Template.of((stack) => {
      const { arn, resource } = infrastructureWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, resource.name] });
    });
    const address = `${TYPE}.infrastructure_CFE272CB`;
    expect(template.part('output')).toEqual({
      out: { value: [`\${${address}.arn}`, `\${${address}.name}`] },
    });
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
      infrastructureWith({
        name: text,
        instanceProfileName: text,
        instanceTypes: list,
        network: { subnetId: text, securityGroupIds: list },
      })(stack);
    });
    expect(template.resource(TYPE)).toEqual({
      ...MINIMAL,
      name: '${var.text}',
      instance_profile_name: '${var.text}',
      instance_types: '${var.list}',
      subnet_id: '${var.text}',
      security_group_ids: '${var.list}',
    });
  });

  it.each<[string, Partial<InfrastructureConfigurationProps>, string]>([
    ['a bad name', { name: '-x-' }, '`name` resource-name: "-x-"'],
    ['no instance type', { instanceTypes: [] }, '`instanceTypes` list-length: 0'],
    [
      'an instance type twice',
      { instanceTypes: ['m7i.large', 'm7i.large'] },
      '`instanceTypes[1]` unique: "m7i.large"',
    ],
    [
      'a Graviton',
      { instanceTypes: ['m7i.large', 'm7g.large'] },
      '`instanceTypes[1]` graviton-type: "m7g.large"',
    ],
    [
      'a bad subnet',
      { network: { ...NETWORK, subnetId: 'vpc-01234567' } },
      '`network.subnetId` subnet-id: "vpc-01234567"',
    ],
    [
      'no security group',
      { network: { ...NETWORK, securityGroupIds: [] } },
      '`network.securityGroupIds` list-length: 0',
    ],
    [
      'a security group twice',
      { network: { ...NETWORK, securityGroupIds: ['sg-01234567', 'sg-01234567'] } },
      '`network.securityGroupIds[1]` unique: "sg-01234567"',
    ],
    [
      'a bad security group',
      { network: { ...NETWORK, securityGroupIds: ['default'] } },
      '`network.securityGroupIds[0]` sg-id: "default"',
    ],
    ['a key pair with a blank at its end', { keyName: 'key ' }, '`keyName` key-pair-name: "key "'],
    [
      'a zone that is a Region',
      { placement: { availabilityZone: 'us-east-1' } },
      '`placement.availabilityZone` availability-zone: "us-east-1"',
    ],
    [
      'an unknown tenancy',
      { placement: { tenancy: 'shared' as 'default' } },
      '`placement.tenancy` one-of: "shared"',
    ],
    [
      'a bad host',
      { placement: { tenancy: 'host', hostId: 'host-1' } },
      '`placement.hostId` h-id: "host-1"',
    ],
    [
      'a host without tenancy',
      { placement: { hostId: 'h-01234567' } },
      '`placement.tenancy` tenancy-of-host: nothing',
    ],
    [
      'a host group on dedicated hardware',
      { placement: { tenancy: 'dedicated', hostResourceGroupArn: HOST_GROUP } },
      '`placement.tenancy` one-of: "dedicated"',
    ],
    [
      'a host beside a host group',
      {
        placement: {
          tenancy: 'host',
          hostId: 'h-01234567',
          hostResourceGroupArn: HOST_GROUP,
        },
      },
      `\`placement.hostResourceGroupArn\` host-or-host-group: "${HOST_GROUP}"`,
    ],
    ['no hop at all', { httpPutResponseHopLimit: 0 }, '`httpPutResponseHopLimit` integer-range: 0'],
    [
      'too many hops',
      { httpPutResponseHopLimit: 65 },
      '`httpPutResponseHopLimit` integer-range: 65',
    ],
    [
      'a FIFO topic',
      { snsTopicArn: 'arn:aws:sns:us-east-1:111122223333:images.fifo' },
      '`snsTopicArn` sns-topic-arn: "arn:aws:sns:us-east-1:111122223333:images.fifo"',
    ],
    ['a bad bucket', { logs: { bucket: 's3://logs' } }, '`logs.bucket` bucket-name: "s3://logs"'],
    [
      'an empty folder',
      { logs: { bucket: 'build-logs', keyPrefix: '' } },
      '`logs.keyPrefix` log-prefix: ""',
    ],
    [
      'a key by its alias',
      { logs: { bucket: 'build-logs', kmsKeyArn: 'alias/logs' } },
      '`logs.kmsKeyArn` kms-key-arn: "alias/logs"',
    ],
    ['too many tags on instances', { tags: numberedTags('t', 31) }, '`tags` resource-tags: 31'],
  ])('refuses %s', (_, props, expected) => {
    expect(refusedBy(() => Template.of(infrastructureWith(props)))).toEqual([expected]);
  });
});
