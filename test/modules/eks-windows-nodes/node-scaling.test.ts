import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../../modules/core';
import {
  buildNodeScaling,
  checkNodeScaling,
  type NodeScaling,
} from '../../../modules/eks-windows-nodes';

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
    [
      { instanceRefresh: { autoRollback: false } },
      { instanceRefresh: { preferences: { autoRollback: false } } },
    ],
  ])('writes %j', (scaling, expected) => {
    expect(build(scaling)).toMatchObject(expected);
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
    [
      { instanceRefresh: { minHealthyPercentage: 101 } },
      ['`instanceRefresh.minHealthyPercentage` must be an integer between 0 and 100, got: 101'],
    ],
  ])('says of %j: %j', (scaling, expected) => {
    expect(problems(scaling)).toEqual(expected);
  });
});
