import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { childrenAt, textAt } from '../../emulator/front/xml-reading';
import { seedNetworkAndCluster } from '../../emulator/seed-network-and-cluster';
import { WindowsNodeGroup, type WindowsNodeGroupProps } from '../../modules';
import { FAKE_CLUSTER } from '../modules/eks-windows-nodes/fake-cluster';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;
const GROUP = 'demo-windows';

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'the life-cycle hook of a node group',
  () => {
    let deployment: ConstructDeployment;
    let common: Pick<WindowsNodeGroupProps, 'amiId' | 'subnetIds'>;

    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
      const seed = { clusterName: 'demo', kubernetesVersion: '1.35' };
      const { subnetIds } = await seedNetworkAndCluster(deployment.aws, seed);
      common = { amiId: await deployment.build('nodes'), subnetIds };
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    const write = (props: Partial<WindowsNodeGroupProps>): void =>
      deployment.write((stack) => {
        new WindowsNodeGroup(stack, 'Nodes', {
          ...common,
          name: GROUP,
          cluster: FAKE_CLUSTER,
          instanceProfileName: 'nodes',
          instanceTypes: ['m7i.xlarge'],
          // Nodes of an emulated AWS answer no hook.
          minSize: 0,
          maxSize: 1,
          ...props,
        });
      });

    /** What AWS has: name, answer without an answer, seconds. */
    async function hooks(): Promise<readonly string[]> {
      const request = { AutoScalingGroupName: GROUP };
      const found = await deployment.aws.client.query(
        'autoscaling',
        'DescribeLifecycleHooks',
        request,
      );
      return childrenAt(found, 'DescribeLifecycleHooksResult', 'LifecycleHooks').map((hook) =>
        ['LifecycleHookName', 'DefaultResult', 'HeartbeatTimeout']
          .map((key) => textAt(hook, key))
          .join(' '),
      );
    }

    /** What a plan would change, but for what moto makes up about hooks in its answers. */
    async function changed(): Promise<readonly string[]> {
      const madeUp = ['notification_target_arn', 'role_arn'];
      return (await deployment.stack.plan())
        .filter(
          ({ before, after }) =>
            !Object.keys({ ...before, ...after }).every(
              (key) =>
                madeUp.includes(key) ||
                JSON.stringify(before?.[key]) === JSON.stringify(after?.[key]),
            ),
        )
        .map(({ type, actions }) => `${actions.join('/')} ${type}`)
        .sort();
    }

    describe('one step after the other', () => {
      it(
        'is there from the beginning, and a second plan has no change',
        async () => {
          write({ failedBootstrap: 'replace' });
          await deployment.stack.init();
          await deployment.stack.apply();
          expect(await hooks()).toEqual(['node-bootstrap ABANDON 1800']);
          expect(await changed()).toEqual([]);
        },
        LIMIT_MS,
      );

      it(
        'takes another time, and the group stays',
        async () => {
          write({ failedBootstrap: 'replace', bootstrapTimeoutSeconds: 900 });
          expect(await changed()).toEqual([
            'update aws_autoscaling_group',
            'update aws_autoscaling_lifecycle_hook',
          ]);
          await deployment.stack.applyPlan();
          expect(await hooks()).toEqual(['node-bootstrap ABANDON 900']);
          expect(await changed()).toEqual([]);
        },
        LIMIT_MS,
      );

      it(
        'goes away without a trace, so that no node waits for an answer that never comes',
        async () => {
          write({});
          expect(await changed()).toEqual([
            'delete aws_autoscaling_lifecycle_hook',
            'update aws_autoscaling_group',
            'update aws_launch_template',
          ]);
          await deployment.stack.applyPlan();
          expect(await hooks()).toEqual([]);
          expect(await changed()).toEqual([]);
        },
        LIMIT_MS,
      );

      it(
        'comes to a group that is there already',
        async () => {
          write({ failedBootstrap: 'replace' });
          expect(await changed()).toEqual([
            'create aws_autoscaling_lifecycle_hook',
            'update aws_autoscaling_group',
            'update aws_launch_template',
          ]);
          await deployment.stack.applyPlan();
          expect(await hooks()).toEqual(['node-bootstrap ABANDON 1800']);
          expect(await changed()).toEqual([]);
        },
        LIMIT_MS,
      );
    });
  },
);
