import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import type { NodeScaling } from '../../../../modules/eks-windows-nodes';
import {
  buildNodeScaling,
  checkNodeScaling,
} from '../../../../modules/eks-windows-nodes/group/node-scaling';
import { Template } from '../../../support/template';

const SMALLEST: NodeScaling = { instanceTypes: ['m7i.xlarge'], minSize: 1, maxSize: 4 };
const TEMPLATE = { id: 'lt-0123456789abcdef0', latestVersion: '3' };

const build = (scaling: Partial<NodeScaling> = {}) =>
  buildNodeScaling({ ...SMALLEST, ...scaling }, TEMPLATE);
const problems = (scaling: Partial<NodeScaling>): string[] =>
  checkNodeScaling({ ...SMALLEST, ...scaling }).map(formatProblem);

describe('buildNodeScaling', () => {
  it('leaves to AWS what is not asked for', () => {
    expect(Object.keys(build()).sort()).toEqual([
      'instanceRefresh',
      'launchTemplate',
      'maxSize',
      'minSize',
    ]);
  });

  it.each<readonly [Partial<NodeScaling>, object]>([
    [
      { terminationPolicies: ['OldestLaunchTemplate', 'Default'] },
      { terminationPolicies: ['OldestLaunchTemplate', 'Default'] },
    ],
    [
      { suspendedProcesses: ['ScheduledActions', 'AZRebalance'] },
      { suspendedProcesses: ['AZRebalance', 'ScheduledActions'] },
    ],
    [{ maxInstanceLifetimeSeconds: 604_800 }, { maxInstanceLifetime: 604_800 }],
    [{ protectFromScaleIn: true }, { protectFromScaleIn: true }],
    [{ capacityRebalance: true }, { capacityRebalance: true }],
    [{ desiredSize: 2 }, { desiredCapacity: 2 }],
    [{ warmPool: { minSize: 1 } }, { warmPool: { poolState: 'Stopped', minSize: 1 } }],
    [{ defaultCooldownSeconds: 0 }, { defaultCooldown: 0 }],
    [{ healthCheckGracePeriodSeconds: 600 }, { healthCheckGracePeriod: 600 }],
    [{ defaultInstanceWarmupSeconds: 60 }, { defaultInstanceWarmup: 60 }],
    [{ waitForCapacityTimeoutSeconds: 0 }, { waitForCapacityTimeout: '0s' }],
    [{ forceDelete: true }, { forceDelete: true }],
    [
      { instanceRefresh: { autoRollback: false } },
      { instanceRefresh: { preferences: { autoRollback: false } } },
    ],
  ])('writes %j', (scaling, expected) => {
    expect(build(scaling)).toMatchObject(expected);
  });

  it('says nothing about a refresh with none', () => {
    expect(Object.keys(build({ instanceRefresh: 'none' }))).not.toContain('instanceRefresh');
  });

  it('writes a duration that only Terraform knows as an expression', () => {
    const template = Template.of((stack) => {
      const { numberValue } = new TerraformVariable(stack, 'seconds', { type: 'number' });
      const scaling = build({ waitForCapacityTimeoutSeconds: numberValue });
      new AutoscalingGroup(stack, 'Group', scaling);
    });
    const group = template.resource('aws_autoscaling_group');
    expect(group['wait_for_capacity_timeout']).toBe('${var.seconds}s');
  });

  it('sends all metrics of the group, or none', () => {
    expect(build({ groupMetrics: true }).enabledMetrics).toHaveLength(8);
    expect(build({ groupMetrics: false }).enabledMetrics).toBeUndefined();
  });
});

describe('checkNodeScaling', () => {
  it.each<readonly [Partial<NodeScaling>, string[]]>([
    [{ maxInstanceLifetimeSeconds: 86_400 }, []],
    [{ maxInstanceLifetimeSeconds: 31_536_000 }, []],
    [
      { maxInstanceLifetimeSeconds: 86_399 },
      ['`maxInstanceLifetimeSeconds` must be an integer between 86400 and 31536000, got: 86399'],
    ],
    [
      { terminationPolicies: ['Oldest' as never] },
      [
        '`terminationPolicies[0]` must be one of "Default", "AllocationStrategy", "OldestLaunchTemplate", "ClosestToNextInstanceHour", "NewestInstance", "OldestInstance", got: "Oldest"',
      ],
    ],
    [
      { suspendedProcesses: ['AZRebalance', 'AZRebalance'] },
      ['`suspendedProcesses[1]` must be named once, got: "AZRebalance"; remove the repetition'],
    ],
    [
      { suspendedProcesses: ['Launch' as never] },
      [
        '`suspendedProcesses[0]` must be one of "AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "ReplaceUnhealthy", "ScheduledActions", got: "Launch"',
      ],
    ],
    [{ desiredSize: 1 }, []],
    [{ desiredSize: 4 }, []],
    [{ desiredSize: 0 }, ['`desiredSize` must be at least `minSize` (1), got: 0']],
    [{ desiredSize: 5 }, ['`desiredSize` must be at most `maxSize` (4), got: 5']],
    [{ desiredSize: 5001 }, ['`desiredSize` must be an integer between 0 and 5000, got: 5001']],
    [
      { minSize: 5, desiredSize: 9 },
      ['`minSize` must be at most `maxSize` (4), got: 5; lower it, or raise `maxSize`'],
    ],
    [
      { defaultCooldownSeconds: -1 },
      ['`defaultCooldownSeconds` must be an integer of at least 0, got: -1'],
    ],
    [
      { healthCheckGracePeriodSeconds: 7201 },
      ['`healthCheckGracePeriodSeconds` must be an integer between 0 and 7200, got: 7201'],
    ],
    [
      { defaultInstanceWarmupSeconds: -1 },
      ['`defaultInstanceWarmupSeconds` must be an integer of at least 0, got: -1'],
    ],
    [
      { waitForCapacityTimeoutSeconds: 7201 },
      ['`waitForCapacityTimeoutSeconds` must be an integer between 0 and 7200, got: 7201'],
    ],
    [
      { warmPool: { minSize: -1 } },
      ['`warmPool.minSize` must be an integer between 0 and 5000, got: -1'],
    ],
    [
      { clusterAutoscaler: { resources: { gpu: 'some' } } },
      [
        '`clusterAutoscaler.resources.gpu` must be a Kubernetes quantity such as "14" or 100Gi, got: "some"',
      ],
    ],
    [
      { instanceRefresh: { minHealthyPercentage: 101 } },
      ['`instanceRefresh.minHealthyPercentage` must be an integer between 0 and 100, got: 101'],
    ],
  ])('says of %j: %j', (scaling, expected) => {
    expect(problems(scaling)).toEqual(expected);
  });

  it('takes sizes and times that only Terraform knows', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { numberValue } = new TerraformVariable(stack, 'number', { type: 'number' });
    expect(
      problems({
        desiredSize: numberValue,
        defaultCooldownSeconds: numberValue,
        healthCheckGracePeriodSeconds: numberValue,
        defaultInstanceWarmupSeconds: numberValue,
        waitForCapacityTimeoutSeconds: numberValue,
      }),
    ).toEqual([]);
    expect(problems({ minSize: numberValue, desiredSize: 2 })).toEqual([]);
    expect(problems({ maxSize: numberValue, desiredSize: 5 })).toEqual([]);
  });
});
