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

const SEE_AWS =
  'fast-launch: fix: see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-troubleshoot.html\n';
const MAY_PASS = 'fast-launch: fix: it may pass by itself: apply again\n';

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
    [THROTTLED, MAY_PASS],
    [
      'An error occurred (UnauthorizedOperation) when calling the EnableFastLaunch operation: no',
      'fast-launch: fix: allow ec2:RunInstances on the AMI and on the launch template, and iam:PassRole, to the credentials that Terraform runs with\n',
    ],
    [
      'An error occurred (ResourceLimitExceeded) when calling the EnableFastLaunch operation: 40',
      'fast-launch: fix: a Region has 40 parallel launches for all AMIs together: switch Fast Launch off for an AMI, lower maxParallelLaunches, or raise the quota\n',
    ],
    [
      'An error occurred (InternalError) when calling the EnableFastLaunch operation: again',
      MAY_PASS,
    ],
    ['Could not connect to the endpoint URL: "https://ec2.us-east-1.amazonaws.com/"', MAY_PASS],
  ])('leaves on what is on when new settings could not be asked for: %s', (message, fix) => {
    const aws = withAmi()
      .looks('ami-1', { state: 'enabled', snapshots: '9' })
      .failNext('enable-fast-launch', 254, message);
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: 'fast-launch: ami-1: new settings, the state is enabled\n',
      stderr: `\n${message}\n${fix}fast-launch: ami-1: the settings could not be changed, Fast Launch stays as it is\n`,
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
      'ami-1 belongs to Amazon, and Fast Launch works for AMIs of your own only; build one from it, or leave Fast Launch out',
    ],
    [
      'a Linux AMI',
      ['None', 'None'],
      'ami-1 is not a Windows AMI, and Fast Launch works for Windows only',
    ],
    [
      'an AMI that could not be made',
      ['self', 'windows', 'failed'],
      'ami-1 is not available, its state is failed',
    ],
  ];

  it.each(refused)('refuses %s before it changes anything', (_, facts, reason) => {
    const aws = createFakeAws().ami('ami-1', ...facts);
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: '',
      stderr: `fast-launch: ${reason}\nfast-launch: nothing was changed\n`,
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
    [
      'enabling-failed',
      'Unable to stop instance ID=i-1 for snapshot creation.',
      'make the AMI with Sysprep and shutdown, as EC2 Image Builder does, not from a running instance',
    ],
    [
      'enabled-failed',
      'not authorized to perform ec2:CreateTags on network-interface',
      'remove the tags on network interfaces from the launch template',
    ],
  ])('tells the reason and the fix when the state becomes %s', (state, reason, fix) => {
    const aws = withAmi().afterEnable('ami-1', enabling, { state, reason });
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: `fast-launch: ami-1: enabling after 0s\nfast-launch: ami-1: ${state} after 0s\n`,
      stderr: `fast-launch: ami-1: ${state}: ${reason}\nfast-launch: fix: ${fix}\n`,
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('puts a reason of several lines on one', () => {
    const reason = 'first line\nsecond line';
    const aws = withAmi().afterEnable('ami-1', { state: 'enabling-failed', reason });
    expect(aws.run('enable').stderr).toBe(
      `fast-launch: ami-1: enabling-failed: first line second line\n${SEE_AWS}`,
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
      `\n${REFUSED}\n${SEE_AWS}fast-launch: ami-1: switching off failed: snapshot in use\n`,
    );
    expect(aws.changes()).toEqual([ENABLE, DISABLE]);
  });

  // Version 2 of the CLI ends with 254 on an error of the API, version 1 with 255.
  it.each([254, 255])('shows what the CLI says when it ends with status %i', (status) => {
    const aws = withAmi().failNext('enable-fast-launch', status, THROTTLED);
    const result = aws.run('enable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stdout).toBe('');
    expect(result.stderr).toBe(
      `\n${THROTTLED}\n${MAY_PASS}fast-launch: ami-1: Fast Launch could not be switched on\n`,
    );
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('shows what the CLI says about an AMI that does not exist', () => {
    const aws = createFakeAws();
    const result = aws.run('enable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stdout).toBe('');
    expect(result.stderr).toBe(
      "\nAn error occurred (InvalidAMIID.NotFound) when calling the DescribeImages operation: The image id '[ami-1]' does not exist\nfast-launch: ami-1 is not an AMI of this account in the Region us-east-1; AMI ids differ from Region to Region\nfast-launch: nothing was changed\n",
    );
    expect(aws.changes()).toEqual([]);
  });

  it('stops when a look at the state fails', () => {
    const message =
      'An error occurred (UnauthorizedOperation) when calling the DescribeFastLaunchImages operation: You are not authorized to perform this operation.';
    const aws = withAmi().failNext('describe-fast-launch-images', 254, message);
    const result = aws.run('enable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stderr).toBe(
      `\n${message}\nfast-launch: ami-1: the state of Fast Launch could not be read\nfast-launch: nothing was changed\n`,
    );
    expect(aws.changes()).toEqual([]);
  });
});

describe('before anything is changed', () => {
  const NOTHING = 'fast-launch: nothing was changed\n';

  it('refuses Fast Launch that another launch template has switched on', () => {
    const aws = withAmi().looks('ami-1', FOREIGN);
    expect(aws.run('enable')).toEqual({
      status: 1,
      stdout: '',
      stderr: `fast-launch: ami-1: Fast Launch is on by launch template lt-9, not by lt-1: another environment uses this AMI, or somebody switched it on by hand; give each environment an AMI of its own, switch it off there, or set takeOver: true\n${NOTHING}`,
    });
    expect(aws.changes()).toEqual([]);
  });

  it('takes it over when it is told to', () => {
    const aws = withAmi().looks('ami-1', FOREIGN);
    expect(aws.run('enable', { TAKE_OVER: 'true' })).toEqual({
      status: 0,
      stdout: [
        'fast-launch: ami-1: taking over Fast Launch from launch template lt-9',
        'fast-launch: ami-1: new settings, the state is enabled',
        'fast-launch: ami-1: enabling after 0s',
        'fast-launch: ami-1: enabled after 0s\n',
      ].join('\n'),
      stderr: '',
    });
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('tells all that the launch template may not have, with what is wrong with the AMI', () => {
    const aws = createFakeAws()
      .ami('ami-1', 'None', 'None')
      .template('yes', 'True', 'terminate', 'spot', 'disabled', 'network-interface');
    const lines = aws.run('enable').stderr.split('\n').slice(0, -1);
    const has = (what: string): string =>
      `fast-launch: launch template lt-1 version 3 has ${what}, which EC2 Fast Launch refuses`;
    expect(lines).toEqual([
      'fast-launch: ami-1 is not a Windows AMI, and Fast Launch works for Windows only',
      ...['user data', 'termination protection', 'a shutdown that terminates'].map(has),
      ...['Spot instances', 'disabled instance metadata', 'tags on network interfaces'].map(has),
      'fast-launch: nothing was changed',
    ]);
    expect(aws.changes()).toEqual([]);
  });

  it('refuses credentials of another account', () => {
    const aws = withAmi().account('222222222222');
    expect(aws.run('enable', { EXPECTED_ACCOUNT_ID: '111111111111' })).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'fast-launch: the credentials belong to account 222222222222 (the default credentials of the machine that runs Terraform), but Terraform works in account 111111111111; give the AWS CLI the profile or role of the AWS provider; nothing was changed\n',
    });
    expect(aws.calls()).toEqual([]);
  });

  it('waits for an AMI that is pending, until the time is up', () => {
    const aws = createFakeAws().ami('ami-1', 'self', 'windows', 'pending');
    const settings = { FAST_LAUNCH_POLL_SECONDS: '10', TIMEOUT_SECONDS: '20' };
    expect(aws.run('enable', settings)).toEqual({
      status: 2,
      stdout: 'fast-launch: ami-1: the AMI is pending, waiting until it is available\n',
      stderr:
        'fast-launch: ami-1 is still pending after 20s; run the apply again to go on waiting\n',
    });
    expect(aws.changes()).toEqual([]);
  });
});

describe('assuming a role', () => {
  const ROLE = { ASSUME_ROLE_ARN: 'arn:aws:iam::111111111111:role/deploy', AWS_ACCESS_KEY_ID: 'k' };
  const ENABLING: FastLaunchLook = { state: 'enabling' };

  it('works with the keys of the role, and says so', () => {
    expect(withAmi().run('enable', ROLE).stdout.split('\n')[0]).toBe(
      'fast-launch: as arn:aws:iam::111111111111:user/role-key (the keys in the environment, role arn:aws:iam::111111111111:role/deploy)',
    );
  });

  it('assumes it anew, with the first keys, before the session ends', () => {
    const aws = withAmi().afterEnable('ami-1', ENABLING, ENABLING, ENABLING, { state: 'enabled' });
    const settings = { FAST_LAUNCH_POLL_SECONDS: '1000', TIMEOUT_SECONDS: '9000' };
    expect(aws.run('enable', { ...ROLE, ...settings }).status).toBe(0);
    expect(aws.assumed()).toEqual(['k', 'k']);
  });

  it('ends before anything is changed when it may not', () => {
    const aws = withAmi().failNext('assume-role', 254, 'An error occurred (AccessDenied): no');
    expect(aws.run('enable', ROLE)).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'fast-launch: An error occurred (AccessDenied): no\nfast-launch: role arn:aws:iam::111111111111:role/deploy could not be assumed; nothing was changed\n',
    });
  });
});

describe('waiting', () => {
  it('tells every minute how time goes by', () => {
    const looks = Array.from({ length: 14 }, (): FastLaunchLook => ({ state: 'enabling' }));
    const aws = withAmi().afterEnable('ami-1', ...looks, { state: 'enabled' });
    expect(aws.run('enable', { FAST_LAUNCH_POLL_SECONDS: '10' }).stdout).toBe(
      [0, 60, 120].map((time) => `fast-launch: ami-1: enabling after ${time}s\n`).join('') +
        'fast-launch: ami-1: enabled after 140s\n',
    );
  });

  it('does not wait when it is not to, once EC2 has begun', () => {
    const aws = withAmi().afterEnable('ami-1', { state: 'enabling' });
    expect(aws.run('enable', { WAIT_FOR_ENABLED: 'false' })).toEqual({
      status: 0,
      stdout: 'fast-launch: ami-1: enabling after 0s\n',
      stderr: '',
    });
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
