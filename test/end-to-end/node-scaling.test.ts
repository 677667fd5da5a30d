import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { ApiCall } from '../../emulator/front/call-log';
import { childrenAt, textAt } from '../../emulator/front/xml-reading';
import type { Inventory } from '../../emulator/inventory';
import {
  type SeededNetworkAndCluster,
  seedNetworkAndCluster,
} from '../../emulator/seed-network-and-cluster';
import {
  type NodeScaling,
  NodeTerminationQueue,
  WindowsNodeGroup,
} from '../../modules/eks-windows-nodes';
import { FAKE_CLUSTER } from '../modules/eks-windows-nodes/fake-cluster';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';
import { imagesOfGroup } from './group-instances';

/** SQS alone makes Terraform wait for most of a minute at the making and at the end of a queue. */
const LIMIT_MS = 1_800_000;
const PROGRAMS = ['terraform', 'provider-mirror', 'aws', 'moto_server'] as const;

const PLAIN: NodeScaling = { instanceTypes: ['m7i.xlarge'], minSize: 2, maxSize: 4 };

/** As far as the provider lets AWS. */
const ROLLED_BACK: NodeScaling = { ...PLAIN, instanceRefresh: { autoRollback: true } };

/** Everything that a group of one type can have. */
const WIDE: NodeScaling = {
  ...PLAIN,
  desiredSize: 3,
  instanceRefresh: {
    minHealthyPercentage: 90,
    maxHealthyPercentage: 120,
    instanceWarmupSeconds: 600,
    checkpointPercentages: [50, 100],
    checkpointDelaySeconds: 60,
    autoRollback: true,
    skipMatching: true,
    scaleInProtectedInstances: 'Wait',
    standbyInstances: 'Wait',
    alarms: ['web-errors'],
    triggers: ['tag'],
  },
  warmPool: { minSize: 1, maxGroupPreparedCapacity: 4, reuseOnScaleIn: true },
  lifecycleHooks: [
    {
      name: 'bootstrap',
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      heartbeatTimeoutSeconds: 900,
      defaultResult: 'ABANDON',
    },
  ],
  clusterAutoscaler: { resources: { 'vpc.amazonaws.com/PrivateIPv4Address': '14' } },
  terminationPolicies: ['OldestLaunchTemplate', 'Default'],
  suspendedProcesses: ['AZRebalance', 'ScheduledActions'],
  groupMetrics: true,
  maxInstanceLifetimeSeconds: 604_800,
  protectFromScaleIn: true,
  defaultCooldownSeconds: 120,
  healthCheckGracePeriodSeconds: 600,
  defaultInstanceWarmupSeconds: 300,
  waitForCapacityTimeoutSeconds: 60,
};

/** What only a group of several types or with Spot nodes can have. */
const MIXED: NodeScaling = {
  ...PLAIN,
  instanceTypes: ['m7i.xlarge', 'm7i.2xlarge'],
  weightedCapacities: { 'm7i.xlarge': 1, 'm7i.2xlarge': 2 },
  instancesDistribution: {
    onDemandBaseCapacity: 1,
    onDemandPercentageAboveBaseCapacity: 0,
    spotAllocationStrategy: 'lowest-price',
    spotInstancePools: 3,
    spotMaxPrice: '0.25',
  },
  capacityRebalance: true,
  waitForCapacityTimeoutSeconds: 0,
};

const SPOT_ONLY: NodeScaling = {
  ...PLAIN,
  instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
};

