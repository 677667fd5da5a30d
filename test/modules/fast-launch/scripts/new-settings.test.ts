import { describe, expect, it } from '@jest/globals';
import { createFakeAws, type FakeAws } from '../fake-aws';

const ENABLE =
  'enable-fast-launch --image-id ami-1 --resource-type snapshot --snapshot-configuration TargetResourceCount=5 --launch-template LaunchTemplateId=lt-1,Version=3 --max-parallel-launches 6';
const ENABLE_AS_BEFORE = ENABLE.replace('TargetResourceCount=5', 'TargetResourceCount=9');
const DISABLE = 'disable-fast-launch --image-id ami-1 --force';
const STAYS = 'fast-launch: ami-1: the settings could not be changed, Fast Launch stays as it is\n';

const refusal = (code: string, message: string): string =>
  `An error occurred (${code}) when calling the EnableFastLaunch operation: ${message}`;

const withOtherSettings = (state = 'enabled'): FakeAws =>
  createFakeAws().ami('ami-1').looks('ami-1', { state, snapshots: '9' });

const refuseAll = (aws: FakeAws, times: number): FakeAws => {
  const message = refusal('InvalidParameterCombination', 'not these');
  return aws.failInTurn('enable-fast-launch', ...Array<string>(times).fill(message));
};

describe('new settings for an AMI that is on', () => {
  it.each([
    [
      'a fault of the launch template',
      refusal('InvalidParameterValue', 'The launch template has x'),
    ],
    ['a dry run that failed', refusal('InvalidRequest', 'Run instances dry run failed')],
    ['a quota', refusal('InvalidRequest', 'The quota of parallel launches is reached')],
    [
      "an error of the CLI's own, as version 2 tells it",
      'aws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials.',
    ],
    [
      'an answer that is no XML',
      'Unable to parse response (unclosed token), invalid XML received. Further retries may succeed',
    ],
  ])('do not switch it off because of %s', (_, message) => {
    const aws = withOtherSettings().failNext('enable-fast-launch', 254, message);
    const { status, stderr } = aws.run('enable');
    expect(status).toBe(1);
    expect(stderr.endsWith(STAYS)).toBe(true);
    expect(aws.changes()).toEqual([ENABLE]);
  });

  it('go back to those from before when EC2 refuses the new ones in any state', () => {
    const aws = refuseAll(withOtherSettings(), 5);
    const { status, stderr } = aws.run('enable');
    expect(status).toBe(1);
    expect(stderr.split('\n').slice(-3)).toEqual([
      'fast-launch: ami-1: EC2 refuses the new settings; Fast Launch goes on again with those from before',
      `fast-launch: ${refusal('InvalidParameterCombination', 'not these')}`,
      '',
    ]);
    expect(aws.changes()).toEqual([ENABLE, DISABLE, ...Array(4).fill(ENABLE), ENABLE_AS_BEFORE]);
    expect(aws.isOn('ami-1')).toBe(true);
  });

  it('are asked for again when EC2 takes a moment to see that it is off', () => {
    const aws = refuseAll(withOtherSettings(), 4);
    expect(aws.run('enable').status).toBe(0);
    expect(aws.changes()).toEqual([ENABLE, DISABLE, ...Array(4).fill(ENABLE)]);
  });

  it('say that it is off when there were none before to go back to', () => {
    const aws = refuseAll(withOtherSettings('enabling-failed'), 5);
    const { status, stderr } = aws.run('enable');
    expect(status).toBe(1);
    expect(stderr.split('\n').at(-2)).toBe(
      `fast-launch: ami-1: EC2 refuses the new settings, and FAST LAUNCH IS OFF: ${refusal('InvalidParameterCombination', 'not these')}`,
    );
  });
});

describe('what the scripts do not take for an answer', () => {
  it('says how it stands when it may not look any more', () => {
    const message =
      'An error occurred (UnauthorizedOperation) when calling the DescribeFastLaunchImages operation: no';
    const aws = createFakeAws().ami('ami-1');
    aws.failInTurn('describe-fast-launch-images', undefined, message);
    const { status, stderr } = aws.run('enable');
    expect(status).toBe(1);
    expect(stderr).toBe(
      `\n${message}\nfast-launch: ami-1: the state could not be read; ami-1: AWS goes on switching Fast Launch on; apply again\n`,
    );
  });

  it('takes a page of a proxy for no account', () => {
    const aws = createFakeAws().ami('ami-1').account('None');
    expect(aws.run('disable')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'fast-launch: AWS STS did not tell an account, but: None; is there a proxy that asks for something?; nothing was changed\n',
    });
  });

  it('takes an AMI that EC2 does not know any more for one without Fast Launch', () => {
    const gone =
      "An error occurred (InvalidAMIID.NotFound) when calling the DescribeFastLaunchImages operation: The image id '[ami-2]' does not exist";
    const aws = createFakeAws()
      .looks('ami-2', { state: 'enabled' })
      .failInTurn('describe-fast-launch-images', undefined, gone, gone);
    expect(aws.run('disable')).toEqual({
      status: 0,
      stdout: 'fast-launch: ami-2: off after 0s\n',
      stderr: '',
    });
    expect(aws.changes()).toEqual([]);
  });
});
