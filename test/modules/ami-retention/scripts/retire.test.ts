import { describe, expect, it } from '@jest/globals';
import { createFakeAws, PARAMETER, withAmis } from '../fake-aws';

const DENIED =
  'An error occurred (UnauthorizedOperation) when calling the DeregisterImage operation: You are not authorized to perform this operation.';
const IN_USE =
  'An error occurred (InvalidSnapshot.InUse) when calling the DeleteSnapshot operation: The snapshot snap-1 is currently in use by ami-1';

const MARK = (snapshots: string): string =>
  `create-tags --resources ${snapshots} --tags Key=cdktf-eks-windows-ami:of-deleted-ami,Value=win`;

describe('choosing what to retire', () => {
  it('asks for the AMIs of the image in this account, disabled ones too', () => {
    const aws = createFakeAws();
    expect(aws.run('retire')).toEqual({ status: 0, said: [], stderr: '' });
    expect(aws.calls()[1]).toMatch(
      /^us-east-1 ec2 describe-images --owners self --include-disabled --filters Name=tag:cdktf-eks-windows-ami:image,Values=win /,
    );
    expect(aws.changes()).toEqual([]);
  });

  it('keeps the newest by date, whatever the order of the answer', () => {
    const aws = createFakeAws()
      .ami('ami-a', { day: 2 })
      .ami('ami-b', { day: 3 })
      .ami('ami-c', { day: 1 });
    expect(aws.run('retire', { KEEP: '2', OLDER: 'disable' })).toEqual({
      status: 0,
      said: [
        'us-east-1 ami-b: kept, one of the newest 2',
        'us-east-1 ami-a: kept, one of the newest 2',
        'us-east-1 ami-c: disabled',
      ],
      stderr: '',
    });
    expect(aws.changes()).toEqual(['disable-image --image-id ami-c']);
  });

  it('keeps all when there are fewer than are to be kept', () => {
    const aws = withAmis(2);
    expect(aws.run('retire', { KEEP: '9' }).said).toEqual([
      'us-east-1 ami-2: kept, one of the newest 9',
      'us-east-1 ami-1: kept, one of the newest 9',
    ]);
    expect(aws.changes()).toEqual([]);
  });

  it('keeps what the SSM parameter names, however old', () => {
    const aws = withAmis(3).parameter(PARAMETER, 'ami-1');
    expect(aws.run('retire', { OLDER: 'disable' }).said).toEqual([
      'us-east-1 ami-3: kept, one of the newest 1',
      'us-east-1 ami-2: disabled',
      `us-east-1 ami-1: kept, ${PARAMETER} names it`,
    ]);
  });

  it('keeps what any of several parameters names', () => {
    const aws = withAmis(3).parameter('/a/ami', 'ami-2').parameter('/b/ami', 'ami-1');
    const result = aws.run('retire', { TARGETS: 'us-east-1 /a/ami /none /b/ami' });
    expect(result.said.slice(1)).toEqual([
      'us-east-1 ami-2: kept, /a/ami names it',
      'us-east-1 ami-1: kept, /b/ami names it',
    ]);
  });

  it('keeps what has an in-use tag, and tells whose', () => {
    const aws = withAmis(2).ami('ami-1', { day: 1, users: ['shop-nodes', 'test'] });
    expect(aws.run('retire')).toEqual({
      status: 0,
      said: [
        'us-east-1 ami-2: kept, one of the newest 1',
        'us-east-1 ami-1: kept, in use by shop-nodes test',
      ],
      stderr: '',
    });
    expect(aws.changes()).toEqual([]);
  });

  it('keeps what instances run', () => {
    const aws = withAmis(3).instances('ami-1', 'i-1', 'i-2', 'i-3').instances('ami-2', 'i-9');
    expect(aws.run('retire').said.slice(1)).toEqual([
      'us-east-1 ami-2: kept, run by i-9',
      'us-east-1 ami-1: kept, run by i-1 and 2 more',
    ]);
    expect(aws.changes()).toEqual([]);
  });

  it.each(['pending', 'failed', 'deregistered'])(
    'leaves alone and does not count what is %s',
    (state) => {
      const aws = withAmis(3).ami('ami-3', { day: 3, state }).ami('ami-1', { day: 1, state });
      expect(aws.run('retire').said).toEqual([
        `us-east-1 ami-3: kept, its state is ${state}`,
        'us-east-1 ami-2: kept, one of the newest 1',
        `us-east-1 ami-1: kept, its state is ${state}`,
      ]);
    },
  );

  it('does so in each Region, with the parameters of each', () => {
    const aws = withAmis(2)
      .ami('ami-8', { day: 8, region: 'eu-west-1' })
      .ami('ami-7', { day: 7, region: 'eu-west-1' })
      .ami('ami-6', { day: 6, region: 'eu-west-1' })
      .parameter(PARAMETER, 'ami-6')
      .parameter('/eu/ami', 'ami-7', 'eu-west-1');
    const settings = { OLDER: 'disable', TARGETS: 'us-east-1\neu-west-1 /eu/ami' };
    expect(aws.run('retire', settings).said).toEqual([
      'us-east-1 ami-2: kept, one of the newest 1',
      'us-east-1 ami-1: disabled',
      'eu-west-1 ami-8: kept, one of the newest 1',
      'eu-west-1 ami-7: kept, /eu/ami names it',
      'eu-west-1 ami-6: disabled',
    ]);
    expect(aws.leftBehind()).toEqual([]);
  });
});

