import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import type { Fault } from '../../front/fault-injection';
import { refusalOf } from '../../front/refusal';

/** How a call ended that is given up after a moment. */
function send(url: string, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const body = 'Action=DescribeImages&Version=2016-11-15';
    const credential = 'test/20260101/us-east-1/ec2/aws4_request';
    const call = request(
      url,
      {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': body.length,
        },
        timeout: limitMs,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
        });
        response.on('error', () => resolve(`cut off after ${text.slice(0, 5)}`));
        response.on('end', () => resolve(`${response.statusCode} ${text.slice(0, 6)}`));
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', (error) => {
      resolve('code' in error ? String(error.code) : error.message);
    });
    call.end(body);
  });
}

describeWith(['moto_server'], 'faults of the emulated AWS', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await startEmulatedAws();
  });
  afterAll(() => aws.stop());

  const fault = (answer: Fault['answer'] & string, operation = 'DescribeImages'): Fault => ({
    service: 'ec2',
    operation,
    status: 502,
    code: '',
    message: '',
    times: 1,
    answer,
  });

  it.each([
    ['page', '502 <html>'],
    ['hang', 'no answer'],
    ['reset', 'ECONNRESET'],
    ['lost', 'ECONNRESET'],
    ['cut', 'cut off after <Desc'],
  ] as const)('answers a call with %s', async (answer, seen) => {
    aws.injectFault(fault(answer));
    expect(await send(aws.url, answer === 'hang' ? 200 : 600_000)).toBe(seen);
    expect(await send(aws.url, 600_000)).toBe('200 <Descr');
  });

  it.each([
    ['reset', 'available'],
    ['lost', 'gone'],
    ['cut', 'gone'],
  ] as const)('has done the call, or not, when it answers with %s', async (answer, then) => {
    const image = aws.seedImage({ name: answer });
    aws.injectFault(fault(answer, 'DeregisterImage'));
    await aws.client.query('ec2', 'DeregisterImage', { ImageId: image }).catch(() => undefined);
    const ids = (await aws.inventory())['amis'] ?? [];
    expect(ids.includes(image) ? 'available' : 'gone').toBe(then);
  });

  it('forgets faults that have hit nothing', async () => {
    aws.injectFault({ ...fault('error'), code: 'Slow', message: 'down', times: 9 });
    expect(await refusalOf(aws.client.query('ec2', 'DescribeImages'))).toBe('502 Slow: down');
    aws.clearFaults();
    expect(await refusalOf(aws.client.query('ec2', 'DescribeImages'))).toBe('accepted');
  });
});
