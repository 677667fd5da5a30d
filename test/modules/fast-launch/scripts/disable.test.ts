import { describe, expect, it } from '@jest/globals';
import { createFakeAws, type FakeAws, type FastLaunchLook } from '../fake-aws';

const ENABLED: FastLaunchLook = { state: 'enabled' };
const DISABLING: FastLaunchLook = { state: 'disabling' };

const STILL_ON =
  'fast-launch: Fast Launch is still on for: ami-1; apply again, or: aws ec2 disable-fast-launch --force --image-id ID\n';

const disable = (id: string): string => `disable-fast-launch --image-id ${id} --force`;

/** AMIs with Fast Launch on, by our launch template. */
function withEnabled(...ids: readonly string[]): FakeAws {
  const aws = createFakeAws();
  for (const id of ids) aws.ami(id).looks(id, ENABLED);
  return aws;
}

describe('switching off', () => {
  it('does nothing, and does not fail, when there is nothing to switch off', () => {
    const aws = createFakeAws();
    expect(aws.run('disable')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(aws.calls()).toEqual([
      [
        'describe-fast-launch-images',
        ...['--output', 'text', '--query'],
        "FastLaunchImages[?LaunchTemplate.LaunchTemplateId=='lt-1' && ImageId!=''].ImageId",
      ],
    ]);
  });

  it('switches one off and waits until it is', () => {
    const aws = withEnabled('ami-1').afterDisable('ami-1', DISABLING, DISABLING, { state: 'None' });
    expect(aws.run('disable', { FAST_LAUNCH_POLL_SECONDS: '10' })).toEqual({
      status: 0,
      stdout: 'fast-launch: ami-1: switching off\nfast-launch: ami-1: off after 20s\n',
      stderr: '',
    });
    expect(aws.changes()).toEqual([disable('ami-1')]);
    expect(aws.sleeps()).toEqual(['10', '10']);
  });

  it('only waits for one that is on its way off already', () => {
    const aws = createFakeAws()
      .ami('ami-1')
      .looks('ami-1', DISABLING, DISABLING, { state: 'None' })
      .failNext('disable-fast-launch', 254, 'it is disabling');
    expect(aws.run('disable').status).toBe(0);
    expect(aws.changes()).toEqual([]);
  });

  it('begins with all of them before it waits for any', () => {
    const aws = withEnabled('ami-1', 'ami-2', 'ami-3');
    expect(aws.run('disable')).toEqual({
      status: 0,
      stdout: [
        'fast-launch: ami-1: switching off',
        'fast-launch: ami-2: switching off',
        'fast-launch: ami-3: switching off',
        'fast-launch: ami-1: off after 0s',
        'fast-launch: ami-2: off after 0s',
        'fast-launch: ami-3: off after 0s\n',
      ].join('\n'),
      stderr: '',
    });
    expect(aws.changes()).toEqual([disable('ami-1'), disable('ami-2'), disable('ami-3')]);
  });

  it('keeps the AMI in use', () => {
    const aws = withEnabled('ami-1', 'ami-2', 'ami-3');
    expect(aws.run('disable', { KEEP_AMI_ID: 'ami-2' }).status).toBe(0);
    expect(aws.changes()).toEqual([disable('ami-1'), disable('ami-3')]);
    expect(['ami-1', 'ami-2', 'ami-3'].filter((id) => aws.isOn(id))).toEqual(['ami-2']);
  });

  it('leaves alone what uses the launch template of someone else', () => {
    const aws = withEnabled('ami-1')
      .ami('ami-2')
      .looks('ami-2', { state: 'enabled', template: 'lt-11' })
      .ami('ami-3')
      .looks('ami-3', { state: 'enabled', template: 'None' });
    expect(aws.run('disable').status).toBe(0);
    expect(aws.changes()).toEqual([disable('ami-1')]);
    expect(['ami-1', 'ami-2', 'ami-3'].filter((id) => aws.isOn(id))).toEqual(['ami-2', 'ami-3']);
  });

  it.each(['enabling', 'enabling-failed', 'enabled-failed', 'disabling-failed'])(
    'also switches off what is %s',
    (state) => {
      const aws = createFakeAws().ami('ami-1').looks('ami-1', { state });
      expect(aws.run('disable').status).toBe(0);
      expect(aws.changes()).toEqual([disable('ami-1')]);
      expect(aws.isOn('ami-1')).toBe(false);
    },
  );

  it('takes the None that the CLI prints for a missing list for no AMI', () => {
    const aws = createFakeAws().looks('None', ENABLED);
    expect(aws.run('disable')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(aws.changes()).toEqual([]);
  });
});

describe('failing to switch off', () => {
  it('tells the reason, after it has begun with the others', () => {
    const aws = withEnabled('ami-1', 'ami-2').afterDisable('ami-1', DISABLING, {
      state: 'disabling-failed',
      reason: 'snapshot in use',
    });
    expect(aws.run('disable')).toEqual({
      status: 1,
      stdout:
        'fast-launch: ami-1: switching off\nfast-launch: ami-2: switching off\nfast-launch: ami-2: off after 0s\n',
      stderr: `fast-launch: ami-1: switching off failed: snapshot in use\nfast-launch: fix: see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-troubleshoot.html\n${STILL_ON}`,
    });
    expect(aws.changes()).toEqual([disable('ami-1'), disable('ami-2')]);
  });

  it('tries again when EC2 does not take it for an AMI that is being switched on', () => {
    const message =
      'An error occurred (InvalidRequest) when calling the DisableFastLaunch operation: Fast Launch for image ami-1 is in state enabling';
    const aws = createFakeAws()
      .ami('ami-1')
      .looks('ami-1', { state: 'enabling' }, { state: 'enabling' }, { state: 'enabled' })
      .failInTurn('disable-fast-launch', message, message);
    expect(aws.run('disable', { FAST_LAUNCH_POLL_SECONDS: '10' })).toEqual({
      status: 0,
      stdout: 'fast-launch: ami-1: switching off\nfast-launch: ami-1: off after 30s\n',
      stderr: `fast-launch: ami-1: not taken while it is being switched on, trying again: ${message}\n`,
    });
  });

  it('ends with status 2 when its time is up', () => {
    const aws = withEnabled('ami-1').afterDisable('ami-1', DISABLING);
    expect(aws.run('disable', { FAST_LAUNCH_POLL_SECONDS: '10', TIMEOUT_SECONDS: '20' })).toEqual({
      status: 2,
      stdout: 'fast-launch: ami-1: switching off\n',
      stderr:
        'fast-launch: ami-1 is still disabling after 20s; run the apply again to go on waiting\n',
    });
  });

  it.each([254, 255])('shows what the CLI says when it ends with status %i', (status) => {
    const message =
      'An error occurred (RequestLimitExceeded) when calling the DisableFastLaunch operation (reached max retries: 2): Request limit exceeded.';
    const aws = withEnabled('ami-1').failNext('disable-fast-launch', status, message);
    const result = aws.run('disable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stderr).toBe(
      `\n${message}\nfast-launch: ami-1: could not be switched off\n${STILL_ON}`,
    );
    expect(aws.isOn('ami-1')).toBe(true);
  });

  it('does not take a list that cannot be read for an empty one', () => {
    const message =
      'Unable to locate credentials. You can configure credentials by running "aws configure".';
    const aws = withEnabled('ami-1').failNext('describe-fast-launch-images', 253, message);
    const result = aws.run('disable');
    expect(result.status).toBeGreaterThan(0);
    expect(result.stderr).toBe(
      `\n${message}\nfast-launch: the AMIs with Fast Launch could not be listed; nothing was changed\n`,
    );
    expect(aws.changes()).toEqual([]);
  });

  it('tells where to get the AWS CLI when there is none', () => {
    expect(createFakeAws().withoutCli().run('disable')).toEqual({
      status: 3,
      stdout: '',
      stderr:
        'fast-launch: the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html\n',
    });
  });
});

describe('awkward values', () => {
  it('runs none of its values', () => {
    const aws = withEnabled('ami-1');
    const settings = { LAUNCH_TEMPLATE_ID: 'lt-1$(touch a)', KEEP_AMI_ID: 'ami-1"; touch b; "' };
    expect(aws.run('disable', settings)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(aws.calls()[0]?.at(-1)).toBe(
      "FastLaunchImages[?LaunchTemplate.LaunchTemplateId=='lt-1$(touch a)' && ImageId!='ami-1\"; touch b; \"'].ImageId",
    );
    expect(aws.leftBehind()).toEqual([]);
  });
});
