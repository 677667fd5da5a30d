import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  DistributionConfiguration,
  type DistributionConfigurationProps,
} from '../../../../modules/image-builder';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_imagebuilder_distribution_configuration';

const PROPS: DistributionConfigurationProps = {
  name: 'windows',
  targets: [{ region: 'us-east-1', amiParameters: [{ name: '/windows/ami-id' }] }],
};

const distributionWith =
  (props: Partial<DistributionConfigurationProps>) => (stack: TerraformStack) =>
    new DistributionConfiguration(stack, 'distribution', { ...PROPS, ...props });

const resourceWith = (props: Partial<DistributionConfigurationProps>) =>
  Template.of(distributionWith(props)).resource(TYPE);

/** The resource as it is without anything that is not needed. */
const PLAIN = {
  name: 'windows',
  distribution: [
    {
      region: 'us-east-1',
      ami_distribution_configuration: { name: 'windows-{{ imagebuilder:buildDate }}' },
      ssm_parameter_configuration: [
        { parameter_name: '/windows/ami-id', data_type: 'aws:ec2:image' },
      ],
    },
  ],
  lifecycle: { create_before_destroy: true },
};

describe('DistributionConfiguration', () => {
  it('names AMIs by build date and writes their id to the parameter', () => {
    const template = Template.of(distributionWith({}));
    expect(template.resource(TYPE)).toEqual(PLAIN);
    expect(template.addresses()).toEqual([`${TYPE}.distribution_114A0A2A`]);
  });

  it('tags itself, and describes the AMIs', () => {
    const props = { tags: { a: '1' }, amiDescription: 'for nodes' };
    expect(resourceWith(props)).toEqual({
      ...PLAIN,
      tags: { a: '1' },
      distribution: [
        {
          ...PLAIN.distribution[0],
          ami_distribution_configuration: {
            name: 'windows-{{ imagebuilder:buildDate }}',
            description: 'for nodes',
          },
        },
      ],
    });
  });

  it('leaves out empty tags', () => {
    expect(resourceWith({ tags: {} })).toEqual(PLAIN);
  });

  it('names the AMIs of all Regions by one pattern', () => {
    const amiName = 'Web {{ imagebuilder:buildDate }}';
    const targets = [{ region: 'us-east-1' }, { region: 'eu-west-1' }];
    expect(resourceWith({ amiName, targets })['distribution']).toEqual([
      { region: 'us-east-1', ami_distribution_configuration: { name: amiName } },
      { region: 'eu-west-1', ami_distribution_configuration: { name: amiName } },
    ]);
  });

  it('looks its own account up once when Fast Launch needs it', () => {
    const template = Template.of(
      distributionWith({
        targets: [
          { region: 'us-east-1', fastLaunch: [{}] },
          { region: 'eu-west-1', fastLaunch: [{}] },
        ],
      }),
    );
    expect(template.data('aws_caller_identity')).toEqual({});
    const settings = {
      account_id: '${data.aws_caller_identity.distribution_Caller_71733A7C.account_id}',
      enabled: true,
      max_parallel_launches: 6,
      snapshot_configuration: { target_resource_count: 5 },
    };
    const name = 'windows-{{ imagebuilder:buildDate }}';
    expect(template.resource(TYPE)['distribution']).toEqual(
      ['us-east-1', 'eu-west-1'].map((region) => ({
        region,
        ami_distribution_configuration: { name },
        fast_launch_configuration: [settings],
      })),
    );
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
      const { stringValue, listValue } = new TerraformVariable(stack, 'v', { type: 'any' });
      distributionWith({
        name: stringValue,
        amiDescription: stringValue,
        targets: [
          {
            region: stringValue,
            accountIds: listValue,
            kmsKeyId: stringValue,
            licenseConfigurationArns: listValue,
            amiParameters: [{ name: stringValue, accountId: stringValue }],
            launchTemplates: [{ id: stringValue, accountId: stringValue }],
            launchPermission: { accountIds: listValue, organizationArns: [stringValue] },
            fastLaunch: [{ accountId: stringValue }],
          },
        ],
      })(stack);
    });
    const unknown = '${var.v}';
    expect(template.resource(TYPE)['distribution']).toEqual([
      {
        region: unknown,
        ami_distribution_configuration: {
          name: `${unknown}-{{ imagebuilder:buildDate }}`,
          description: unknown,
          kms_key_id: unknown,
          target_account_ids: unknown,
          launch_permission: { user_ids: unknown, organization_arns: [unknown] },
        },
        license_configuration_arns: unknown,
        ssm_parameter_configuration: [
          { parameter_name: unknown, ami_account_id: unknown, data_type: 'aws:ec2:image' },
        ],
        launch_template_configuration: [
          { launch_template_id: unknown, account_id: unknown, default: true },
        ],
        fast_launch_configuration: [
          {
            account_id: unknown,
            enabled: true,
            max_parallel_launches: 6,
            snapshot_configuration: { target_resource_count: 5 },
          },
        ],
      },
    ]);
  });

  it('lists every wrong input at once', () => {
    const props = {
      name: 'a b',
      amiName: 'x',
      amiDescription: 'x'.repeat(1025),
      targets: [{ region: 'mars', amiParameters: [{ name: 'ami' }] }],
    };
    expect(refusedBy(() => resourceWith(props))).toEqual([
      '`name` resource-name: "a b"',
      '`amiName` ami-name-build-date: "x"',
      `\`amiDescription\` ami-description: "${'x'.repeat(116)}...`,
      '`targets[0].region` region: "mars"',
      '`targets[0].amiParameters[0].name` ami-parameter-name: "ami"',
    ]);
  });

  it('wants at least one target', () => {
    expect(refusedBy(() => resourceWith({ targets: [] }))).toEqual(['`targets` list-length: 0']);
  });
});

describe('the name of a distribution configuration', () => {
  const name = 'x'.repeat(98);

  it('leaves room for the build date in the names of the AMIs', () => {
    expect(resourceWith({ name })['name']).toBe(name);
    expect(refusedBy(() => resourceWith({ name: `${name}x` }))).toEqual([
      `\`name\` name-in-ami-name: "${name}x"`,
    ]);
  });

  it('may be longer when the AMIs have a name of their own', () => {
    const amiName = '{{ imagebuilder:buildDate }}';
    expect(resourceWith({ name: `${name}x`, amiName })['name']).toBe(`${name}x`);
  });
});
