import { describe, expect, it } from '@jest/globals';
import { createFakeAws, PARAMETER, withAmis } from '../fake-aws';

const DENIED =
  'An error occurred (UnauthorizedOperation) when calling the operation: You are not authorized to perform this operation.';
const DELETE = { ON_DESTROY: 'delete' };

describe('a destroy that keeps', () => {
  it('tells what stays and how to remove it, and changes nothing', () => {
    const aws = withAmis(1)
      .ami('ami-2', { day: 2, snapshots: ['snap-2', 'snap-3'] })
      .parameter(PARAMETER, 'ami-2');
    expect(aws.run('destroy')).toEqual({
      status: 0,
      said: [
        'us-east-1 ami-2 stays, with 100 GiB in snap-2 snap-3',
        'us-east-1 ami-1 stays, with 100 GiB in snap-1',
        `us-east-1 ${PARAMETER} stays, and names ami-2`,
        'to remove it, and stop its costs:',
        'aws ec2 deregister-image --region us-east-1 --image-id ami-2',
        'aws ec2 delete-snapshot --region us-east-1 --snapshot-id snap-2',
        'aws ec2 delete-snapshot --region us-east-1 --snapshot-id snap-3',
        'aws ec2 deregister-image --region us-east-1 --image-id ami-1',
        'aws ec2 delete-snapshot --region us-east-1 --snapshot-id snap-1',
        `aws ssm delete-parameter --region us-east-1 --name ${PARAMETER}`,
      ],
      stderr: '',
    });
    expect(aws.changes()).toEqual([]);
  });

  it('offers no command against an AMI that someone uses', () => {
    const aws = createFakeAws().ami('ami-1', { day: 1, users: ['shop', 'test'] });
    expect(aws.run('destroy').said).toEqual([
      'us-east-1 ami-1 stays, with 100 GiB in snap-1; in use by shop test',
    ]);
  });

  it('says nothing when nothing stays', () => {
    expect(createFakeAws().run('destroy')).toEqual({ status: 0, said: [], stderr: '' });
  });

  it('looks into every Region', () => {
    const aws = withAmis(1).ami('ami-8', { day: 8, region: 'eu-west-1' });
    const { said } = aws.run('destroy', { TARGETS: 'us-east-1\neu-west-1' });
    expect(said.filter((line) => line.includes(' stays'))).toEqual([
      'us-east-1 ami-1 stays, with 100 GiB in snap-1',
      'eu-west-1 ami-8 stays, with 100 GiB in snap-8',
    ]);
  });

  it('does not fail without the AWS CLI', () => {
    expect(withAmis(1).withoutCli().run('destroy')).toEqual({
      status: 0,
      said: [
        'AMIs with the tag cdktf-eks-windows-ami:image=win stay, with their snapshots and parameters; there is no AWS CLI to list them',
      ],
      stderr: '',
    });
  });

  it('does not fail when AWS refuses', () => {
    const aws = withAmis(1).failNext('describe-images', DENIED).failNext('get-parameters', DENIED);
    expect(aws.run('destroy')).toEqual({
      status: 0,
      said: [
        'us-east-1 the AMIs could not be listed',
        `us-east-1 ${PARAMETER} stays, and names an AMI that could not be read`,
        'to remove it, and stop its costs:',
        `aws ssm delete-parameter --region us-east-1 --name ${PARAMETER}`,
      ],
      stderr: `\n${DENIED}\n\n${DENIED}\n`,
    });
  });

  it.each(['', 'remove', '$(touch a)'])('takes any other wish for it, such as "%s"', (wish) => {
    const aws = withAmis(1);
    expect(aws.run('destroy', { ON_DESTROY: wish }).status).toBe(0);
    expect(aws.changes()).toEqual([]);
    expect(aws.leftBehind()).toEqual([]);
  });
});

describe('a destroy that deletes', () => {
  it('removes all AMIs with their snapshots, and the parameter', () => {
    const aws = withAmis(2).parameter(PARAMETER, 'ami-2');
    expect(aws.run('destroy', DELETE)).toEqual({
      status: 0,
      said: [
        'us-east-1 ami-2: deregistered',
        'us-east-1 ami-1: deregistered',
        'us-east-1 snap-2: deleted',
        'us-east-1 snap-1: deleted',
        `us-east-1 ${PARAMETER}: deleted`,
      ],
      stderr: '',
    });
    expect(aws.changes().at(-1)).toBe(`delete-parameter --name ${PARAMETER}`);
  });

  it('leaves an AMI that someone uses, and the parameter that names it', () => {
    const aws = withAmis(2)
      .ami('ami-2', { day: 2, users: ['shop'] })
      .parameter(PARAMETER, 'ami-2');
    expect(aws.run('destroy', DELETE).said).toEqual([
      'us-east-1 ami-2: stays, in use by shop',
      'us-east-1 ami-1: deregistered',
      'us-east-1 snap-1: deleted',
      `us-east-1 ${PARAMETER}: stays, because ami-2 does`,
    ]);
  });

  it('leaves an AMI that instances run', () => {
    const aws = withAmis(1).instances('ami-1', 'i-1', 'i-2');
    expect(aws.run('destroy', DELETE).said).toEqual([
      'us-east-1 ami-1: stays, run by i-1 and 1 more',
    ]);
    expect(aws.changes()).toEqual([]);
  });

  it('switches Fast Launch off first', () => {
    const aws = withAmis(1).fastLaunch('ami-1', 'enabled', 'None');
    expect(aws.run('destroy', DELETE).status).toBe(0);
    expect(aws.changes().slice(0, 1)).toEqual(['disable-fast-launch --image-id ami-1 --force']);
  });

  it('deletes a parameter that names an AMI which is gone already', () => {
    const aws = createFakeAws().parameter(PARAMETER, 'ami-9');
    expect(aws.run('destroy', DELETE).said).toEqual([`us-east-1 ${PARAMETER}: deleted`]);
  });

  it('leaves a parameter when it cannot tell whether its AMI is gone', () => {
    const aws = createFakeAws()
      .parameter(PARAMETER, 'ami-9')
      .failNext('describe-images', DENIED, { id: 'ami-9' });
    expect(aws.run('destroy', DELETE).said).toEqual([
      `us-east-1 ${PARAMETER}: stays, because ami-9 does`,
    ]);
  });

  it('fails after all else is done when a parameter cannot be deleted', () => {
    const aws = withAmis(1).parameter(PARAMETER, 'ami-1').failNext('delete-parameter', DENIED);
    const { status, said, stderr } = aws.run('destroy', DELETE);
    expect(status).toBe(1);
    expect(said.at(-1)).toBe(`us-east-1 ${PARAMETER}: could not be deleted`);
    expect(stderr).toBe(
      `\n${DENIED}\nami-retention: 1 of the calls to AWS failed, see above; the next run tries again\n`,
    );
  });

  it('fails when AMIs cannot be listed', () => {
    const aws = withAmis(1).failNext('describe-images', DENIED);
    const { status, stderr } = aws.run('destroy', DELETE);
    expect([status, stderr]).toEqual([254, `\n${DENIED}\n`]);
    expect(aws.changes()).toEqual([]);
  });

  it('fails without the AWS CLI', () => {
    expect(withAmis(1).withoutCli().run('destroy', DELETE).status).toBe(3);
  });
});
