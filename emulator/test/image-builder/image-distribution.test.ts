import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { childrenAt, textAt } from '../../front/xml-reading';

type Json = Record<string, unknown>;

const MOST_READS = 10;

const DOCUMENT = [
  'schemaVersion: 1.0',
  'phases:',
  '  - name: build',
  '    steps:',
  '      - {name: Greet, action: ExecutePowerShell, inputs: {commands: [Write-Output 1]}}',
].join('\n');

describeWith(['moto_server'], 'what an image build distributes', () => {
  let aws: EmulatedAws;
  let input: Json;
  let count = 0;
  let template: string;

  const put = async (operation: string, body: Json): Promise<string> => {
    const request = { clientToken: 'token', ...body };
    const answer = await aws.client.rest('imagebuilder', 'PUT', `/${operation}`, request);
    return String(Object.entries(answer).find(([key]) => key.endsWith('Arn'))?.[1]);
  };

  /** Builds an image with a distribution; returns its state and its AMIs by region. */
  const build = async (distributions: readonly Json[]): Promise<readonly [Json, Json]> => {
    count += 1;
    const arn = await put('CreateImage', {
      ...input,
      distributionConfigurationArn: await put('CreateDistributionConfiguration', {
        name: `distribution-${count}`,
        distributions,
      }),
    });
    const target = `/GetImage?imageBuildVersionArn=${encodeURIComponent(arn)}`;
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const { image } = await aws.client.rest('imagebuilder', 'GET', target);
      const { state, outputResources } = image as Record<string, Json>;
      if (state?.['status'] !== 'AVAILABLE' && state?.['status'] !== 'FAILED') continue;
      const amis = (outputResources?.['amis'] ?? []) as readonly Json[];
      return [state, Object.fromEntries(amis.map((ami) => [ami['region'], ami['image']]))];
    }
    throw new Error(`no end after ${MOST_READS} reads`);
  };

  beforeAll(async () => {
    aws = await startEmulatedAws();
    await aws.client.query('iam', 'CreateInstanceProfile', { InstanceProfileName: 'builder' });
    const version = { name: 'node', semanticVersion: '1.0.0' };
    const componentArn = await put('CreateComponent', { ...version, data: DOCUMENT });
    const parentImage = aws.seedImage({ name: 'base', ownerId: '801119661308' });
    const recipe = { ...version, parentImage, components: [{ componentArn }] };
    const profile = { name: 'node', instanceProfileName: 'builder' };
    input = {
      imageRecipeArn: await put('CreateImageRecipe', recipe),
      infrastructureConfigurationArn: await put('CreateInfrastructureConfiguration', profile),
    };
  });

  afterAll(() => aws.stop());

  beforeEach(async () => {
    count += 1;
    const document = await aws.client.query('ec2', 'CreateLaunchTemplate', {
      LaunchTemplateName: `template-${count}`,
      'LaunchTemplateData.InstanceType': 'm5.xlarge',
    });
    template = textAt(document, 'launchTemplate', 'launchTemplateId');
  });

  it('puts an AMI with its tags into every region', async () => {
    const amiDistributionConfiguration = { name: 'both regions', amiTags: { kind: 'node' } };
    const [state, amis] = await build([
      { region: 'us-east-1', amiDistributionConfiguration },
      { region: 'eu-west-1', amiDistributionConfiguration },
    ]);
    expect(state).toEqual({ status: 'AVAILABLE' });
    expect(Object.keys(amis)).toEqual(['us-east-1', 'eu-west-1']);
    const request = { 'ImageId.1': String(amis['eu-west-1']) };
    const document = await aws.client.query('ec2', 'DescribeImages', request, 'eu-west-1');
    const [image] = childrenAt(document, 'imagesSet');
    const tags = childrenAt(image, 'tagSet').map((tag) => textAt(tag, 'value'));
    expect([textAt(image, 'name'), ...tags.slice(0, 2)]).toEqual([
      'both regions',
      'node',
      'EC2 Image Builder',
    ]);
  });

  it('fails when an AMI of that name exists', async () => {
    const amiDistributionConfiguration = { name: 'fixed name' };
    const distributions = [{ region: 'us-east-1', amiDistributionConfiguration }];
    expect((await build(distributions))[0]).toEqual({ status: 'AVAILABLE' });
    expect((await build(distributions))[0]).toEqual({
      status: 'FAILED',
      reason: 'AMI name fixed name is already in use in us-east-1',
    });
  });

  it('enables Fast Launch and moves the default version of a launch template', async () => {
    const [, amis] = await build([
      {
        region: 'us-east-1',
        fastLaunchConfigurations: [{ enabled: true, maxParallelLaunches: 6 }],
        launchTemplateConfigurations: [{ launchTemplateId: template }],
      },
    ]);
    expect((await aws.inventory())['fastLaunchImages']).toEqual([amis['us-east-1']]);
    const document = await aws.client.query('ec2', 'DescribeLaunchTemplateVersions', {
      LaunchTemplateId: template,
      'LaunchTemplateVersion.1': '$Default',
    });
    const [version] = childrenAt(document, 'launchTemplateVersionSet');
    const data = (name: string) => textAt(version, 'launchTemplateData', name);
    expect([textAt(version, 'versionNumber'), data('imageId'), data('instanceType')]).toEqual([
      '2',
      amis['us-east-1'],
      'm5.xlarge',
    ]);
  });

  it('renders the date and build number into the name of the AMI', async () => {
    const name = 'v{{ imagebuilder:buildVersion }} {{imagebuilder:buildDate}}';
    const amiDistributionConfiguration = { name };
    const [, amis] = await build([{ region: 'us-east-1', amiDistributionConfiguration }]);
    const request = { 'ImageId.1': String(amis['us-east-1']) };
    const document = await aws.client.query('ec2', 'DescribeImages', request);
    expect(textAt(childrenAt(document, 'imagesSet')[0], 'name')).toMatch(
      /^v\d+ 2026-01-01T\d\d-\d\d-00\.000Z$/,
    );
    const unknown = { name: 'by {{ imagebuilder:author }}' };
    const refused = await build([{ region: 'us-east-1', amiDistributionConfiguration: unknown }]);
    expect(refused[0]).toEqual({
      status: 'FAILED',
      reason: 'AMI name by {{ imagebuilder:author }} has an unknown variable',
    });
  });

  it('shares the AMI, and copies it to accounts that own parameters of their own', async () => {
    const partner = '444455556666';
    const [, amis] = await build([
      {
        region: 'us-east-1',
        amiDistributionConfiguration: {
          targetAccountIds: [partner],
          launchPermission: { userIds: [partner], userGroups: ['all'] },
        },
        ssmParameterConfigurations: [{ parameterName: '/partner/ami', amiAccountId: partner }],
        fastLaunchConfigurations: [{ enabled: true, accountId: partner }],
      },
    ]);
    const inventory = await aws.inventory();
    const [copy = ''] = inventory['amisInOtherAccounts'] ?? [];
    expect(copy).toBe(`${partner} ${amis['us-east-1']}`);
    const own = inventory['launchPermissions']?.[0]?.split(' ')[0] ?? '';
    expect(inventory['launchPermissions']).toEqual([`${own} ${partner}`, `${own} all`]);
    expect(own).not.toBe(amis['us-east-1']);
    expect(inventory['parameters']).not.toContain('/partner/ami');
    expect(inventory['fastLaunchImages']).not.toContain(own);

    const permissions = async () => {
      const request = { ImageId: own, Attribute: 'launchPermission' };
      const document = await aws.client.query('ec2', 'DescribeImageAttribute', request);
      return childrenAt(document, 'launchPermission').flatMap(({ children }) =>
        children.map(({ name, text }) => `${name} ${text}`),
      );
    };
    expect(await permissions()).toEqual([`userId ${partner}`, 'group all']);
    await aws.client.query('ec2', 'ModifyImageAttribute', {
      ImageId: own,
      'LaunchPermission.Remove.1.Group': 'all',
      'LaunchPermission.Add.1.UserId': '777788889999',
    });
    expect(await permissions()).toEqual([`userId ${partner}`, 'userId 777788889999']);
    await aws.client.query('ec2', 'ResetImageAttribute', { ImageId: own });
    expect(await permissions()).toEqual([]);
  });

  it('writes a parameter in every region, with its history', async () => {
    const ssmParameterConfigurations = [{ parameterName: '/images/node' }];
    const targets = ['us-east-1', 'eu-west-1'].map((region) => ({
      region,
      ssmParameterConfigurations,
    }));
    const [, first] = await build(targets);
    const [, second] = await build(targets);
    const parameterOf = async (Name: string, region: string) => {
      const { Parameter } = await aws.client.json('ssm', 'GetParameter', { Name }, region);
      return (Parameter as Json)['Value'];
    };
    for (const region of ['us-east-1', 'eu-west-1']) {
      expect(await parameterOf('/images/node:1', region)).toBe(first[region]);
      expect(await parameterOf('/images/node', region)).toBe(second[region]);
    }
    expect(first['eu-west-1']).not.toBe(first['us-east-1']);
  });

  it('fails without the key or the launch template it names in a region', async () => {
    const kmsKeyId = 'alias/none';
    const [keyless] = await build([
      { region: 'eu-west-1', amiDistributionConfiguration: { kmsKeyId } },
    ]);
    expect(keyless['reason']).toBe(
      "The KMS key 'alias/none' does not exist or cannot be used in eu-west-1.",
    );
    const launchTemplateConfigurations = [{ launchTemplateId: template }];
    const [missing] = await build([{ region: 'eu-west-1', launchTemplateConfigurations }]);
    expect(missing['status']).toBe('FAILED');
    const launchTemplate = { launchTemplateId: template, launchTemplateVersion: '9' };
    const [version] = await build([
      { region: 'us-east-1', fastLaunchConfigurations: [{ enabled: true, launchTemplate }] },
    ]);
    expect(version['status']).toBe('FAILED');
  });

  it.each([
    [{ region: 'mars' }, "'region' is not valid. It must be a region, got: mars"],
    [
      { ssmParameterConfigurations: [{ parameterName: '/aws/ami' }] },
      "'parameterName' is not valid. It must be a parameter of your own, got: /aws/ami",
    ],
    [
      { ssmParameterConfigurations: [{ parameterName: '/ami', amiAccountId: '444455556666' }] },
      "'amiAccountId' is not valid. " +
        'The account 444455556666 must be a target account of the region.',
    ],
    [
      { amiDistributionConfiguration: { targetAccountIds: ['4444'] } },
      "'accountId' is not valid. It must be an account of 12 digits, got: 4444",
    ],
    [
      { licenseConfigurationArns: ['lic-1'] },
      "'licenseConfigurationArns' is not valid. " +
        'It must be the ARN of a license configuration, got: lic-1',
    ],
  ])('is refused with %j', async (target, refusal) => {
    const body = { name: 'refused', distributions: [{ region: 'us-east-1', ...target }] };
    expect(await refusalOf(put('CreateDistributionConfiguration', body))).toBe(
      `400 InvalidParameterValueException: The value supplied for parameter ${refusal}`,
    );
  });

  it('fails when EC2 refuses the Fast Launch settings', async () => {
    const fastLaunchConfigurations = [{ enabled: true, maxParallelLaunches: 1 }];
    const [state] = await build([{ region: 'us-east-1', fastLaunchConfigurations }]);
    expect(state).toEqual({
      status: 'FAILED',
      reason: 'MaxParallelLaunches must be 6 or greater',
    });
  });
});
