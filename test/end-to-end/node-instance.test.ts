import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type NodeInstance, WindowsLaunchTemplate } from '../../modules/eks-windows-nodes';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const RESERVATIONS = 'arn:aws:resource-groups:us-east-1:111122223333:group/reservations';
const LICENCE =
  'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef';

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'the launch template of nodes',
  () => {
    let deployment: ConstructDeployment;
    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    const write = (instance: Omit<NodeInstance, 'securityGroupIds'>): void =>
      deployment.write((stack) => {
        new WindowsLaunchTemplate(stack, 'Nodes', {
          name: 'demo',
          amiId: 'ami-0123456789abcdef0',
          instanceType: 't3.xlarge',
          instanceProfileName: 'demo',
          securityGroupIds: ['sg-0123456789abcdef0'],
          userData: '<powershell>\nexit\n</powershell>\n',
          ...instance,
        });
      });

    /** One new version, which the next plan finds as it is. */
    const expectUpdate = async (): Promise<void> => {
      const changes = await deployment.stack.plan();
      expect(changes.map(({ address, actions }) => [address, actions])).toEqual([
        ['aws_launch_template.Nodes_66C30434', ['update']],
      ]);
      await deployment.stack.apply();
      expect(await deployment.stack.hasNoChanges()).toBe(true);
    };

    it(
      'is read back as it was written, so that the next plan is empty',
      async () => {
        write({});
        await deployment.stack.init();
        await deployment.stack.apply();
        expect(await deployment.stack.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'is changed in place by every option, to a new version, and read back with them',
      async () => {
        write({
          rootVolumeGiB: 150,
          rootVolume: { iops: 4000, throughput: 500, kmsKeyId: KEY },
          dataVolumes: [
            { deviceName: 'xvdf', sizeGiB: 300, snapshotId: 'snap-0123456789abcdef0' },
            { deviceName: 'xvdg', sizeGiB: 300, type: 'io2', iops: 5000 },
          ],
          httpPutResponseHopLimit: 2,
          detailedMonitoring: true,
          tagNetworkInterfaces: true,
          keyName: 'operators',
          cpuCredits: 'standard',
          placement: { tenancy: 'dedicated', groupName: 'cluster' },
          capacityReservation: {
            preference: 'capacity-reservations-only',
            resourceGroupArn: RESERVATIONS,
          },
          licenseConfigurationArns: [LICENCE],
        });
        await expectUpdate();
      },
      LIMIT_MS,
    );
  },
);
