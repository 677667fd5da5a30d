import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { runProgram } from '../../programs/run-program';

const BYTES = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));

describeWith(['moto_server', 'aws'], 'S3 through the front of the emulated AWS', () => {
  let aws: EmulatedAws;
  let directory: string;
  let count = 0;
  let bucket: string;

  const cli = async (command: string): Promise<string> => {
    const options = { cwd: directory, env: aws.environment };
    const result = await runProgram('/bin/sh', ['-c', command], options);
    return result.status === 0 ? result.stdout : result.stderr;
  };

  beforeAll(async () => {
    aws = await startEmulatedAws();
    directory = mkdtempSync(join(tmpdir(), 's3-front-'));
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    count += 1;
    bucket = `bucket-${count}`;
    await aws.client.s3('PUT', `/${bucket}`);
  });

  it('keeps every byte of an object, and tells its size', async () => {
    writeFileSync(join(directory, 'in'), BYTES);
    await cli(`aws s3api put-object --bucket ${bucket} --key a/b --body in`);
    await cli(`aws s3api get-object --bucket ${bucket} --key a/b out`);
    expect(readFileSync(join(directory, 'out')).equals(BYTES)).toBe(true);
    const size = 'aws s3api head-object --query ContentLength --output text';
    expect(await cli(`${size} --bucket ${bucket} --key a/b`)).toBe(`${BYTES.length}\n`);
    expect((await aws.inventory())['s3Objects']).toContain(`${bucket}/a/b`);
  });

  const policyCall = async (method: string, body = ''): Promise<readonly [number, string]> => {
    const answer = await aws.client.s3(method, `/${bucket}?policy`, body);
    return [answer.status, /<Code>(.*)<\/Code>/.exec(answer.body)?.[1] ?? answer.body];
  };

  it('keeps the policy of a bucket without applying it', async () => {
    const statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: `arn:aws:s3:::${bucket}/*`,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    expect(await policyCall('GET')).toEqual([404, 'NoSuchBucketPolicy']);
    expect(await policyCall('PUT', policy)).toEqual([204, '']);
    expect(aws.mutations().map(({ operation }) => operation)).toContain(`PUT /${bucket}?policy`);
    expect(await policyCall('GET')).toEqual([200, policy]);
    expect((await aws.client.s3('PUT', `/${bucket}/object`, 'text')).status).toBe(200);
    expect(await policyCall('DELETE')).toEqual([204, '']);
    expect(await policyCall('GET')).toEqual([404, 'NoSuchBucketPolicy']);
  });

  it('forgets the policy with its bucket', async () => {
    await policyCall('PUT', `{"Statement":[{"Resource":"arn:aws:s3:::${bucket}"}]}`);
    await aws.client.s3('DELETE', `/${bucket}`);
    expect(await policyCall('GET')).toEqual([404, 'NoSuchBucket']);
    await aws.client.s3('PUT', `/${bucket}`);
    expect(await policyCall('GET')).toEqual([404, 'NoSuchBucketPolicy']);
  });

  it('refuses a policy for another bucket, and one that is no policy', async () => {
    const other = '{"Statement":[{"Resource":"arn:aws:s3:::other"}]}';
    expect(await policyCall('PUT', other)).toEqual([400, 'MalformedPolicy']);
    expect(await policyCall('PUT', 'policy')).toEqual([400, 'MalformedPolicy']);
    expect(await policyCall('GET')).toEqual([404, 'NoSuchBucketPolicy']);
  });
});