describe('deprecating', () => {
  it('sets a date two minutes ahead, and does not touch Fast Launch', () => {
    const aws = withAmis(2).fastLaunch('ami-1', 'enabled');
    expect(aws.run('retire', { OLDER: 'deprecate' }).said[1]).toBe('us-east-1 ami-1: deprecated');
    expect(aws.changes()).toEqual([
      'enable-image-deprecation --image-id ami-1 --deprecate-at date -u -d @1120 +%Y-%m-%dT%H:%M:%SZ',
    ]);
  });

  it('does nothing to what is deprecated already', () => {
    const deprecation = '2026-01-05T00:00:00.000Z';
    const aws = withAmis(2).ami('ami-1', { day: 1, deprecation });
    expect(aws.run('retire', { OLDER: 'deprecate' }).said[1]).toBe(
      `us-east-1 ami-1: deprecated already, from ${deprecation}`,
    );
    expect(aws.changes()).toEqual([]);
  });
});

describe('disabling', () => {
  it('does nothing to what is disabled already', () => {
    const aws = withAmis(2).ami('ami-1', { day: 1, state: 'disabled' });
    expect(aws.run('retire', { OLDER: 'disable' }).said[1]).toBe(
      'us-east-1 ami-1: disabled already',
    );
    expect(aws.changes()).toEqual([]);
  });

  it('switches Fast Launch off first and waits until it is gone', () => {
    const states = ['enabled', 'disabling', 'disabling', 'None'];
    const aws = withAmis(2).fastLaunch('ami-1', ...states);
    expect(aws.run('retire', { OLDER: 'disable' })).toEqual({
      status: 0,
      said: [
        'us-east-1 ami-2: kept, one of the newest 1',
        'us-east-1 ami-1: switching Fast Launch off first',
        'us-east-1 ami-1: disabled',
      ],
      stderr: '',
    });
    expect(aws.changes()).toEqual([
      'disable-fast-launch --image-id ami-1 --force',
      'disable-image --image-id ami-1',
    ]);
    expect(aws.sleeps()).toEqual(['10', '10']);
  });
});

