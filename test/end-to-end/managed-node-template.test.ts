import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TerraformOutput } from 'cdktf';
import { ManagedNodeTemplate } from '../../modules/eks-windows-nodes';
import { FAKE_CLUSTER } from '../modules/eks-windows-nodes/fake-cluster';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;

/** What EKS refuses in the launch template of a managed node group. */
const REFUSED = ['iamInstanceProfile', 'networkInterface', 'instanceInitiatedShutdownBehavior'];

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'the launch template of a managed node group, as EC2 has it',
  () => {
    let deployment: ConstructDeployment;
    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'has the AMI and nothing that EKS refuses, and a new version for a new AMI',
      async () => {
        const write = (amiId: string) =>
          deployment.write((stack) => {
            const { id, latestVersion } = new ManagedNodeTemplate(stack, 'Template', {
              name: 'shop-managed',
              cluster: FAKE_CLUSTER,
              amiId,
            });
            new TerraformOutput(stack, 'template', { value: { id, latestVersion } });
          });
        const first = deployment.aws.seedImage({ name: 'first' });
        write(first);
        await deployment.stack.init();
        await deployment.stack.apply();
        const { template } = await deployment.stack.outputs();
        const { id, latestVersion } = template as { id: string; latestVersion: string };
        expect(String(latestVersion)).toBe('1');
        const versions = await deployment.aws.client.query(
          'ec2',
          'DescribeLaunchTemplateVersions',
          {
            LaunchTemplateId: id,
          },
        );
        const text = JSON.stringify(versions);
        expect(text).toContain(first);
        expect(REFUSED.filter((name) => text.includes(name))).toEqual([]);

        write(deployment.aws.seedImage({ name: 'second' }));
        await deployment.stack.apply();
        const { template: changed } = await deployment.stack.outputs();
        expect(changed).toEqual({ id, latestVersion: expect.anything() });
        expect(String((changed as { latestVersion: string }).latestVersion)).toBe('2');
      },
      LIMIT_MS,
    );
  },
);
