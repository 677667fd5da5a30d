import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWith } from '../support/tools';
import { type EmulatedAws, startEmulatedAws } from './emulated-aws';
import { childrenAt, textAt } from './xml-reading';

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

  it('fails when EC2 refuses the Fast Launch settings', async () => {
    const fastLaunchConfigurations = [{ enabled: true, maxParallelLaunches: 1 }];
    const [state] = await build([{ region: 'us-east-1', fastLaunchConfigurations }]);
    expect(state).toEqual({
      status: 'FAILED',
      reason: 'MaxParallelLaunches must be 6 or greater',
    });
  });
});
