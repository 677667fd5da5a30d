import { describe, expect, it } from '@jest/globals';
import { Fn, TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { formatProblem, ValidationError } from '../../../modules/core';
import {
  checkParameterName,
  DistributionConfiguration,
  type DistributionConfigurationProps,
} from '../../../modules/image-builder';
import { Template } from '../../support/template';

const TYPE = 'aws_imagebuilder_distribution_configuration';

const PROPS: DistributionConfigurationProps = {
  name: 'windows',
  region: 'us-east-1',
  amiParameterName: '/windows/ami-id',
};

const distributionWith =
  (props: Partial<DistributionConfigurationProps>) => (stack: TerraformStack) =>
    new DistributionConfiguration(stack, 'distribution', { ...PROPS, ...props });

/** The resource as it is without tags. */
const resourceOf = (props: DistributionConfigurationProps) => ({
  name: props.name,
  distribution: [
    {
      region: props.region,
      ami_distribution_configuration: {
        name: `${props.name}-{{ imagebuilder:buildDate }}`,
        ami_tags: {},
      },
      ssm_parameter_configuration: [
        { parameter_name: props.amiParameterName, data_type: 'aws:ec2:image' },
      ],
    },
  ],
  tags: {},
  lifecycle: { create_before_destroy: true },
});

describe('DistributionConfiguration', () => {
  it('names AMIs by build date and writes their id to the parameter', () => {
    const template = Template.of(distributionWith({}));
    expect(template.resource(TYPE)).toEqual(resourceOf(PROPS));
    expect(template.addresses()).toEqual([`${TYPE}.distribution_114A0A2A`]);
  });

  it('tags itself and the AMIs apart', () => {
    const template = Template.of(distributionWith({ tags: { a: '1' }, amiTags: { b: '2' } }));
    const plain = resourceOf(PROPS);
    expect(template.resource(TYPE)).toEqual({
      ...plain,
      tags: { a: '1' },
      distribution: plain.distribution.map((one) => ({
        ...one,
        ami_distribution_configuration: {
          ...one.ami_distribution_configuration,
          ami_tags: { b: '2' },
        },
      })),
    });
  });

  it('hands out its ARN and its resource', () => {
    const template = Template.of((stack) => {
      const { arn, resource } = distributionWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, resource.name] });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [`\${${TYPE}.distribution_114A0A2A.arn}`, `\${${TYPE}.distribution_114A0A2A.name}`],
      },
    });
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      const props = { name: stringValue, region: stringValue, amiParameterName: stringValue };
      distributionWith(props)(stack);
    });
    const unknown = '${var.v}';
    expect(template.resource(TYPE)).toEqual(
      resourceOf({ name: unknown, region: unknown, amiParameterName: unknown }),
    );
  });

  it('lists every wrong input at once', () => {
    const props = { name: 'a b', region: 'mars', amiParameterName: 'ami' };
    expect(() => Template.of(distributionWith(props))).toThrow(
      new ValidationError('DistributionConfiguration', 'test/distribution', [
        {
          path: ['name'],
          message:
            'must be 3 to 127 letters, digits, - and _ that begin and end with a letter or ' +
            'digit, got: "a b"',
        },
        {
          path: ['region'],
          message: 'must be an AWS Region code such as us-east-1, got: "mars"',
        },
        {
          path: ['amiParameterName'],
          message:
            'must be an SSM parameter name of two parts or more, such as /windows/ami-id, outside /aws and /ssm, ' +
            'got: "ami"',
        },
      ]),
    );
  });
});

describe('the name of a distribution configuration', () => {
  it('leaves room for the build date in the names of the AMIs', () => {
    const name = 'x'.repeat(98);
    expect(() => Template.of(distributionWith({ name }))).not.toThrow('must');
    expect(() => Template.of(distributionWith({ name: `${name}x` }))).toThrow(
      new ValidationError('DistributionConfiguration', 'test/distribution', [
        {
          path: ['name'],
          message: `must be at most 98 characters, because AMI names begin with it, got: "${name}x"`,
        },
      ]),
    );
  });
});

describe('checkParameterName', () => {
  it('takes 1,011 characters and no more', () => {
    const name = `/windows/${'x'.repeat(1002)}`;
    expect(checkParameterName(['name'], name)).toEqual([]);
    expect(checkParameterName(['name'], `${name}x`)).toHaveLength(1);
  });

  it.each([
    '/a/b',
    '/windows/ami-id',
    '/A_b.c-1/2',
    `/1${'/x'.repeat(14)}`,
    '/team/aws/ami',
    '/team/ssm',
    Fn.upper('a'),
  ])('takes %s', (name) => {
    expect(checkParameterName(['name'], name)).toEqual([]);
  });

  it.each([
    '',
    '/',
    'windows/ami-id',
    '/windows/',
    '/windows//ami',
    '/windows/ami id',
    '/windows/ämi',
    '/windows/ami\n',
    `/1${'/x'.repeat(15)}`,
    '/aws/ami',
    '/AWS/ami',
    '/ssm/ami',
    '/Ssm/ami',
    '/aws/service/ami-windows-latest/x',
  ])('refuses %j', (name) => {
    expect(checkParameterName(['name'], name).map(formatProblem)).toEqual([
      '`name` must be an SSM parameter name of two parts or more, such as /windows/ami-id, outside /aws and /ssm, ' +
        `got: ${JSON.stringify(name)}`,
    ]);
  });
});
