import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { InstanceChoice, WarmPool } from '../../../../modules/eks-windows-nodes';
import {
  buildWarmPool,
  checkPooledTypes,
  warmPool,
} from '../../../../modules/eks-windows-nodes/group/warm-pool';
import { outline } from '../../../support/problem';

const ONE_TYPE: InstanceChoice = { instanceTypes: ['m7i.xlarge'] };

const problems = (pool: WarmPool, choice: InstanceChoice = ONE_TYPE): string[] =>
  [...warmPool.check(['warmPool'], pool), ...checkPooledTypes(['warmPool'], pool, choice)].map(
    outline,
  );

describe('buildWarmPool', () => {
  it('keeps stopped nodes, and as many as the group may still launch', () => {
    expect(buildWarmPool({})).toEqual({ poolState: 'Stopped', minSize: 0 });
  });

  it('takes every setting', () => {
    const pool: WarmPool = {
      poolState: 'Running',
      minSize: 1,
      maxGroupPreparedCapacity: 5,
      reuseOnScaleIn: true,
    };
    expect(buildWarmPool(pool)).toEqual({
      poolState: 'Running',
      minSize: 1,
      maxGroupPreparedCapacity: 5,
      instanceReusePolicy: { reuseOnScaleIn: true },
    });
  });
});

describe('a warm pool', () => {
  it.each<WarmPool>([
    {},
    { poolState: 'Running', minSize: 5000, maxGroupPreparedCapacity: 5000 },
    { maxGroupPreparedCapacity: 0 },
  ])('takes %j', (pool) => {
    expect(problems(pool)).toEqual([]);
  });

  it.each<readonly [WarmPool, string[]]>([
    [{ poolState: 'Started' as never }, ['`warmPool.poolState` one-of: "Started"']],
    [{ minSize: 5001 }, ['`warmPool.minSize` integer-range: 5001']],
    [{ maxGroupPreparedCapacity: -1 }, ['`warmPool.maxGroupPreparedCapacity` integer-range: -1']],
    [
      { minSize: 3, maxGroupPreparedCapacity: 2 },
      ['`warmPool.maxGroupPreparedCapacity` warm-pool-capacity: 2'],
    ],
  ])('says of %j: %j', (pool, expected) => {
    expect(problems(pool)).toEqual(expected);
  });

  it.each<Partial<InstanceChoice>>([
    { instanceTypes: ['m7i.xlarge', 'm6i.xlarge'] },
    { instancesDistribution: {} },
    { weightedCapacities: { 'm7i.xlarge': 1 } },
  ])('refuses a pool beside %j', (choice) => {
    expect(problems({ minSize: 1 }, { ...ONE_TYPE, ...choice })).toEqual([
      '`warmPool` warm-pool-of-mixed-instances: {"minSize":1}',
    ]);
  });

  it('does not take a type that is listed twice for another one', () => {
    const choice = { instanceTypes: ['m7i.xlarge', 'm7i.xlarge'] };
    expect(problems({}, { ...ONE_TYPE, ...choice })).toEqual([]);
  });

  it('takes numbers that only Terraform knows', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { numberValue } = new TerraformVariable(stack, 'number', { type: 'number' });
    expect(problems({ minSize: numberValue, maxGroupPreparedCapacity: 1 })).toEqual([]);
    expect(problems({ minSize: 1, maxGroupPreparedCapacity: numberValue })).toEqual([]);
  });
});
