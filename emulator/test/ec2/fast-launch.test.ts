import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { childrenAt, textAt } from '../../front/xml-reading';

type Parameters = Record<string, string | number | boolean>;

/** Enables, disables and reads Fast Launch, and makes launch templates. */
class FastLaunchCalls {
  private templates = 0;

  constructor(private readonly aws: EmulatedAws) {}

  async enable(imageId: string, parameters: Parameters = {}): Promise<string> {
    const request = { ImageId: imageId, MaxParallelLaunches: 6, ...parameters };
    return textAt(await this.aws.client.query('ec2', 'EnableFastLaunch', request), 'state');
  }

  async disable(imageId: string): Promise<string> {
    const request = { ImageId: imageId, Force: true };
    return textAt(await this.aws.client.query('ec2', 'DisableFastLaunch', request), 'state');
  }

  async state(imageId: string): Promise<string> {
    const request = { 'ImageId.1': imageId };
    const document = await this.aws.client.query('ec2', 'DescribeFastLaunchImages', request);
    const image = childrenAt(document, 'fastLaunchImageSet')[0];
    if (image === undefined) return 'none';
    const state = textAt(image, 'state');
    return state.endsWith('failed') ? `${state}: ${textAt(image, 'stateTransitionReason')}` : state;
  }

  async template(data: Record<string, string> = {}): Promise<string> {
    this.templates += 1;
    const prefixed = Object.entries(data).map(([key, value]) => [
      `LaunchTemplateData.${key}`,
      value,
    ]);
    const document = await this.aws.client.query('ec2', 'CreateLaunchTemplate', {
      LaunchTemplateName: `template-${this.templates}`,
      'LaunchTemplateData.InstanceType': 'm5.xlarge',
      ...Object.fromEntries(prefixed),
    });
    return textAt(document, 'launchTemplate', 'launchTemplateId');
  }
}

describeWith(['moto_server'], 'Fast Launch in the emulated AWS', () => {
  let aws: EmulatedAws;
  let calls: FastLaunchCalls;
  const enabled: string[] = [];

  beforeAll(async () => {
    aws = await startEmulatedAws();
    calls = new FastLaunchCalls(aws);
  });

  afterAll(() => aws.stop());

  afterEach(async () => {
    for (const image of enabled.splice(0)) {
      await refusalOf(calls.disable(image));
      await calls.state(image);
      await calls.state(image);
    }
  });

  const ownImage = (): string => {
    const image = aws.seedImage({ name: 'own' });
    enabled.push(image);
    return image;
  };

  it('shows enabling once, then enabled; disabling once, then nothing', async () => {
    const image = ownImage();
    expect(await calls.enable(image)).toBe('enabling');
    expect([await calls.state(image), await calls.state(image)]).toEqual(['enabling', 'enabled']);
    expect(await calls.disable(image)).toBe('disabling');
    expect([await calls.state(image), await calls.state(image)]).toEqual(['disabling', 'none']);
  });

  it.each([
    [
      { MaxParallelLaunches: 5 },
      '400 InvalidParameterValue: MaxParallelLaunches must be 6 or greater',
    ],
    [
      { 'SnapshotConfiguration.TargetResourceCount': 0 },
      '400 InvalidParameterValue: TargetResourceCount must be between 1 and 10000',
    ],
    [
      { ResourceType: 'instance' },
      "400 InvalidParameterValue: Invalid value 'instance' for ResourceType",
    ],
    [
      { 'LaunchTemplate.LaunchTemplateName': 'x' },
      '400 MissingParameter: The request must contain the parameter LaunchTemplate.Version',
    ],
    [
      { DryRun: true },
      '412 DryRunOperation: Request would have succeeded, but DryRun flag is set.',
    ],
  ])('refuses %j', async (parameters: Parameters, refusal) => {
    const image = ownImage();
    expect(await refusalOf(calls.enable(image, parameters))).toBe(refusal);
    expect(await calls.state(image)).toBe('none');
  });

  it('refuses AMIs of others, of Linux, and unknown ones', async () => {
    const amazon = aws.seedImage({ name: 'base', ownerId: '801119661308', ownerAlias: 'amazon' });
    const linux = aws.seedImage({ name: 'linux', platform: 'linux' });
    expect(await refusalOf(calls.enable(amazon))).toBe(
      `400 AuthFailure: Not authorized for images: [${amazon}]`,
    );
    expect(await refusalOf(calls.enable(linux))).toBe(
      `400 InvalidParameterValue: Fast Launch is only supported for Windows images: ${linux}`,
    );
    expect(await refusalOf(calls.enable('ami-0123456789abcdef0'))).toBe(
      "400 InvalidAMIID.NotFound: The image id '[ami-0123456789abcdef0]' does not exist",
    );
  });

  it.each([
    [{ UserData: 'aGk=' }, 'user data'],
    [{ DisableApiTermination: 'true' }, 'termination protection'],
    [{ 'MetadataOptions.HttpEndpoint': 'disabled' }, 'a disabled metadata endpoint'],
    [{ 'InstanceMarketOptions.MarketType': 'spot' }, 'the Spot market'],
    [
      { InstanceInitiatedShutdownBehavior: 'terminate' },
      'instance-initiated shutdown behavior terminate',
    ],
    [
      {
        'TagSpecification.1.ResourceType': 'network-interface',
        'TagSpecification.1.Tag.1.Key': 'a',
        'TagSpecification.1.Tag.1.Value': 'b',
      },
      'tags on network-interface',
    ],
  ])('refuses a launch template with %j', async (data: Record<string, string>, reason) => {
    const template = {
      'LaunchTemplate.LaunchTemplateId': await calls.template(data),
      'LaunchTemplate.Version': '1',
    };
    expect(await refusalOf(calls.enable(ownImage(), template))).toBe(
      `400 InvalidParameterValue: Launch templates for EC2 Fast Launch cannot have ${reason}`,
    );
  });

  it('takes a plain launch template and reports it, but not a version it lacks', async () => {
    const image = ownImage();
    const id = await calls.template();
    const template = { 'LaunchTemplate.LaunchTemplateId': id, 'LaunchTemplate.Version': '1' };
    expect(await calls.enable(image, template)).toBe('enabling');
    const described = await aws.client.query('ec2', 'DescribeFastLaunchImages');
    const [shown] = childrenAt(described, 'fastLaunchImageSet');
    expect(textAt(shown, 'launchTemplate', 'launchTemplateId')).toBe(id);
    const missing = { ...template, 'LaunchTemplate.Version': '9' };
    expect(await refusalOf(calls.enable(image, missing))).toMatch(
      /^400 InvalidLaunchTemplateId\.VersionNotFound: /,
    );
  });

  it('ends in enabling-failed when told so, and can be enabled again then', async () => {
    const image = ownImage();
    aws.failNextFastLaunch('Unable to stop instance');
    await calls.enable(image);
    await calls.state(image);
    expect(await calls.state(image)).toBe('enabling-failed: Unable to stop instance');
    expect(await calls.enable(image)).toBe('enabling');
  });

  it('ends in disabling-failed when told so, and can be disabled again then', async () => {
    const image = ownImage();
    await calls.enable(image);
    aws.fastLaunch.failNext({ state: 'disabling-failed', reason: 'snapshot in use' });
    await calls.disable(image);
    await calls.state(image);
    expect(await calls.state(image)).toBe('disabling-failed: snapshot in use');
    expect(await calls.disable(image)).toBe('disabling');
  });

  it('allows 40 parallel launches in a region', async () => {
    await calls.enable(ownImage(), { MaxParallelLaunches: 30 });
    const image = ownImage();
    expect(await refusalOf(calls.enable(image, { MaxParallelLaunches: 11 }))).toBe(
      '400 ResourceLimitExceeded: The request for 11 parallel launches exceeds the quota of 40 ' +
        'for EC2 Fast Launch in us-east-1; 30 are in use',
    );
    expect(await calls.enable(image, { MaxParallelLaunches: 10 })).toBe('enabling');
  });

  it('stays behind when its AMI is deregistered', async () => {
    const image = ownImage();
    await calls.enable(image);
    await aws.client.query('ec2', 'DeregisterImage', { ImageId: image });
    expect(await calls.state(image)).toBe('enabling');
    expect((await aws.inventory())['fastLaunchImages']).toEqual([image]);
  });

  it('refuses to disable what is not enabled', async () => {
    const image = ownImage();
    expect(await refusalOf(calls.disable(image))).toBe(
      `400 InvalidRequest: Fast Launch is not enabled for image ${image}`,
    );
  });

  it('replaces the settings of an enabled AMI', async () => {
    const image = ownImage();
    await calls.enable(image);
    await calls.state(image);
    expect(await calls.state(image)).toBe('enabled');
    expect(await calls.enable(image)).toBe('enabling');
  });
});

