import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type SeededNetworkAndCluster,
  seedNetworkAndCluster,
} from '../../emulator/seed-network-and-cluster';
import { WindowsNodeGroup } from '../../modules/eks-windows-nodes';
import { FAKE_CLUSTER } from '../modules/eks-windows-nodes/fake-cluster';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';
import { imagesOfGroup } from './group-instances';

const LIMIT_MS = 1_800_000;

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'instance refreshes that a step of Terraform starts',
  () => {
    let deployment: ConstructDeployment;
    let seeded: SeededNetworkAndCluster;
    let images: readonly string[];

    const write = (amiId: string, instanceTypes: readonly string[] = ['m7i.xlarge']): void => {
      deployment.write((stack) => {
        new WindowsNodeGroup(stack, 'Nodes', {
          name: 'demo',
          cluster: FAKE_CLUSTER,
          amiId,
          instanceProfileName: 'nodes',
          subnetIds: [seeded.subnetIds[0] ?? ''],
          securityGroupIds: [seeded.clusterSecurityGroupId],
          instanceTypes,
          minSize: 2,
          maxSize: 4,
          instanceRefresh: { method: 'local-exec' },
        });
      });
    };

    /** Applies; the calls about the group, in order, and what the step has said. */
    const applied = async () => {
      deployment.said();
      const since = deployment.aws.calls.length;
      const { status } = await deployment.stack.tryApply();
      const operations = deployment.aws.mutations(since).map(({ operation }) => operation);
      const calls = operations.filter((one) =>
        /AutoScalingGroup|InstanceRefresh|Version/.test(one),
      );
      return { status, calls, said: deployment.said().join('\n') };
    };
    const nodes = () => imagesOfGroup(deployment.aws, 'demo');
    const [old, next, bad] = [0, 1, 2].map((index) => () => images[index] ?? '') as [
      () => string,
      () => string,
      () => string,
    ];

    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
      const cluster = { clusterName: 'demo', kubernetesVersion: '1.35' };
      seeded = await seedNetworkAndCluster(deployment.aws, cluster);
      images = ['old', 'next', 'bad'].map((name) =>
        deployment.aws.seedImage({ name, platform: 'windows' }),
      );
      deployment.write(() => undefined);
      await deployment.stack.init();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'make the group, and leave its new nodes as they are',
      async () => {
        write(old());
        expect((await applied()).status).toBe(0);
        expect(await nodes()).toEqual([old(), old()]);
        expect(await deployment.stack.plan()).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'roll the nodes to a new AMI, and the apply waits for the end',
      async () => {
        write(next());
        const changes = await deployment.stack.plan();
        expect(changes.map(({ type, actions }) => `${type} ${actions.join('/')}`)).toEqual([
          'aws_launch_template update',
          'terraform_data delete/create',
        ]);
        const { status, calls, said } = await applied();
        expect(status).toBe(0);
        expect(calls).toEqual(['CreateLaunchTemplateVersion', 'StartInstanceRefresh']);
        expect(said).toMatch(/^instance-refresh: demo: refreshed after \d+s$/m);
        expect(await nodes()).toEqual([next(), next()]);
        expect(await deployment.stack.plan()).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'go back to the AMI that ran before when they fail, and the apply fails with the reason',
      async () => {
        write(bad());
        deployment.aws.failNextInstanceRefresh('an alarm went off');
        const { status, said } = await applied();
        expect(status).toBe(1);
        expect(said).toContain(
          'instance-refresh: demo: the instance refresh failed: an alarm went off; AWS has rolled back, and all nodes are as they were before; the next apply tries again',
        );
        expect(await nodes()).toEqual([next(), next()]);
        const changes = await deployment.stack.plan();
        expect(changes.map(({ type, actions }) => `${type} ${actions.join('/')}`)).toEqual([
          'terraform_data delete/create',
        ]);
      },
      LIMIT_MS,
    );

    it(
      'are tried again by the next apply',
      async () => {
        expect((await applied()).status).toBe(0);
        expect(await nodes()).toEqual([bad(), bad()]);
        expect(await deployment.stack.plan()).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'cancel one that still runs',
      async () => {
        await deployment.aws.client.query('autoscaling', 'StartInstanceRefresh', {
          AutoScalingGroupName: 'demo',
        });
        write(old());
        const { status, calls, said } = await applied();
        expect(status).toBe(0);
        expect(said).toContain('cancelling an instance refresh that still runs');
        expect(calls).toContain('CancelInstanceRefresh');
        expect(await nodes()).toEqual([old(), old()]);
      },
      LIMIT_MS,
    );

    it(
      'change over to several types as well',
      async () => {
        write(old(), ['m7i.xlarge', 'm6i.xlarge']);
        const { status, calls } = await applied();
        expect(status).toBe(0);
        expect(calls).toEqual(['StartInstanceRefresh']);
        expect(await deployment.stack.plan()).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'leave nothing in the way of a destroy',
      async () => {
        await deployment.stack.destroy();
        expect((await deployment.aws.inventory())['autoScalingGroups']).toEqual([]);
      },
      LIMIT_MS,
    );
  },
);
