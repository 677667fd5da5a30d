import { describe, expect, it } from '@jest/globals';
import { addressOf, synthesizeEnvironment } from '../../stacks/synthesized-environment';
import { type Change, problemsOf, withChanges } from '../full-environment';

const withKey = (key: string): Change => ['      maxSize: 5\n', `      maxSize: 5\n      ${key}\n`];

const group = (key: string) =>
  synthesizeEnvironment(withKey(key)).nodes.resource('aws_autoscaling_group');

describe('the scaling of a group in an environment file', () => {
  it.each<readonly [string, object]>([
    [
      'instanceRefresh: { checkpointPercentages: [25, 100], autoRollback: false }',
      {
        instance_refresh: {
          preferences: { checkpoint_percentages: [25, 100], auto_rollback: false },
        },
      },
    ],
    ['terminationPolicies: [OldestInstance]', { termination_policies: ['OldestInstance'] }],
    ['suspendedProcesses: [AZRebalance]', { suspended_processes: ['AZRebalance'] }],
    ['maxInstanceLifetimeSeconds: 604800', { max_instance_lifetime: 604_800 }],
    ['protectFromScaleIn: true', { protect_from_scale_in: true }],
    ['capacityRebalance: true', { capacity_rebalance: true }],
    ['desiredSize: 3', { desired_capacity: 3 }],
    [
      'instanceRefresh: { alarms: [web-errors], triggers: [tag] }',
      {
        instance_refresh: {
          preferences: { alarm_specification: { alarms: ['web-errors'] } },
          triggers: ['tag'],
        },
      },
    ],
    [
      'instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0, spotMaxPrice: "0.25" }',
      {
        mixed_instances_policy: {
          instances_distribution: {
            on_demand_percentage_above_base_capacity: 0,
            spot_max_price: '0.25',
          },
          launch_template: { override: [{ instance_type: 'm7i.xlarge' }] },
        },
      },
    ],
    [
      'weightedCapacities: { m7i.xlarge: 2 }',
      {
        mixed_instances_policy: {
          launch_template: { override: [{ instance_type: 'm7i.xlarge', weighted_capacity: '2' }] },
        },
      },
    ],
    [
      'warmPool: { minSize: 1, reuseOnScaleIn: true }',
      { warm_pool: { min_size: 1, instance_reuse_policy: { reuse_on_scale_in: true } } },
    ],
    [
      'clusterAutoscaler: true',
      {
        tag: expect.arrayContaining([
          {
            key: 'k8s.io/cluster-autoscaler/node-template/taint/os',
            value: 'windows:NoSchedule',
            propagate_at_launch: false,
          },
        ]),
      },
    ],
    ['defaultCooldownSeconds: 60', { default_cooldown: 60 }],
    ['healthCheckGracePeriodSeconds: 60', { health_check_grace_period: 60 }],
    ['defaultInstanceWarmupSeconds: 60', { default_instance_warmup: 60 }],
    ['waitForCapacityTimeoutSeconds: 0', { wait_for_capacity_timeout: '0s' }],
    ['forceDelete: true', { force_delete: true }],
    ['groupMetrics: true', { enabled_metrics: expect.arrayContaining(['GroupMaxSize']) }],
  ])('reaches the Auto Scaling group: %s', (key, expected) => {
    expect(group(key)).toMatchObject(expected);
  });

  it('starts no instance refresh with none', () => {
    expect(Object.keys(group('instanceRefresh: none'))).not.toContain('instance_refresh');
  });

  it('makes a life-cycle hook', () => {
    const hook =
      '{ name: boot, lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", heartbeatTimeoutSeconds: 600 }';
    const { nodes } = synthesizeEnvironment(withKey(`lifecycleHooks: [${hook}]`));
    const address = addressOf(nodes, 'aws_autoscaling_group', 'Group-apps_AutoScalingGroup');
    expect(nodes.resource('aws_autoscaling_lifecycle_hook')).toEqual({
      autoscaling_group_name: `\${${address}.name}`,
      name: 'boot',
      lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      heartbeat_timeout: 600,
    });
  });

  it.each([
    ['desiredSize: 6', 'e.yaml:27:20  `nodes.groups[0].desiredSize` desired-above-max: 6'],
    [
      'instanceRefresh: never',
      'e.yaml:27:24  `nodes.groups[0].instanceRefresh` alternative: "never"',
    ],
    [
      'instanceRefresh: { minHealthyPercentage: 50, maxHealthyPercentage: 160 }',
      'e.yaml:27:74  `nodes.groups[0].instanceRefresh.maxHealthyPercentage` healthy-span: 160',
    ],
    [
      'instanceRefresh: { checkpointPercentages: [50, 20] }',
      'e.yaml:27:54  `nodes.groups[0].instanceRefresh.checkpointPercentages[1]` checkpoint-order: 20',
    ],
    [
      'instanceRefresh: { alarms: [a, a] }',
      'e.yaml:27:38  `nodes.groups[0].instanceRefresh.alarms[1]` unique: "a"',
    ],
    [
      'instancesDistribution: { spotInstancePools: 2 }',
      'e.yaml:27:51  `nodes.groups[0].instancesDistribution.spotInstancePools` spot-pools: 2',
    ],
    [
      'weightedCapacities: { m7i.xlarge: 1, m7i.2xlarge: 2 }',
      'e.yaml:27:57  `nodes.groups[0].weightedCapacities["m7i.2xlarge"]` weight-without-type: 2',
    ],
    [
      'warmPool: { minSize: 2, maxGroupPreparedCapacity: 1 }',
      'e.yaml:27:57  `nodes.groups[0].warmPool.maxGroupPreparedCapacity` warm-pool-capacity: 1',
    ],
    [
      'warmPool: { poolState: Hibernated }',
      'e.yaml:27:30  `nodes.groups[0].warmPool.poolState` one-of: "Hibernated"',
    ],
    [
      'clusterAutoscaler: { resources: { gpu: many } }',
      'e.yaml:27:46  `nodes.groups[0].clusterAutoscaler.resources.gpu` kubernetes-quantity: "many"',
    ],
    [
      'lifecycleHooks: [{ name: boot, lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", roleArn: "arn:aws:iam::111122223333:role/a" }]',
      'e.yaml:27:24  `nodes.groups[0].lifecycleHooks[0].notificationTargetArn` hook-target-without-role: nothing',
    ],
    [
      'maxInstanceLifetimeSeconds: 60',
      'e.yaml:27:35  `nodes.groups[0].maxInstanceLifetimeSeconds` integer-range: 60',
    ],
    [
      'instanceRefresh: { minHealthyPercentage: 101 }',
      'e.yaml:27:48  `nodes.groups[0].instanceRefresh.minHealthyPercentage` integer-range: 101',
    ],
    [
      'suspendedProcesses: [Launch]',
      'e.yaml:27:28  `nodes.groups[0].suspendedProcesses[0]` one-of: "Launch"',
    ],
  ])('is checked with its place in the file: %s', (key, problem) => {
    expect(problemsOf(withChanges(withKey(key)))).toEqual([problem]);
  });
});
