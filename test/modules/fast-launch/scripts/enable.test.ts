import { describe, expect, it } from '@jest/globals';
import { createFakeAws, type FakeAws, type FastLaunchLook } from '../fake-aws';

const ENABLE =
  'enable-fast-launch --image-id ami-1 --resource-type snapshot --snapshot-configuration TargetResourceCount=5 --launch-template LaunchTemplateId=lt-1,Version=3 --max-parallel-launches 6';
const DISABLE = 'disable-fast-launch --image-id ami-1 --force';

/** What EC2 might say to new settings for an AMI that is on. */
const REFUSED =
  'An error occurred (InvalidRequest) when calling the EnableFastLaunch operation: Fast Launch for image ami-1 is in state enabled';

const THROTTLED =
  'An error occurred (RequestLimitExceeded) when calling the EnableFastLaunch operation (reached max retries: 2): Request limit exceeded.';

/** Fast Launch of another environment: the same AMI, another launch template. */
const FOREIGN: FastLaunchLook = { state: 'enabled', template: 'lt-9', version: '1' };

const withAmi = (): FakeAws => createFakeAws().ami('ami-1');

describe('switching on', () => {
  it('asks for Fast Launch with all settings and waits until it is on', () => {
    const aws = withAmi();
    expect(aws.run('enable')).toEqual({
      status: 0,
      stdout: 'fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: enabled after 0s\n',
      stderr: '',
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('pauses between two looks and reports each state once, with the time', () => {
    const enabling: FastLaunchLook = { state: 'enabling' };
    const aws = withAmi().afterEnable('ami-1', enabling, enabling, enabling, { state: 'enabled' });
    expect(aws.run('enable', { FAST_LAUNCH_POLL_SECONDS: '10' }).stdout).toBe(
      'fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: enabled after 30s\n',
    );
    expect(aws.sleeps()).toEqual(['10', '10', '10']);
  });

  it('changes nothing when Fast Launch is on as wanted', () => {
    const aws = withAmi().looks('ami-1', { state: 'enabled' });
    expect(aws.run('enable')).toEqual({
      status: 0,
      stdout:
        'fast-launch: ami-1: already as wanted (enabled)\nfast-launch: ami-1: enabled after 0s\n',
      stderr: '',
    });
    expect(aws.changes()).toEqual([]);
  });

  it('goes on waiting for what an interrupted apply has begun', () => {
    const aws = withAmi().looks(
      'ami-1',
      { state: 'enabling' },
      { state: 'enabling' },
      { state: 'enabled' },
    );
    expect(aws.run('enable')).toEqual({
      status: 0,
      stdout:
        'fast-launch: ami-1: already as wanted (enabling)\nfast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: enabled after 0s\n',
      stderr: '',
    });
    expect(aws.changes()).toEqual([]);
  });
});

describe('changing settings', () => {
  const others: readonly (readonly [string, FastLaunchLook])[] = [
    ['number of snapshots', { state: 'enabled', snapshots: '9' }],
    ['number of parallel launches', { state: 'enabled', parallel: '7' }],
    ['version of the launch template', { state: 'enabled', version: '2' }],
    ['launch template', { state: 'enabled', template: 'lt-9' }],
    ['number of snapshots while it is being switched on', { state: 'enabling', snapshots: '9' }],
  ];

  it.each(others)('asks again, and does not switch off first, for another %s', (_, look) => {
    const aws = withAmi().looks('ami-1', look);
    expect(aws.run('enable')).toEqual({
      status: 0,
      stdout: [
        `fast-launch: ami-1: new settings, the state is ${look.state}`,
        'fast-launch: ami-1: enabling after 0s',
        'fast-launch: ami-1: enabled after 0s\n',
      ].join('\n'),
      stderr: '',
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it.each([
    THROTTLED,
    'An error occurred (UnauthorizedOperation) when calling the EnableFastLaunch operation: no',
    'An error occurred (ResourceLimitExceeded) when calling the EnableFastLaunch operation: 40',
    'An error occurred (InternalError) when calling the EnableFastLaunch operation: again',
    'Could not connect to the endpoint URL: "https://ec2.us-east-1.amazonaws.com/"',
  ])('leaves on what is on when new settings could not be asked for: %s', (message) => {
    const aws = withAmi()
      .looks('ami-1', { state: 'enabled', snapshots: '9' })
      .failNext('enable-fast-launch', 254, message);
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: 'fast-launch: ami-1: new settings, the state is enabled\n',
      stderr: `\n${message}\nfast-launch: ami-1: the settings could not be changed, Fast Launch stays as it is\n`,
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('switches off, waits and asks again when AWS takes no change of what is on', () => {
    const aws = withAmi()
      .looks('ami-1', { state: 'enabled', snapshots: '9' })
      .afterDisable('ami-1', { state: 'disabling' }, { state: 'disabling' }, { state: 'None' })
      .failNext('enable-fast-launch', 254, REFUSED);
    expect(aws.run('enable', { FAST_LAUNCH_POLL_SECONDS: '10' })).toEqual({
      status: 0,
      stdout: [
        'fast-launch: ami-1: new settings, the state is enabled',
        'fast-launch: ami-1: new settings are not taken in this state, switching off first',
        'fast-launch: ami-1: enabling after 20s',
        'fast-launch: ami-1: enabled after 30s\n',
      ].join('\n'),
      stderr: `\n${REFUSED}\n`,
    });
    expect(aws.changes()).toEqual([ENABLE, DISABLE, ENABLE]);
  });

  it('waits for a switching off that is under way before it asks', () => {
    const disabling: FastLaunchLook = { state: 'disabling' };
    const aws = withAmi().looks('ami-1', disabling, disabling, { state: 'None' });
    expect(aws.run('enable', { FAST_LAUNCH_POLL_SECONDS: '10' })).toEqual({
      status: 0,
      stdout: 'fast-launch: ami-1: enabling after 10s\nfast-launch: ami-1: enabled after 20s\n',
      stderr: '',
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it.each(['enabling-failed', 'enabled-failed', 'disabling-failed'])(
    'asks again after an earlier %s',
    (state) => {
      const aws = withAmi().looks('ami-1', { state, reason: 'quota' });
      expect(aws.run('enable')).toEqual({
        status: 0,
        stdout: [
          `fast-launch: ami-1: new settings, the state is ${state}`,
          'fast-launch: ami-1: enabling after 0s',
          'fast-launch: ami-1: enabled after 0s\n',
        ].join('\n'),
        stderr: '',
      });
      expect(aws.changes()).toEqual([ENABLE]);
    },
  );
});

describe('refusing', () => {
  const refused: readonly (readonly [string, [string?, string?, string?], string])[] = [
    [
      "an AMI of Amazon's",
      ['amazon'],
      'ami-1 belongs to Amazon, and Fast Launch works for AMIs of your own only; build one from it (nodes.ami: built), or remove fastLaunch',
    ],
    [
      'a Linux AMI',
      ['None', 'None'],
      'ami-1 is not a Windows AMI, and Fast Launch works for Windows only',
    ],
    [
      'an AMI that is not finished',
      ['self', 'windows', 'pending'],
      'ami-1 is not available yet, its state is pending; apply again when it is',
    ],
  ];

  it.each(refused)('refuses %s before it changes anything', (_, facts, reason) => {
    const aws = createFakeAws().ami('ami-1', ...facts);
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: '',
      stderr: `fast-launch: ${reason}\n`,
    });
    expect(aws.changes()).toEqual([]);
  });

  it('tells where to get the AWS CLI when there is none', () => {
    expect(withAmi().withoutCli().run('enable')).toEqual({
      status: 3,
      stdout: '',
      stderr:
        'fast-launch: the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html\n',
    });
  });
});

describe('failing', () => {
  const enabling: FastLaunchLook = { state: 'enabling' };

  it.each([
    ['enabling-failed', 'Unable to stop instance ID=i-1 for snapshot creation.'],
    ['enabled-failed', 'not authorized to perform ec2:CreateTags on network-interface'],
  ])('tells the reason when the state becomes %s', (state, reason) => {
    const aws = withAmi().afterEnable('ami-1', enabling, { state, reason });
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: `fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: ${state} after 0s\n`,
      stderr: `fast-launch: ami-1: ${state}: ${reason}\n`,
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('puts a reason of several lines on one', () => {
    const reason = 'first line\nsecond line';
    const aws = withAmi().afterEnable('ami-1', { state: 'enabling-failed', reason });
    expect(aws.run('enable').stderr).toBe(
      'fast-launch: ami-1: enabling-failed: first line second line\n',
    );
  });

  it('does not mind that EC2 shows nothing for a moment', () => {
    const none: FastLaunchLook = { state: 'None' };
    const aws = withAmi().afterEnable('ami-1', none, none, none, enabling, { state: 'enabled' });
    expect(aws.run('enable').status).toBe(0);
  });

  it('gives up when EC2 shows nothing again and again', () => {
    const aws = withAmi().afterEnable('ami-1', enabling, { state: 'None' });
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: 'fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: None after 0s\n',
      stderr: 'fast-launch: ami-1: Fast Launch is off again; was it switched off meanwhile?\n',
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it.each(['disabling', 'disabling-failed'])('gives up when the state becomes %s', (state) => {
    const aws = withAmi().afterEnable('ami-1', enabling, { state });
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: `fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: ${state} after 0s\n`,
      stderr: `fast-launch: ami-1: expected enabling or enabled, the state is ${state}; was it switched off meanwhile?\n`,
    });
  });

  it('does not call it done when it ends with the settings of another environment', () => {
    const aws = withAmi().afterEnable('ami-1', enabling, FOREIGN);
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: 'fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: enabled after 0s\n',
      stderr:
        'fast-launch: ami-1: enabled, but not with the settings asked for; is the AMI shared with another environment?\n',
    });
  });

  it('ends with status 2 when its time is up', () => {
    const aws = withAmi().afterEnable('ami-1', enabling);
    expect(aws.run('enable', { FAST_LAUNCH_POLL_SECONDS: '10', TIMEOUT_SECONDS: '30' })).toEqual({
      status: 2,
      stdout: 'fast-launch: ami-1: enabling after 0s\n',
      stderr:
        'fast-launch: ami-1 is still enabling after 30s; run the apply again to go on waiting\n',
    });
    expect(aws.sleeps()).toEqual(['10', '10', '10']);
  });

  it('ends with status 2 when its time is up before an earlier switching off is over', () => {
    const aws = withAmi().looks('ami-1', { state: 'disabling' });
    expect(aws.run('enable', { TIMEOUT_SECONDS: '0' })).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'fast-launch: ami-1 is still disabling after 0s; run the apply again to go on waiting\n',
    });
    expect(aws.changes()).toEqual([]);
  });

  it('does not ask again when the switching off before it failed', () => {
    const aws = withAmi()
      .looks('ami-1', { state: 'enabled', snapshots: '9' })
      .afterDisable('ami-1', { state: 'disabling-failed', reason: 'snapshot in use' })
      .failNext('enable-fast-launch', 254, REFUSED);
    const result = aws.run('enable');
    expect(result.status).toBe(1);
    expect(result.stderr).toBe(
      `\n${REFUSED}\nfast-launch: ami-1: switching off failed: snapshot in use\n`,
    );
    expect(aws.changes()).toEqual([ENABLE, DISABLE]);
  });

  // Version 2 of the CLI ends with 254 on an error of the API, version 1 with 255.
  it.each([254, 255])('shows what the CLI says when it ends with status %i', (status) => {
    const aws = withAmi().failNext('enable-fast-launch', status, THROTTLED);
    const result = aws.run('enable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stdout).toBe('');
    expect(result.stderr).toBe(`\n${THROTTLED}\n`);
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('shows what the CLI says about an AMI that does not exist', () => {
    const aws = createFakeAws();
    const result = aws.run('enable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stdout).toBe('');
    expect(result.stderr).toBe(
      "\nAn error occurred (InvalidAMIID.NotFound) when calling the DescribeImages operation: The image id '[ami-1]' does not exist\n",
    );
    expect(aws.changes()).toEqual([]);
  });

  it('stops when a look at the state fails', () => {
    const message =
      'An error occurred (UnauthorizedOperation) when calling the DescribeFastLaunchImages operation: You are not authorized to perform this operation.';
    const aws = withAmi().failNext('describe-fast-launch-images', 254, message);
    const result = aws.run('enable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stderr).toBe(`\n${message}\n`);
    expect(aws.changes()).toEqual([]);
  });
});

describe('awkward values', () => {
  it('hands every value on as it is and runs none of them', () => {
    const id = 'ami-1; touch a';
    const aws = createFakeAws().ami(id);
    const settings = {
      AMI_ID: id,
      LAUNCH_TEMPLATE_ID: 'lt-1$(touch b)',
      LAUNCH_TEMPLATE_VERSION: '`touch c`',
      TARGET_RESOURCE_COUNT: '5 & touch d #*',
      MAX_PARALLEL_LAUNCHES: '6\'" | touch e',
    };
    expect(aws.run('enable', settings)).toEqual({
      status: 0,
      stdout: `fast-launch: ${id}: enabling after 0s\nfast-launch: ${id}: enabled after 0s\n`,
      stderr: '',
    });
    const enable = aws.calls().filter(([operation]) => operation === 'enable-fast-launch');
    expect(enable).toEqual([
      [
        'enable-fast-launch',
        ...['--image-id', id],
        ...['--resource-type', 'snapshot'],
        ...['--snapshot-configuration', 'TargetResourceCount=5 & touch d #*'],
        ...['--launch-template', 'LaunchTemplateId=lt-1$(touch b),Version=`touch c`'],
        ...['--max-parallel-launches', '6\'" | touch e'],
      ],
    ]);
    expect(aws.leftBehind()).toEqual([]);
  });

  it.each(['AMI_ID', 'LAUNCH_TEMPLATE_ID', 'TARGET_RESOURCE_COUNT', 'TIMEOUT_SECONDS'])(
    'stops before it changes anything when %s is a command',
    (name) => {
      const aws = withAmi().looks('ami-1', { state: 'disabling' });
      const result = aws.run('enable', { TIMEOUT_SECONDS: '0', [name]: '$(touch a); touch b' });
      expect(result.status).toBeGreaterThan(0);
      expect(aws.changes()).toEqual([]);
      expect(aws.leftBehind()).toEqual([]);
    },
  );
});