describeWith(['moto_server'], 'Fast Launch with the other undocumented behaviours', () => {
  let aws: EmulatedAws;
  let calls: FastLaunchCalls;

  beforeAll(async () => {
    aws = await startEmulatedAws({
      fastLaunch: {
        describesPerTransition: 0,
        enableWhenEnabled: 'refuse',
        enableWhileDisabling: 'replace',
        disableWhenNotEnabledCode: 'InvalidState',
      },
    });
    calls = new FastLaunchCalls(aws);
  });

  afterAll(() => aws.stop());

  it('follows the options', async () => {
    const image = aws.seedImage({ name: 'own' });
    expect(await refusalOf(calls.disable(image))).toBe(
      `400 InvalidState: Fast Launch is not enabled for image ${image}`,
    );
    await calls.enable(image);
    expect(await calls.state(image)).toBe('enabled');
    expect(await refusalOf(calls.enable(image))).toBe(
      `400 InvalidRequest: Fast Launch for image ${image} is in state enabled`,
    );
    await calls.disable(image);
    expect(await calls.enable(image)).toBe('enabling');
  });

  it('refuses to disable what is being enabled, when told so', async () => {
    const image = aws.seedImage({ name: 'own' });
    aws.fastLaunch.options = { disableWhileEnabling: 'refuse' };
    await calls.enable(image);
    expect(await refusalOf(calls.disable(image))).toBe(
      `400 InvalidRequest: Fast Launch for image ${image} is in state enabling`,
    );
    await calls.state(image);
    await calls.state(image);
    expect(await calls.disable(image)).toBe('disabling');
  });

  it('knows nothing of an AMI that is gone, when told so', async () => {
    const image = aws.seedImage({ name: 'own' });
    aws.fastLaunch.options = { describeWhenGone: 'refuse' };
    expect(await calls.state(image)).toBe('none');
    aws.deregisterImage(image);
    expect(await refusalOf(calls.state(image))).toBe(
      `400 InvalidAMIID.NotFound: The image id '[${image}]' does not exist`,
    );
  });

  it('shows what it was put into by hand', async () => {
    const image = aws.seedImage({ name: 'own' });
    const settings = { imageId: image, maxParallelLaunches: 6, targetResourceCount: 5 };
    const standing = { ...settings, launchTemplate: undefined, state: 'enabled-failed' };
    aws.fastLaunch.put('us-east-1', image, { ...standing, reason: 'why' });
    expect(await calls.state(image)).toBe('enabled-failed: why');
    aws.fastLaunch.put('us-east-1', image, undefined);
    expect(await calls.state(image)).toBe('none');
  });
});
