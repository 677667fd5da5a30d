import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../emulated-aws';
import { refusalOf } from '../front/refusal';
import { startMotoServer } from '../programs/moto-server';
import { runProgram } from '../programs/run-program';
import { findTool } from '../programs/tools';

const END_LIMIT_MS = 600_000;
const POLL_MS = 50;

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const call = request(url, (response) => {
      response.resume();
      resolve(true);
    });
    call.on('error', () => resolve(false));
    call.end();
  });

const endsWithin = async (url: string): Promise<boolean> => {
  const deadline = Date.now() + END_LIMIT_MS;
  while (Date.now() < deadline) {
    if (!(await answers(url))) return true;
    await pause(POLL_MS);
  }
  return false;
};

describeWith(['moto_server'], 'the emulated AWS', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    process.env['AWS_PROFILE'] = 'of-the-caller';
    aws = await startEmulatedAws();
    delete process.env['AWS_PROFILE'];
  });

  afterAll(() => aws.stop());

  it('notes calls with parameters and status, and tells reads from changes', async () => {
    const position = aws.calls.length;
    const parameter = { Name: '/a', Value: '1', Type: 'String' };
    await aws.client.json('ssm', 'PutParameter', parameter);
    await refusalOf(aws.client.json('ssm', 'PutParameter', parameter));
    await aws.client.query('ec2', 'DescribeVpcs', { 'VpcId.1': 'vpc-1' }).catch(() => undefined);
    const put = { service: 'ssm', operation: 'PutParameter', region: 'us-east-1' };
    const read = { service: 'ec2', operation: 'DescribeVpcs', region: 'us-east-1' };
    const changes = [
      { ...put, parameters: parameter, status: 200 },
      { ...put, parameters: parameter, status: 400 },
    ];
    expect(aws.calls.slice(position)).toEqual([
      ...changes,
      { ...read, parameters: { 'VpcId.1': 'vpc-1' }, status: 400 },
    ]);
    expect(aws.mutations(position)).toEqual(changes);
  });

  it('makes calls fail as often as asked, and only those that match', async () => {
    aws.injectFault({
      service: 'ec2',
      operation: 'DescribeVpcs',
      status: 503,
      code: 'RequestLimitExceeded',
      message: 'Request limit exceeded.',
      times: 2,
      when: (parameters) => parameters['DryRun'] !== 'true',
    });
    const describe = (parameters = {}) => aws.client.query('ec2', 'DescribeVpcs', parameters);
    const refusal = '503 RequestLimitExceeded: Request limit exceeded.';
    expect(await refusalOf(describe())).toBe(refusal);
    expect(await refusalOf(describe({ DryRun: true }))).not.toBe(refusal);
    expect(await refusalOf(aws.client.query('ec2', 'DescribeSubnets'))).toBe('accepted');
    expect(await refusalOf(describe())).toBe(refusal);
    expect(await refusalOf(describe())).toBe('accepted');
  });

  it('answers faults in the protocol of the service', async () => {
    const fault = { status: 429, code: 'Slow', message: 'Slow down', times: 1 };
    aws.injectFault({ ...fault, service: 'eks', operation: 'ListClusters' });
    aws.injectFault({ ...fault, service: 'iam', operation: 'ListRoles' });
    const refusal = '429 Slow: Slow down';
    expect(await refusalOf(aws.client.rest('eks', 'GET', '/clusters'))).toBe(refusal);
    expect(await refusalOf(aws.client.query('iam', 'ListRoles'))).toBe(refusal);
  });

  it('publishes parameters of AWS, and refuses other names', async () => {
    const name = '/aws/service/x/image_id';
    aws.seedParameter(name, 'ami-1');
    aws.seedParameter(name, 'ami-2');
    await aws.client.json('ssm', 'PutParameter', { Name: '/b', Value: '2', Type: 'String' });
    const answer = await aws.client.json('ssm', 'GetParameters', { Names: [name, '/b', '/c'] });
    const found = answer['Parameters'] as readonly Record<string, unknown>[];
    expect(found.map((item) => [item['Name'], item['Value'], item['Version']])).toEqual([
      [name, 'ami-2', 2],
      ['/b', '2', 1],
    ]);
    expect(answer['InvalidParameters']).toEqual(['/c']);
    const first = await aws.client.json('ssm', 'GetParameter', { Name: `${name}:1` });
    expect(first['Parameter']).toMatchObject({ Value: 'ami-1', Version: 1, Selector: ':1' });
    expect(() => aws.seedParameter('/b', '1')).toThrow(
      new RangeError(
        '`name` must start with /aws/, got: /b; write other parameters with PutParameter',
      ),
    );
  });

  it('refuses a body that is too long', async () => {
    const body = 'x'.repeat(5 * 1024 * 1024);
    expect((await aws.client.send('POST', '/', {}, body)).status).toBe(413);
  });

  it('gives an environment without the settings of the caller', () => {
    expect(aws.environment).toMatchObject({
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    expect(Object.keys(aws.environment)).not.toContain('AWS_PROFILE');
  });

  it('is stopped for good, however often it is asked to', async () => {
    const other = await startEmulatedAws();
    await Promise.all([other.stop(), other.stop()]);
    await other.stop();
    expect(await answers(other.url)).toBe(false);
  });
});

describeWith(['moto_server'], 'moto_server under the emulated AWS', () => {
  it('ends when the process that started it is killed', async () => {
    const moto = findTool('moto_server');
    if ('missing' in moto) throw new Error(moto.missing);
    const script = join(__dirname, '../programs/start-moto-server.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, moto.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    const url = output.toString('utf8').trim();
    expect(await answers(url)).toBe(true);
    child.kill('SIGKILL');
    expect(await endsWithin(url)).toBe(true);
  });

  it('says what went wrong when it does not start', async () => {
    await expect(startMotoServer('/bin/false')).rejects.toThrow(
      new Error('false ended at start; its last output: '),
    );
  });
});

describeWith(['moto_server', 'aws'], 'the AWS CLI against the emulated AWS', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await startEmulatedAws();
  });

  afterAll(() => aws.stop());

  const cli = (command: string) =>
    runProgram('/bin/sh', ['-c', command], { cwd: '/', env: aws.environment });

  it('calls it even when a profile of the caller is set and AWS_ENDPOINT_URL is not', async () => {
    const image = aws.seedImage({ name: 'own' });
    const result = await cli(
      'unset AWS_ENDPOINT_URL; AWS_PROFILE=nope ' +
        'aws ec2 describe-images --owners self --query Images[].ImageId --output text',
    );
    expect(result).toEqual({ status: 0, stdout: `${image}\n`, stderr: '' });
  });

  it('reads errors and repeats throttled calls', async () => {
    const image = aws.seedImage({ name: 'throttled' });
    const throttled = { status: 503, code: 'RequestLimitExceeded', message: 'Request limit' };
    const call = { service: 'ec2', operation: 'EnableFastLaunch' };
    aws.injectFault({ ...throttled, ...call, times: 1 });
    const enable = (parallel: number) =>
      cli(`aws ec2 enable-fast-launch --image-id ${image} --max-parallel-launches ${parallel}`);
    expect((await enable(6)).status).toBe(0);
    const refused = await enable(3);
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toMatch(/\(InvalidParameterValue\).*: MaxParallelLaunches must be 6/);
    const statuses = aws.calls
      .filter((entry) => entry.operation === 'EnableFastLaunch')
      .map((entry) => entry.status);
    expect(statuses).toEqual([503, 200, 400]);
  });
});
