import { describe, expect, it } from '@jest/globals';
import { synthesizeEnvironment } from '../stacks/synthesized-environment';
import { type Change, problemsOf, withChanges } from './full-environment';

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
    ['groupMetrics: true', { enabled_metrics: expect.arrayContaining(['GroupMaxSize']) }],
  ])('reaches the Auto Scaling group: %s', (key, expected) => {
    expect(group(key)).toMatchObject(expected);
  });

  it.each([
    [
      'maxInstanceLifetimeSeconds: 60',
      'e.yaml:27:35  `nodes.groups[0].maxInstanceLifetimeSeconds` must be an integer between 86400 and 31536000, got: 60',
    ],
    [
      'instanceRefresh: { minHealthyPercentage: 101 }',
      'e.yaml:27:48  `nodes.groups[0].instanceRefresh.minHealthyPercentage` must be an integer between 0 and 100, got: 101',
    ],
    [
      'suspendedProcesses: [Launch]',
      'e.yaml:27:28  `nodes.groups[0].suspendedProcesses[0]` must be one of "AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "ReplaceUnhealthy", "ScheduledActions", got: "Launch"',
    ],
  ])('is checked with its place in the file: %s', (key, problem) => {
    expect(problemsOf(withChanges(withKey(key)))).toEqual([problem]);
  });
});
