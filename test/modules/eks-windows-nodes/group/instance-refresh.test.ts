import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import type { InstanceRefresh } from '../../../../modules/eks-windows-nodes';
import {
  buildInstanceRefresh,
  checkInstanceRefresh,
} from '../../../../modules/eks-windows-nodes/group/instance-refresh';

const problems = (refresh: InstanceRefresh): string[] =>
  checkInstanceRefresh(['instanceRefresh'], refresh).map(formatProblem);

describe('buildInstanceRefresh', () => {
  it('starts a new node before it takes an old one, and leaves what has failed as it is', () => {
    expect(buildInstanceRefresh()).toEqual({
      strategy: 'Rolling',
      preferences: {
        minHealthyPercentage: 100,
        maxHealthyPercentage: 110,
        instanceWarmup: '300',
        autoRollback: false,
        skipMatching: true,
      },
    });
  });

  it('takes every preference', () => {
    const refresh = {
      minHealthyPercentage: 50,
      maxHealthyPercentage: 150,
      instanceWarmupSeconds: 600,
      checkpointPercentages: [20, 100],
      checkpointDelaySeconds: 900,
      autoRollback: false,
      skipMatching: false,
      scaleInProtectedInstances: 'Refresh',
      standbyInstances: 'Terminate',
      alarms: ['web-errors'],
      triggers: ['vpc_zone_identifier', 'tag'],
    } as const;
    const built = buildInstanceRefresh(refresh);
    expect(built?.triggers).toEqual(['tag', 'vpc_zone_identifier']);
    expect(built?.preferences).toEqual({
      minHealthyPercentage: 50,
      maxHealthyPercentage: 150,
      instanceWarmup: '600',
      checkpointPercentages: [20, 100],
      checkpointDelay: '900',
      autoRollback: false,
      skipMatching: false,
      scaleInProtectedInstances: 'Refresh',
      standbyInstances: 'Terminate',
      alarmSpecification: { alarms: ['web-errors'] },
    });
  });

  it('is left out with none', () => {
    expect(buildInstanceRefresh('none')).toBeUndefined();
    expect(checkInstanceRefresh([], 'none')).toEqual([]);
  });
});

describe('checkInstanceRefresh', () => {
  it.each<InstanceRefresh>([
    {},
    { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
    { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
    { instanceWarmupSeconds: 0, checkpointDelaySeconds: 172_800 },
    { checkpointPercentages: [1, 50, 100] },
    { scaleInProtectedInstances: 'Wait', standbyInstances: 'Wait' },
  ])('takes %j', (refresh) => {
    expect(problems(refresh)).toEqual([]);
  });

  it.each<readonly [InstanceRefresh, string]>([
    [
      { minHealthyPercentage: -1 },
      '`instanceRefresh.minHealthyPercentage` must be an integer between 0 and 100, got: -1',
    ],
    [
      { maxHealthyPercentage: 99 },
      '`instanceRefresh.maxHealthyPercentage` must be an integer between 100 and 200, got: 99',
    ],
    [
      { minHealthyPercentage: 50, maxHealthyPercentage: 151 },
      '`instanceRefresh.maxHealthyPercentage` must be at most 100 above `minHealthyPercentage` (50), got: 151; lower it, or raise `minHealthyPercentage`',
    ],
    [
      { instanceWarmupSeconds: -1 },
      '`instanceRefresh.instanceWarmupSeconds` must be an integer of at least 0, got: -1',
    ],
    [
      { checkpointPercentages: [0] },
      '`instanceRefresh.checkpointPercentages[0]` must be an integer between 1 and 100, got: 0',
    ],
    [
      { checkpointPercentages: [50, 50] },
      '`instanceRefresh.checkpointPercentages[1]` must be above the one before it (50), got: 50',
    ],
    [
      { checkpointDelaySeconds: 172_801 },
      '`instanceRefresh.checkpointDelaySeconds` must be an integer between 0 and 172800, got: 172801',
    ],
    [
      { scaleInProtectedInstances: 'Terminate' as never },
      '`instanceRefresh.scaleInProtectedInstances` must be one of "Refresh", "Ignore", "Wait", got: "Terminate"',
    ],
    [{ alarms: [] }, '`instanceRefresh.alarms` must have between 1 and 10 items, got: 0'],
    [
      { alarms: ['errors', 'errors'] },
      '`instanceRefresh.alarms[1]` must be named once, got: "errors"; remove the repetition',
    ],
    [
      { alarms: ['a\nb'] },
      '`instanceRefresh.alarms[0]` must be the name of a CloudWatch alarm: 1 to 255 characters, got: "a\\nb"',
    ],
    [
      { triggers: ['launch_template' as never] },
      '`instanceRefresh.triggers[0]` must be one of "tag", "vpc_zone_identifier", "protect_from_scale_in", got: "launch_template"',
    ],
    [
      { triggers: ['tag', 'tag'] },
      '`instanceRefresh.triggers[1]` must be named once, got: "tag"; remove the repetition',
    ],
    [
      { standbyInstances: 'Refresh' as never },
      '`instanceRefresh.standbyInstances` must be one of "Terminate", "Ignore", "Wait", got: "Refresh"',
    ],
  ])('refuses %j', (refresh, problem) => {
    expect(problems(refresh)).toEqual([problem]);
  });

  it('takes what only Terraform knows', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { numberValue, stringValue } = new TerraformVariable(stack, 'number', {});
    expect(
      problems({
        minHealthyPercentage: numberValue,
        maxHealthyPercentage: numberValue,
        instanceWarmupSeconds: numberValue,
        checkpointPercentages: [10, numberValue, 20],
        checkpointDelaySeconds: numberValue,
        alarms: [stringValue],
      }),
    ).toEqual([]);
  });
});
