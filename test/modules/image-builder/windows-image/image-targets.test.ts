import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import type { DistributionTarget } from '../../../../modules/image-builder';
import {
  executionResources,
  imageTargets,
  ownParameterNames,
} from '../../../../modules/image-builder/windows-image/image-targets';
import { KEY, TEMPLATE } from '../roles/rendered-policies';

const IMAGE = { name: 'windows-2022', region: 'us-east-1' };
const IMAGE_TAG = { 'cdktf-eks-windows-ami:image': 'windows-2022' };
const PARAMETER = '/windows/ami-id';
const OTHER_TEMPLATE = 'lt-abcdef01234567890';
const ACCOUNT = '444455556666';
const KEY_IN_EUROPE = KEY.replace('us-east-1', 'eu-west-1');

const targetsFor = (targets: readonly DistributionTarget[] | undefined, tags = {}) =>
  imageTargets({ ...IMAGE, distribution: { targets }, tags }, PARAMETER);

describe('imageTargets', () => {
  it.each<[string, Parameters<typeof imageTargets>[0]]>([
    ['without a distribution', IMAGE],
    ['without targets', { ...IMAGE, distribution: { amiDescription: 'x' } }],
    ['with an empty list of targets', { ...IMAGE, distribution: { targets: [] } }],
  ])('are the Region of the provider %s', (_, props) => {
    expect(imageTargets(props, PARAMETER)).toEqual([
      { region: 'us-east-1', amiTags: IMAGE_TAG, amiParameters: [{ name: PARAMETER }] },
    ]);
  });

  it('add the Region of the provider behind those that were written', () => {
    const targets = targetsFor([{ region: 'us-west-2' }, { region: 'eu-west-1' }]);
    expect(targets.map(({ region }) => region)).toEqual(['us-west-2', 'eu-west-1', 'us-east-1']);
  });

  it('leave the Region of the provider where it was written', () => {
    const targets = targetsFor([
      { region: 'us-west-2' },
      { region: 'us-east-1' },
      { region: 'eu-west-1' },
    ]);
    expect(targets.map(({ region }) => region)).toEqual(['us-west-2', 'us-east-1', 'eu-west-1']);
  });

  it('get the parameter in each Region, behind those that were written', () => {
    const written = [{ name: '/shop/ami-id' }, { name: '/copy/ami-id', accountId: ACCOUNT }];
    const targets = targetsFor([{ region: 'us-west-2', amiParameters: written }]);
    expect(targets.map(({ amiParameters }) => amiParameters)).toEqual([
      [...written, { name: PARAMETER }],
      [{ name: PARAMETER }],
    ]);
  });

  it('get all tags, those of a target before those of the image', () => {
    const targets = targetsFor(
      [{ region: 'us-west-2', amiTags: { team: 'west', pool: 'blue' } }, { region: 'us-east-1' }],
      { team: 'windows', cost: '42' },
    );
    expect(targets.map(({ amiTags }) => amiTags)).toEqual([
      { team: 'west', cost: '42', pool: 'blue', ...IMAGE_TAG },
      { team: 'windows', cost: '42', ...IMAGE_TAG },
    ]);
  });

  it('say for which Kubernetes and which Windows their AMIs are, when that is known', () => {
    const tagsWith = (props: object) => imageTargets({ ...IMAGE, ...props }, PARAMETER)[0]?.amiTags;
    expect(tagsWith({ kubernetesVersion: '1.35', windowsServer: '2022' })).toEqual({
      ...IMAGE_TAG,
      'cdktf-eks-windows-ami:kubernetes-version': '1.35',
      'cdktf-eks-windows-ami:windows-build': '10.0.20348',
    });
    expect(tagsWith({ windowsServer: Fn.lower('2022') as '2022' })).toEqual(IMAGE_TAG);
  });

  it('keep the tag by which retention knows an AMI, whatever else has its key', () => {
    const stolen = { 'cdktf-eks-windows-ami:image': 'another' };
    const targets = targetsFor([{ region: 'us-west-2', amiTags: stolen }], stolen);
    expect(targets.map(({ amiTags }) => amiTags)).toEqual([IMAGE_TAG, IMAGE_TAG]);
  });

  it('leave everything else of a target as it was written', () => {
    const written: DistributionTarget = {
      region: 'us-east-1',
      accountIds: [ACCOUNT],
      kmsKeyId: KEY,
      launchPermission: { accountIds: [ACCOUNT] },
      licenseConfigurationArns: ['arn:licence'],
      launchTemplates: [{ id: TEMPLATE }],
      fastLaunch: [{ targetResourceCount: 2 }],
    };
    expect(targetsFor([written])).toEqual([
      { ...written, amiTags: IMAGE_TAG, amiParameters: [{ name: PARAMETER }] },
    ]);
  });
});

describe('ownParameterNames', () => {
  it('are those without an account', () => {
    const amiParameters = [
      { name: '/a/b' },
      { name: '/c/d', accountId: ACCOUNT },
      { name: '/e/f' },
    ];
    expect(ownParameterNames({ region: 'us-east-1', amiParameters })).toEqual(['/a/b', '/e/f']);
    expect(ownParameterNames({ region: 'us-east-1' })).toEqual([]);
  });
});

const BUILD = { region: 'us-east-1', baseImage: 'ami-01234567' };

/** A target in the Region of the build. */
const target = (more: Partial<DistributionTarget>): DistributionTarget => ({
  region: 'us-east-1',
  ...more,
});

const resourcesFor = (...targets: readonly DistributionTarget[]) =>
  executionResources(BUILD, targets);

