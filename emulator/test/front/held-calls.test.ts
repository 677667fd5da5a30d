import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';

describeWith(['moto_server'], 'calls that the emulated AWS holds', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await startEmulatedAws();
  });
  afterAll(() => aws.stop());

  it.each([
    ['arrival', 'before it is done', true],
    ['answer', 'when it is done', false],
  ] as const)('stops the time at %s, %s', async (at, _, isThere) => {
    const image = aws.seedImage({ name: at });
    const held = aws.holdCall({ service: 'ec2', operation: 'DeregisterImage', at });
    const call = aws.client.query('ec2', 'DeregisterImage', { ImageId: image });
    await held.reached;
    expect(((await aws.inventory())['amis'] ?? []).includes(image)).toBe(isThere);
    held.release();
    await call;
    expect((await aws.inventory())['amis']).not.toContain(image);
  });

  it('lets other calls pass, and every call after the one', async () => {
    let isTime = false;
    const when = () => isTime;
    const held = aws.holdCall({ service: 'ec2', operation: 'DescribeVpcs', at: 'arrival', when });
    await aws.client.query('ec2', 'DescribeSubnets');
    await aws.client.query('ec2', 'DescribeVpcs');
    isTime = true;
    const call = aws.client.query('ec2', 'DescribeVpcs');
    await held.reached;
    await aws.client.query('ec2', 'DescribeVpcs');
    held.release();
    expect((await call).name).toBe('DescribeVpcsResponse');
  });
});