describe('deleting', () => {
  it('marks the snapshots, deregisters the AMI and deletes the snapshots', () => {
    const aws = withAmis(2).ami('ami-1', { day: 1, snapshots: ['snap-1', 'snap-1b'] });
    expect(aws.run('retire')).toEqual({
      status: 0,
      said: [
        'us-east-1 ami-2: kept, one of the newest 1',
        'us-east-1 ami-1: deregistered',
        'us-east-1 snap-1: deleted',
        'us-east-1 snap-1b: deleted',
      ],
      stderr: '',
    });
    expect(aws.changes()).toEqual([
      MARK('snap-1 snap-1b'),
      'deregister-image --image-id ami-1',
      'delete-snapshot --snapshot-id snap-1',
      'delete-snapshot --snapshot-id snap-1b',
    ]);
  });

  it('deletes an AMI without snapshots, and one that is disabled', () => {
    const aws = withAmis(2).ami('ami-1', { day: 1, snapshots: [], state: 'disabled' });
    expect(aws.run('retire').status).toBe(0);
    expect(aws.changes()).toEqual(['deregister-image --image-id ami-1']);
  });

  it('goes on waiting for a Fast Launch that is on its way off', () => {
    const aws = withAmis(2).fastLaunch('ami-1', 'disabling', 'disabling', 'None');
    expect(aws.run('retire', { AMI_RETENTION_POLL_SECONDS: '3' }).status).toBe(0);
    expect(aws.sleeps()).toEqual(['3']);
    expect(aws.changes()[0]).toBe(MARK('snap-1'));
  });

  it('takes an AMI that vanished meanwhile for done, and deletes its snapshots', () => {
    const aws = withAmis(2).vanish('ami-1', 'deregister-image');
    const { status, said } = aws.run('retire');
    expect([status, ...said.slice(1)]).toEqual([
      0,
      'us-east-1 ami-1: is gone already',
      'us-east-1 snap-1: deleted',
    ]);
  });

  it('deletes snapshots that an earlier run has left', () => {
    const aws = withAmis(1).markedSnapshots('snap-8', 'snap-9');
    expect(aws.run('retire').said.slice(1)).toEqual([
      'us-east-1 snap-8: deleted',
      'us-east-1 snap-9: deleted',
    ]);
  });

  it('leaves at once a snapshot that an earlier run has marked and whose AMI is still there', () => {
    const aws = withAmis(1).markedSnapshots('snap-1');
    expect(aws.run('retire').said.slice(1)).toEqual([
      'us-east-1 snap-1: stays, because an AMI uses it',
    ]);
    expect(aws.sleeps()).toEqual([]);
  });

  it('asks again for a snapshot that EC2 still takes for one of the AMI', () => {
    const aws = withAmis(2).failNext('delete-snapshot', IN_USE, { times: 2 });
    const { status, said, stderr } = aws.run('retire');
    expect([status, said.at(-1), stderr]).toEqual([0, 'us-east-1 snap-1: deleted', '']);
    expect(aws.sleeps()).toEqual(['10', '10']);
  });

  it('leaves a snapshot that another AMI uses', () => {
    const aws = withAmis(2).failNext('delete-snapshot', IN_USE, { times: 99 });
    const { status, said, stderr } = aws.run('retire');
    const last = 'us-east-1 snap-1: stays, because an AMI uses it';
    expect([status, said.at(-1), stderr]).toEqual([0, last, '']);
    expect(aws.sleeps()).toHaveLength(5);
  });

  it('takes a snapshot that is gone for done', () => {
    const gone =
      'An error occurred (InvalidSnapshot.NotFound) when calling the DeleteSnapshot operation';
    const aws = withAmis(2).failNext('delete-snapshot', gone);
    const { status, said } = aws.run('retire');
    expect([status, said.at(-1)]).toEqual([0, 'us-east-1 snap-1: is gone already']);
  });
});

