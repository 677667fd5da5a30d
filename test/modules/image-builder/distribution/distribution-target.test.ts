import { describe, expect, it } from '@jest/globals';
import {
  DistributionConfiguration,
  type DistributionTarget,
} from '../../../../modules/image-builder';
import { EVERYONE } from '../../../../modules/image-builder/distribution/launch-permission';
import { Template } from '../../../support/template';

const A = '111122223333';
const B = '444455556666';
const KEY = `arn:aws:kms:us-east-1:${A}:key/mrk-0123456789abcdef`;
const ORGANIZATION = `arn:aws:organizations::${A}:organization/o-0123456789`;
const UNIT = `arn:aws:organizations::${A}:ou/o-0123456789/ou-abcd-01234567`;
const LICENCE = `arn:aws:license-manager:us-east-1:${A}:license-configuration:lic-${'0'.repeat(32)}`;
const TEMPLATE = 'lt-0123456789abcdef0';

/** The Terraform JSON of one target. */
function distributionOf(target: Omit<DistributionTarget, 'region'>): unknown {
  const targets = [{ region: 'us-east-1', ...target }];
  const template = Template.of(
    (stack) => new DistributionConfiguration(stack, 'd', { name: 'windows', targets }),
  );
  const resource = template.resource('aws_imagebuilder_distribution_configuration');
  return (resource['distribution'] as unknown[])[0];
}

const AMI = { name: 'windows-{{ imagebuilder:buildDate }}' };

const PLAIN = { region: 'us-east-1', ami_distribution_configuration: AMI };

describe('a distribution target', () => {
  it('is a Region and a name when nothing else is asked for', () => {
    expect(distributionOf({})).toEqual(PLAIN);
  });

  it('is the same with empty lists and maps, which Image Builder refuses', () => {
    const target = {
      accountIds: [],
      amiTags: {},
      launchPermission: { accountIds: [], organizationArns: [], organizationalUnitArns: [] },
      licenseConfigurationArns: [],
      amiParameters: [],
      launchTemplates: [],
      fastLaunch: [],
    };
    expect(distributionOf(target)).toEqual(PLAIN);
  });

  it('copies AMIs to accounts, with a key that they can use', () => {
    expect(distributionOf({ accountIds: [A, B], kmsKeyId: KEY })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: { ...AMI, target_account_ids: [A, B], kms_key_id: KEY },
    });
  });

  it('tags AMIs', () => {
    expect(distributionOf({ amiTags: { team: 'web' } })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: { ...AMI, ami_tags: { team: 'web' } },
    });
  });

  it('lets others launch them', () => {
    const launchPermission = {
      accountIds: [A],
      organizationArns: [ORGANIZATION],
      organizationalUnitArns: [UNIT],
    };
    expect(distributionOf({ launchPermission })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: {
        ...AMI,
        launch_permission: {
          user_ids: [A],
          organization_arns: [ORGANIZATION],
          organizational_unit_arns: [UNIT],
        },
      },
    });
  });

  it('publishes them only on the written word', () => {
    expect(distributionOf({ launchPermission: { everyone: EVERYONE } })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: { ...AMI, launch_permission: { user_groups: ['all'] } },
    });
  });

  it('names licence configurations', () => {
    expect(distributionOf({ licenseConfigurationArns: [LICENCE] })).toEqual({
      ...PLAIN,
      license_configuration_arns: [LICENCE],
    });
  });

  it('writes SSM parameters in its own account and in those with a copy', () => {
    const amiParameters = [{ name: '/windows/ami' }, { name: '/windows/ami', accountId: A }];
    expect(distributionOf({ accountIds: [A], kmsKeyId: KEY, amiParameters })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: { ...AMI, target_account_ids: [A], kms_key_id: KEY },
      ssm_parameter_configuration: [
        { parameter_name: '/windows/ami', data_type: 'aws:ec2:image' },
        { parameter_name: '/windows/ami', data_type: 'aws:ec2:image', ami_account_id: A },
      ],
    });
  });

  it('gives launch templates a version, the default one unless told otherwise', () => {
    const launchTemplates = [
      { id: TEMPLATE },
      { id: 'lt-00000000000000001', accountId: A, setDefault: false },
    ];
    const launchPermission = { accountIds: [A] };
    expect(distributionOf({ launchTemplates, launchPermission })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: { ...AMI, launch_permission: { user_ids: [A] } },
      launch_template_configuration: [
        { launch_template_id: TEMPLATE, default: true },
        { launch_template_id: 'lt-00000000000000001', account_id: A, default: false },
      ],
    });
  });

  it('switches Fast Launch on for an account', () => {
    const fastLaunch = [
      {
        accountId: A,
        targetResourceCount: 10_000,
        maxParallelLaunches: 7,
        launchTemplate: { id: TEMPLATE, version: '3' },
      },
    ];
    expect(distributionOf({ accountIds: [A], kmsKeyId: KEY, fastLaunch })).toEqual({
      ...PLAIN,
      ami_distribution_configuration: { ...AMI, target_account_ids: [A], kms_key_id: KEY },
      fast_launch_configuration: [
        {
          account_id: A,
          enabled: true,
          max_parallel_launches: 7,
          snapshot_configuration: { target_resource_count: 10_000 },
          launch_template: { launch_template_id: TEMPLATE, launch_template_version: '3' },
        },
      ],
    });
  });
});
