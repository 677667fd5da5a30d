import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { refusalOf } from '../../front/refusal';
import { seedNetworkAndCluster } from '../../seed-network-and-cluster';

describeWith(['moto_server'], 'add-ons of EKS clusters in the emulated AWS', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await startEmulatedAws();
    await seedNetworkAndCluster(aws, { clusterName: 'demo', kubernetesVersion: '1.35' });
  });
  afterAll(() => aws.stop());

  it('are shown as they were made', async () => {
    const addon = { addonName: 'vpc-cni', configurationValues: '{"enableWindowsIpam":"true"}' };
    await aws.client.rest('eks', 'POST', '/clusters/demo/addons', addon);
    const shown = await aws.client.rest('eks', 'GET', '/clusters/demo/addons/vpc-cni');
    expect(shown).toMatchObject({ addon: { ...addon, clusterName: 'demo', status: 'ACTIVE' } });
  });

  it('are refused when there is none, or no such cluster', async () => {
    const none = aws.client.rest('eks', 'GET', '/clusters/demo/addons/coredns');
    expect(await refusalOf(none)).toBe(
      '404 ResourceNotFoundException: No addon: coredns found in cluster: demo',
    );
    const lost = aws.client.rest('eks', 'POST', '/clusters/lost/addons', { addonName: 'vpc-cni' });
    expect(await refusalOf(lost)).toBe(
      '404 ResourceNotFoundException: No cluster found for name: lost.',
    );
  });
});