describe('failing', () => {
  const SUMMARY =
    'ami-retention: 1 of the calls to AWS failed, see above; the next run tries again\n';

  it('goes on with the others when one cannot be deregistered, and fails at the end', () => {
    const aws = withAmis(3).failNext('deregister-image', DENIED, { id: 'ami-2' });
    expect(aws.run('retire')).toEqual({
      status: 1,
      said: [
        'us-east-1 ami-3: kept, one of the newest 1',
        'us-east-1 ami-2: could not be deregistered',
        'us-east-1 ami-1: deregistered',
        'us-east-1 snap-1: deleted',
      ],
      stderr: `\n${DENIED}\n${SUMMARY}`,
    });
    expect(aws.sleeps()).toEqual([]);
  });

  it('fails when a snapshot cannot be deleted, and deletes it in the next run', () => {
    const aws = withAmis(2).failNext('delete-snapshot', DENIED);
    const first = aws.run('retire');
    expect([first.status, first.stderr]).toEqual([1, `\n${DENIED}\n${SUMMARY}`]);
    expect(first.said.at(-1)).toBe(
      'us-east-1 snap-1: could not be deleted, and is tried again by the next run',
    );
    const second = aws.run('retire', { KEEP: '9' });
    expect([second.status, second.said.at(-1)]).toEqual([0, 'us-east-1 snap-1: deleted']);
  });

  it('does not deregister an AMI whose snapshots cannot be marked', () => {
    const aws = withAmis(2).failNext('create-tags', DENIED);
    const { status, said } = aws.run('retire');
    expect([status, said[1]]).toEqual([
      1,
      'us-east-1 ami-1: stays, because its snapshots could not be marked',
    ]);
    expect(aws.changes()).toEqual([MARK('snap-1')]);
  });

  it('fails when the snapshots that were left cannot be listed, after it has deleted its own', () => {
    const aws = withAmis(2).failNext('describe-snapshots', DENIED);
    const { status, said } = aws.run('retire');
    expect([status, said.at(-1)]).toEqual([1, 'us-east-1 snap-1: deleted']);
  });

  it.each(['deprecate', 'disable'])('fails when an AMI refuses to %s', (older) => {
    const operation = { deprecate: 'enable-image-deprecation', disable: 'disable-image' }[older];
    const aws = withAmis(2).failNext(operation ?? '', DENIED);
    const { status, said, stderr } = aws.run('retire', { OLDER: older });
    expect([status, said[1], stderr]).toEqual([
      1,
      `us-east-1 ami-1: could not be ${older}d`,
      `\n${DENIED}\n${SUMMARY}`,
    ]);
  });

  it('changes nothing when a parameter cannot be read', () => {
    const aws = withAmis(3).failNext('get-parameters', DENIED);
    expect(aws.run('retire')).toEqual({
      status: 1,
      said: [],
      stderr: `\n${DENIED}\nami-retention: us-east-1: ${PARAMETER} cannot be read, and the AMI that it names must stay; nothing was retired\n`,
    });
    expect(aws.changes()).toEqual([]);
  });

  it.each([
    ['describe-instances', 254, ''],
    [
      'describe-fast-launch-images',
      1,
      'ami-retention: ami-1: the state could not be read; what was told above is done; apply again\n',
    ],
  ] as const)('does not touch an AMI when %s fails', (operation, ended, told) => {
    const aws = withAmis(2).failNext(operation, DENIED);
    const { status, stderr } = aws.run('retire');
    expect([status, stderr]).toEqual([ended, `\n${DENIED}\n${told}`]);
    expect(aws.changes()).toEqual([]);
  });

  it('does not take Fast Launch for off when a look fails while it waits', () => {
    const aws = withAmis(2).fastLaunch('ami-1', 'disabling', 'unknown');
    expect(aws.run('retire')).toMatchObject({
      status: 1,
      stderr:
        '\nthrottled\nami-retention: ami-1: the state could not be read; what was told above is done; apply again\n',
    });
    expect(aws.changes()).toEqual([]);
  });

  it('stops when Fast Launch cannot be switched off', () => {
    const aws = withAmis(2).fastLaunch('ami-1', 'enabled').failNext('disable-fast-launch', DENIED);
    const { status, stderr } = aws.run('retire');
    expect([status, stderr]).toEqual([
      1,
      `\n${DENIED}\nami-retention: us-east-1 ami-1: Fast Launch could not be switched off\n`,
    ]);
    expect(aws.changes()).toEqual(['disable-fast-launch --image-id ami-1 --force']);
  });

  it('tells the reason when switching off fails later', () => {
    const aws = withAmis(2).fastLaunch('ami-1', 'enabled', 'disabling-failed');
    const { status, stderr } = aws.run('retire');
    expect([status, stderr]).toEqual([1, 'ami-retention: ami-1: switching off failed: because\n']);
  });

  it('ends with status 2 when its time is up', () => {
    const aws = withAmis(2).fastLaunch('ami-1', 'enabled', 'disabling');
    const { status, stderr } = aws.run('retire', { TIMEOUT_SECONDS: '20' });
    expect([status, stderr]).toEqual([
      2,
      'ami-retention: ami-1 is still disabling after 20s; run the apply again to go on waiting\n',
    ]);
  });

  it('shows what an AWS CLI says that does not know disabled AMIs', () => {
    const aws = withAmis(2).failNext('describe-images', 'Unknown options: --include-disabled', {
      status: 252,
    });
    const { status, stderr } = aws.run('retire');
    expect([status, stderr]).toEqual([252, '\nUnknown options: --include-disabled\n']);
    expect(aws.changes()).toEqual([]);
  });

  it('tells where to get the AWS CLI when there is none', () => {
    const { status, stderr } = withAmis(2).withoutCli().run('retire');
    expect(status).toBe(3);
    expect(stderr).toBe(
      'ami-retention: the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html\n',
    );
  });

  it('refuses another action before it calls anything', () => {
    const aws = withAmis(2);
    const { status, stderr } = aws.run('retire', { OLDER: 'describe_fast_launch' });
    expect([status, stderr]).toEqual([
      1,
      'ami-retention: OLDER must be deprecate, disable or delete, got: describe_fast_launch\n',
    ]);
    expect(aws.calls()).toEqual([]);
  });
});

describe('awkward values', () => {
  it('runs none of its values', () => {
    const aws = withAmis(3).parameter(PARAMETER, '$(touch a) * ami-1; touch b');
    expect(aws.run('retire', { TARGETS: `us-east-1 ${PARAMETER} $(touch c) *` }).status).toBe(0);
    expect(aws.leftBehind()).toEqual([]);
  });
});