describeWith(PROGRAMS, 'the scaling of a group, with the real Terraform', () => {
  let deployment: ConstructDeployment;
  let seeded: SeededNetworkAndCluster;
  let untouched: Inventory;
  let images: readonly [string, string];

  beforeAll(async () => {
    deployment = await ConstructDeployment.start();
    const cluster = { clusterName: 'demo', kubernetesVersion: '1.35' };
    seeded = await seedNetworkAndCluster(deployment.aws, cluster);
    const image = (name: string) => deployment.aws.seedImage({ name, platform: 'windows' });
    images = [image('old'), image('new')];
    untouched = await deployment.aws.inventory();
    deployment.write(() => undefined);
    await deployment.stack.init();
  }, LIMIT_MS);
  afterEach(() => deployment.stack.destroy(), LIMIT_MS);
  afterAll(() => deployment.stop(), LIMIT_MS);

  /** Writes a stack with a group for each scaling; with a queue when nodes are to be drained. */
  const write = (
    groups: Readonly<Record<string, NodeScaling>>,
    { amiId = images[0], drained = false, tags = {} } = {},
  ): void => {
    deployment.write((stack) => {
      const autoScalingGroupNames = Object.keys(groups);
      const terminationQueue = drained
        ? new NodeTerminationQueue(stack, 'Queue', { name: 'demo', autoScalingGroupNames })
        : undefined;
      for (const [name, scaling] of Object.entries(groups)) {
        new WindowsNodeGroup(stack, name, {
          ...scaling,
          name,
          amiId,
          tags,
          terminationQueue,
          cluster: FAKE_CLUSTER,
          instanceProfileName: 'nodes',
          subnetIds: [seeded.subnetIds[0] ?? ''],
          securityGroupIds: [seeded.clusterSecurityGroupId],
          labels: { workload: 'web' },
          taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
        });
      }
    });
  };

  /** Applies; the calls about refreshes and what they roll. */
  const applied = async (): Promise<readonly ApiCall[]> => {
    const since = deployment.aws.calls.length;
    await deployment.stack.apply();
    return deployment.aws
      .mutations(since)
      .filter(({ operation }) =>
        /AutoScalingGroup|InstanceRefresh|TemplateVersion/.test(operation),
      );
  };
  const operations = (calls: readonly ApiCall[]) => calls.map(({ operation }) => operation);

  const imagesOf = (name: string) => imagesOfGroup(deployment.aws, name);

  const refreshStatus = async (name: string): Promise<string> => {
    const document = await deployment.aws.client.query('autoscaling', 'DescribeInstanceRefreshes', {
      AutoScalingGroupName: name,
    });
    const path = ['DescribeInstanceRefreshesResult', 'InstanceRefreshes'] as const;
    return textAt(childrenAt(document, ...path)[0], 'Status');
  };

  it(
    'makes groups with every setting, plans nothing more, and removes all of it',
    async () => {
      write({ wide: WIDE, mixed: MIXED, spot: SPOT_ONLY }, { drained: true });
      await deployment.stack.apply();
      expect(await deployment.stack.plan()).toEqual([]);
      await deployment.stack.destroy();
      expect(await deployment.aws.inventory()).toEqual(untouched);
      const queues = await deployment.aws.client.query('sqs', 'ListQueues');
      expect(childrenAt(queues, 'ListQueuesResult')).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'leaves the nodes alone when anything but their template, types or a trigger changes',
    async () => {
      write({ nodes: PLAIN });
      await deployment.stack.apply();
      const { instanceRefresh: _refresh, ...rest } = WIDE;
      write({ nodes: { ...rest, forceDelete: true } }, { drained: true });
      expect(operations(await applied())).toEqual(['UpdateAutoScalingGroup']);
      write({ nodes: WIDE }, { drained: true });
      expect(operations(await applied())).toEqual(['UpdateAutoScalingGroup']);
      write({ nodes: { ...WIDE, clusterAutoscaler: false } }, { drained: true });
      expect(operations(await applied())).toEqual([
        'UpdateAutoScalingGroup',
        'StartInstanceRefresh',
      ]);
    },
    LIMIT_MS,
  );

  it(
    'never plans the number of nodes that somebody else has set, unless one is asked for',
    async () => {
      write({ nodes: PLAIN });
      await deployment.stack.apply();
      await deployment.aws.client.query('autoscaling', 'SetDesiredCapacity', {
        AutoScalingGroupName: 'nodes',
        DesiredCapacity: 4,
      });
      expect(await deployment.stack.plan()).toEqual([]);
      write({ nodes: { ...PLAIN, desiredSize: 2 } });
      const [change] = await deployment.stack.plan();
      expect([change?.before?.['desired_capacity'], change?.after?.['desired_capacity']]).toEqual([
        4, 2,
      ]);
      await deployment.stack.apply();
    },
    LIMIT_MS,
  );

  it(
    'changes the template of the group before it starts the refresh, so that only an apply goes back',
    async () => {
      write({ nodes: ROLLED_BACK });
      await deployment.stack.apply();
      write({ nodes: ROLLED_BACK }, { amiId: images[1] });
      deployment.aws.failNextInstanceRefresh('an alarm went off');
      const calls = await applied();
      expect(operations(calls)).toEqual([
        'CreateLaunchTemplateVersion',
        'UpdateAutoScalingGroup',
        'StartInstanceRefresh',
      ]);
      const [version, update, start] = calls.map(({ parameters }) => parameters);
      expect(version?.['LaunchTemplateData.ImageId']).toBe(images[1]);
      const asked = update?.['LaunchTemplate.Version'];
      expect(start).toMatchObject({
        'DesiredConfiguration.LaunchTemplate.Version': asked,
        'Preferences.AutoRollback': 'true',
      });
      const states = [
        await refreshStatus('nodes'),
        await refreshStatus('nodes'),
        await refreshStatus('nodes'),
      ];
      expect(states).toEqual(['InProgress', 'RollbackInProgress', 'RollbackSuccessful']);
      expect(await imagesOf('nodes')).toEqual([images[1], images[1]]);
      expect(await deployment.stack.plan()).toEqual([]);

      // The way back is an apply.
      write({ nodes: ROLLED_BACK });
      const changes = await deployment.stack.plan();
      expect(changes.map(({ type, actions }) => [type, ...actions])).toEqual([
        ['aws_autoscaling_group', 'update'],
        ['aws_launch_template', 'update'],
      ]);
      const template = changes.find(({ type }) => type === 'aws_launch_template');
      expect([template?.before?.['image_id'], template?.after?.['image_id']]).toEqual([
        images[1],
        images[0],
      ]);
      await deployment.stack.apply();
      expect([await refreshStatus('nodes'), await refreshStatus('nodes')]).toEqual([
        'InProgress',
        'Successful',
      ]);
      expect(await imagesOf('nodes')).toEqual([images[0], images[0]]);
    },
    LIMIT_MS,
  );

  it(
    'starts no refresh with instanceRefresh none; nodes that come later are of the new AMI',
    async () => {
      const scaling: NodeScaling = { ...PLAIN, instanceRefresh: 'none' };
      write({ nodes: scaling });
      await deployment.stack.apply();
      const before = await imagesOf('nodes');
      write({ nodes: scaling }, { amiId: before[0] === images[0] ? images[1] : images[0] });
      expect(operations(await applied())).toEqual([
        'CreateLaunchTemplateVersion',
        'UpdateAutoScalingGroup',
      ]);
      expect(await imagesOf('nodes')).toEqual(before);
      expect(await deployment.stack.plan()).toEqual([]);
    },
    LIMIT_MS,
  );
});