describe('executionResources', () => {
  it('are only the Regions and the parameter for the smallest image', () => {
    expect(executionResources(BUILD, targetsFor(undefined))).toEqual({
      region: 'us-east-1',
      targetRegions: ['us-east-1'],
      amiParameterNames: [PARAMETER],
      parentParameterNames: [],
      distributionAccountIds: [],
      kmsKeyArns: [],
      snsTopicArn: undefined,
      licenseConfigurationArns: [],
      launchTemplateIds: [],
      fastLaunch: undefined,
      imageScanning: false,
    });
  });

  it('name all Regions, and each parameter of the own account once', () => {
    const written = [{ name: '/shop/ami-id' }, { name: '/copy/ami-id', accountId: ACCOUNT }];
    const targets = targetsFor([{ region: 'us-west-2', amiParameters: written }]);
    expect(executionResources(BUILD, targets)).toMatchObject({
      targetRegions: ['us-west-2', 'us-east-1'],
      amiParameterNames: ['/shop/ami-id', PARAMETER],
    });
  });

  it.each<[string, readonly string[]]>([
    ['ssm:/base/ami-id', ['/base/ami-id']],
    ['ssm:/aws/service/windows', ['/aws/service/windows']],
    ['ami-01234567', []],
    ['arn:aws:imagebuilder:us-east-1:111122223333:image/ssm/x.x.x', []],
    [Fn.lower('ssm:/base'), []],
  ])('read the parameter of the base %s', (baseImage, expected) => {
    const resources = executionResources({ ...BUILD, baseImage }, []);
    expect(resources.parentParameterNames).toEqual(expected);
  });

  it('name the keys of all volumes, copies and builds, each once', () => {
    const key = (id: string): string => KEY.replace(/key\/.*$/, `key/${id}`);
    const resources = executionResources(
      {
        ...BUILD,
        kmsKeyArns: [key('given'), key('root')],
        rootVolume: { kmsKeyId: key('root') },
        dataVolumes: [
          { deviceName: 'xvdb', sizeGiB: 10, kmsKeyId: key('data') },
          { deviceName: 'xvdc', sizeGiB: 10 },
        ],
      },
      [target({ kmsKeyId: key('root') }), { region: 'eu-west-1', kmsKeyId: KEY_IN_EUROPE }],
    );
    expect(resources.kmsKeyArns).toEqual([key('given'), key('root'), key('data'), KEY_IN_EUROPE]);
  });

  it('work in accounts with a copy or a launch template, but not where an AMI is only shared', () => {
    const resources = resourcesFor(
      target({
        accountIds: [ACCOUNT],
        launchTemplates: [{ id: TEMPLATE, accountId: '777788889999' }],
        launchPermission: { accountIds: ['777788889999', '999900001111'] },
      }),
      { region: 'eu-west-1', accountIds: [ACCOUNT] },
    );
    expect(resources.distributionAccountIds).toEqual([ACCOUNT, '777788889999']);
  });

  it('write launch templates of the own account only', () => {
    const resources = resourcesFor(
      target({ launchTemplates: [{ id: TEMPLATE }, { id: OTHER_TEMPLATE, accountId: ACCOUNT }] }),
      { region: 'eu-west-1', launchTemplates: [{ id: TEMPLATE }] },
    );
    expect(resources.launchTemplateIds).toEqual([TEMPLATE]);
  });

  it('use licences of all Regions, each once', () => {
    const resources = resourcesFor(
      target({ licenseConfigurationArns: ['arn:one', 'arn:two'] }),
      target({ licenseConfigurationArns: ['arn:two'] }),
    );
    expect(resources.licenseConfigurationArns).toEqual(['arn:one', 'arn:two']);
  });

  it('tell a topic and read findings when the build does', () => {
    const resources = executionResources(
      { ...BUILD, snsTopicArn: 'arn:topic', scanning: true },
      [],
    );
    expect(resources).toMatchObject({ snsTopicArn: 'arn:topic', imageScanning: true });
  });
});

describe('Fast Launch by Image Builder', () => {
  const withTemplate = { launchTemplate: { id: TEMPLATE, version: '1' } };
  const withOtherTemplate = { launchTemplate: { id: OTHER_TEMPLATE, version: '1' } };

  it.each<[string, readonly DistributionTarget[], object | undefined]>([
    ['none without it', [target({})], undefined],
    ['none with an empty list', [target({ fastLaunch: [] })], undefined],
    [
      'none for copies of other accounts, where the role there does it',
      [target({ accountIds: [ACCOUNT], fastLaunch: [{ accountId: ACCOUNT, ...withTemplate }] })],
      undefined,
    ],
    ['those that EC2 needs without a template', [target({ fastLaunch: [{}] })], {}],
    [
      'those that EC2 needs without a template, also when another entry has one',
      [target({ fastLaunch: [withTemplate] }), { region: 'us-west-2', fastLaunch: [{}] }],
      {},
    ],
    [
      'those for each template once',
      [
        target({ fastLaunch: [withTemplate] }),
        { region: 'us-west-2', fastLaunch: [withTemplate] },
        { region: 'eu-west-1', fastLaunch: [withOtherTemplate] },
      ],
      { launchTemplateIds: [TEMPLATE, OTHER_TEMPLATE] },
    ],
    [
      'those for templates only, when what has none is of another account',
      [target({ accountIds: [ACCOUNT], fastLaunch: [withTemplate, { accountId: ACCOUNT }] })],
      { launchTemplateIds: [TEMPLATE] },
    ],
  ])('has these rights: %s', (_, targets, expected) => {
    expect(resourcesFor(...targets).fastLaunch).toEqual(expected);
  });
});
