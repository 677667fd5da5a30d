import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { InstanceRefresh } from '../../../../modules/eks-windows-nodes';
import {
  buildInstanceRefresh,
  checkInstanceRefresh,
} from '../../../../modules/eks-windows-nodes/group/instance-refresh';
import { outline } from '../../../support/problem';

const problems = (refresh: InstanceRefresh): string[] =>
  checkInstanceRefresh(['instanceRefresh'], refresh).map(outline);

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
    [{ minHealthyPercentage: -1 }, '`instanceRefresh.minHealthyPercentage` integer-range: -1'],
    [{ maxHealthyPercentage: 99 }, '`instanceRefresh.maxHealthyPercentage` integer-range: 99'],
    [
      { minHealthyPercentage: 50, maxHealthyPercentage: 151 },
      '`instanceRefresh.maxHealthyPercentage` healthy-span: 151',
    ],
    [{ instanceWarmupSeconds: -1 }, '`instanceRefresh.instanceWarmupSeconds` integer-range: -1'],
    [{ checkpointPercentages: [0] }, '`instanceRefresh.checkpointPercentages[0]` integer-range: 0'],
    [
      { checkpointPercentages: [50, 50] },
      '`instanceRefresh.checkpointPercentages[1]` checkpoint-order: 50',
    ],
    [
      { checkpointDelaySeconds: 172_801 },
      '`instanceRefresh.checkpointDelaySeconds` integer-range: 172801',
    ],
    [
      { scaleInProtectedInstances: 'Terminate' as never },
      '`instanceRefresh.scaleInProtectedInstances` one-of: "Terminate"',
    ],
    [{ alarms: [] }, '`instanceRefresh.alarms` list-length: 0'],
    [{ alarms: ['errors', 'errors'] }, '`instanceRefresh.alarms[1]` unique: "errors"'],
    [{ alarms: ['a\nb'] }, '`instanceRefresh.alarms[0]` alarm-name: "a\\nb"'],
    [
      { triggers: ['launch_template' as never] },
      '`instanceRefresh.triggers[0]` one-of: "launch_template"',
    ],
    [{ triggers: ['tag', 'tag'] }, '`instanceRefresh.triggers[1]` unique: "tag"'],
    [
      { standbyInstances: 'Refresh' as never },
      '`instanceRefresh.standbyInstances` one-of: "Refresh"',
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
