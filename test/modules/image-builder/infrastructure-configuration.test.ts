import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { ValidationError } from '../../../modules/core';
import {
  DEFAULT_BUILD_INSTANCE_TYPES,
  InfrastructureConfiguration,
  type InfrastructureConfigurationProps,
} from '../../../modules/image-builder';
import { Template } from '../../support/template';

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
  resource_tags: {},
  tags: {},
  lifecycle: { create_before_destroy: true },
};

const NETWORK = { subnetId: 'subnet-01234567', securityGroupIds: ['sg-01234567', 'sg-89abcdef'] };

describe('InfrastructureConfiguration', () => {
  it('builds in the default network on the default instance type', () => {
    const template = Template.of(infrastructureWith({}));
    expect(template.resource(TYPE)).toEqual(MINIMAL);
    expect(template.addresses()).toEqual([`${TYPE}.infrastructure_CFE272CB`]);
    expect(DEFAULT_BUILD_INSTANCE_TYPES).toEqual(['m7i.xlarge']);
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

  it.each<
    [string, Partial<InfrastructureConfigurationProps>, readonly (string | number)[], string]
  >([
    [
      'a bad name',
      { name: '-x-' },
      ['name'],
      'must be 3 to 127 letters, digits, - and _ that begin and end with a letter or digit, ' +
        'got: "-x-"',
    ],
    [
      'no instance type',
      { instanceTypes: [] },
      ['instanceTypes'],
      'must have at least 1 item, got: 0',
    ],
    [
      'an instance type twice',
      { instanceTypes: ['m7i.large', 'm7i.large'] },
      ['instanceTypes', 1],
      'must be named once, got: "m7i.large"; remove the repetition',
    ],
    [
      'a Graviton',
      { instanceTypes: ['m7i.large', 'm7g.large'] },
      ['instanceTypes', 1],
      'must be an x86-64 instance type, because there is no Windows Server on Graviton, ' +
        'got: "m7g.large"; choose the Intel or AMD sibling, such as m7i or m7a for m7g',
    ],
    [
      'a bad subnet',
      { network: { ...NETWORK, subnetId: 'vpc-01234567' } },
      ['network', 'subnetId'],
      'must be a subnet id (subnet- and 8 or 17 hex digits), got: "vpc-01234567"',
    ],
    [
      'no security group',
      { network: { ...NETWORK, securityGroupIds: [] } },
      ['network', 'securityGroupIds'],
      'must have at least 1 item, got: 0',
    ],
    [
      'a security group twice',
      { network: { ...NETWORK, securityGroupIds: ['sg-01234567', 'sg-01234567'] } },
      ['network', 'securityGroupIds', 1],
      'must be named once, got: "sg-01234567"; remove the repetition',
    ],
    [
      'a bad security group',
      { network: { ...NETWORK, securityGroupIds: ['default'] } },
      ['network', 'securityGroupIds', 0],
      'must be a security group id (sg- and 8 or 17 hex digits), got: "default"',
    ],
  ])('refuses %s', (_, props, path, message) => {
    expect(() => Template.of(infrastructureWith(props))).toThrow(
      new ValidationError('InfrastructureConfiguration', 'test/infrastructure', [
        { path, message },
      ]),
    );
  });
});
