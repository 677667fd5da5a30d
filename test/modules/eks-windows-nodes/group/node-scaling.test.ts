import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { NodeScaling } from '../../../../modules/eks-windows-nodes';
import {
  buildNodeScaling,
  checkNodeScaling,
} from '../../../../modules/eks-windows-nodes/group/node-scaling';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';

const SMALLEST: NodeScaling = { instanceTypes: ['m7i.xlarge'], minSize: 1, maxSize: 4 };
const TEMPLATE = { id: 'lt-0123456789abcdef0', latestVersion: '3' };

const build = (scaling: Partial<NodeScaling> = {}) =>
  buildNodeScaling({ ...SMALLEST, ...scaling }, TEMPLATE);
const problems = (scaling: Partial<NodeScaling>): string[] =>
  checkNodeScaling({ ...SMALLEST, ...scaling }).map(outline);

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
    [{ maxInstanceLifetimeSeconds: 86_399 }, ['`maxInstanceLifetimeSeconds` integer-range: 86399']],
    [{ terminationPolicies: ['Oldest' as never] }, ['`terminationPolicies[0]` one-of: "Oldest"']],
    [
      { suspendedProcesses: ['AZRebalance', 'AZRebalance'] },
      ['`suspendedProcesses[1]` unique: "AZRebalance"'],
    ],
    [{ suspendedProcesses: ['Launch' as never] }, ['`suspendedProcesses[0]` one-of: "Launch"']],
    [{ desiredSize: 1 }, []],
    [{ desiredSize: 4 }, []],
    [{ desiredSize: 0 }, ['`desiredSize` desired-below-min: 0']],
    [{ desiredSize: 5 }, ['`desiredSize` desired-above-max: 5']],
    [{ desiredSize: 5001 }, ['`desiredSize` integer-range: 5001']],
    [{ minSize: 5, desiredSize: 9 }, ['`minSize` group-size-order: 5']],
    [{ defaultCooldownSeconds: -1 }, ['`defaultCooldownSeconds` integer-range: -1']],
    [
      { healthCheckGracePeriodSeconds: 7201 },
      ['`healthCheckGracePeriodSeconds` integer-range: 7201'],
    ],
    [{ defaultInstanceWarmupSeconds: -1 }, ['`defaultInstanceWarmupSeconds` integer-range: -1']],
    [
      { waitForCapacityTimeoutSeconds: 7201 },
      ['`waitForCapacityTimeoutSeconds` integer-range: 7201'],
    ],
    [{ warmPool: { minSize: -1 } }, ['`warmPool.minSize` integer-range: -1']],
    [
      { clusterAutoscaler: { resources: { gpu: 'some' } } },
      ['`clusterAutoscaler.resources.gpu` kubernetes-quantity: "some"'],
    ],
    [
      { instanceRefresh: { minHealthyPercentage: 101 } },
      ['`instanceRefresh.minHealthyPercentage` integer-range: 101'],
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
