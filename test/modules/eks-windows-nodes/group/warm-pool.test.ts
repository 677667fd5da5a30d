import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { formatProblem } from '../../../../modules/core';
import type { InstanceChoice, WarmPool } from '../../../../modules/eks-windows-nodes';
import {
  buildWarmPool,
  checkPooledTypes,
  warmPool,
} from '../../../../modules/eks-windows-nodes/group/warm-pool';

const ONE_TYPE: InstanceChoice = { instanceTypes: ['m7i.xlarge'] };

const problems = (pool: WarmPool, choice: InstanceChoice = ONE_TYPE): string[] =>
  [...warmPool.check(['warmPool'], pool), ...checkPooledTypes(['warmPool'], pool, choice)].map(
    formatProblem,
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
    [
      { poolState: 'Started' as never },
      ['`warmPool.poolState` must be one of "Stopped", "Running", got: "Started"'],
    ],
    [{ minSize: 5001 }, ['`warmPool.minSize` must be an integer between 0 and 5000, got: 5001']],
    [
      { maxGroupPreparedCapacity: -1 },
      ['`warmPool.maxGroupPreparedCapacity` must be an integer between 0 and 5000, got: -1'],
    ],
    [
      { minSize: 3, maxGroupPreparedCapacity: 2 },
      ['`warmPool.maxGroupPreparedCapacity` must be at least `minSize` of the pool (3), got: 2'],
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
      '`warmPool` must be left out of a group with several types, `instancesDistribution` or `weightedCapacities`, got: {"minSize":1}; AWS refuses it there; make a group of one type for it',
    ]);
  });

  it('takes numbers that only Terraform knows', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { numberValue } = new TerraformVariable(stack, 'number', { type: 'number' });
    expect(problems({ minSize: numberValue, maxGroupPreparedCapacity: 1 })).toEqual([]);
    expect(problems({ minSize: 1, maxGroupPreparedCapacity: numberValue })).toEqual([]);
  });
});
