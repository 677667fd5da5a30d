import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import type { EvictionThresholds, ReservedResources } from '../../../../modules/eks-windows-nodes';
import {
  evictionThresholds,
  renderResources,
  reservedResources,
} from '../../../../modules/eks-windows-nodes/bootstrap/reserved-resources';
import { outline } from '../../../support/problem';

const reservedProblems = (reserved: ReservedResources): string[] =>
  reservedResources.check(['kubeReserved'], reserved).map(outline);

const evictionProblems = (thresholds: EvictionThresholds): string[] =>
  evictionThresholds.check(['evictionHard'], thresholds).map(outline);

describe('reserved resources', () => {
  it.each<ReservedResources>([
    {},
    { cpu: '200m' },
    { cpu: '1' },
    { cpu: '0.5' },
    { cpu: '0.001' },
    { memory: '500Mi' },
    { memory: '2Gi' },
    { memory: '1.5Gi' },
    { memory: '2147483648' },
    { memory: '2G' },
    { memory: '10k' },
    { 'ephemeral-storage': '10Gi' },
    { cpu: undefined, memory: Token.asString({ resolve: () => 'x' }) },
  ])('may be %j', (reserved) => {
    expect(reservedProblems(reserved)).toEqual([]);
  });

  it.each(['0', '0m', '0.0', '', '1.5m', '-1', '1 ', '200M', '1e3', 'half', '.5'])(
    'do not have %j as processors',
    (cpu) => {
      expect(reservedProblems({ cpu })).toEqual([
        `\`kubeReserved.cpu\` cpu-quantity: ${JSON.stringify(cpu)}`,
      ]);
    },
  );

  it.each(['0', '0Gi', '', '2GB', '2gi', '2 Gi', '10%', '200m', 'Gi'])(
    'do not have %j as memory',
    (memory) => {
      expect(reservedProblems({ memory })).toEqual([
        `\`kubeReserved.memory\` byte-quantity: ${JSON.stringify(memory)}`,
      ]);
    },
  );

  it('are none that Kubernetes does not have', () => {
    expect(reservedProblems({ pid: '100' } as ReservedResources)).toEqual([
      '`kubeReserved.pid` one-of: "pid"',
    ]);
  });

  it('are written in one order, without those that are not given', () => {
    const one = { memory: '2Gi', 'ephemeral-storage': undefined, cpu: '1' };
    expect(renderResources(one, '=')).toBe('cpu=1,memory=2Gi');
    expect(renderResources(undefined, '=')).toBe('');
  });
});

describe('eviction thresholds', () => {
  it.each<EvictionThresholds>([
    { 'memory.available': '500Mi' },
    { 'nodefs.available': '10%' },
    { 'imagefs.available': '0.5%' },
    { 'imagefs.available': '99%' },
  ])('may be %j', (thresholds) => {
    expect(evictionProblems(thresholds)).toEqual([]);
  });

  it.each(['0', '0%', '0.0%', '100%', '-5%', '', '5 %', '500MB'])('are not %j', (value) => {
    expect(evictionProblems({ 'nodefs.available': value })).toEqual([
      `\`evictionHard["nodefs.available"]\` eviction-threshold: ${JSON.stringify(value)}`,
    ]);
  });

  it('are only those that there are on Windows', () => {
    expect(evictionProblems({ 'nodefs.inodesFree': '5%' } as EvictionThresholds)).toEqual([
      '`evictionHard["nodefs.inodesFree"]` one-of: "nodefs.inodesFree"',
    ]);
  });

  it('are written with the operator of the kubelet', () => {
    const one = { 'nodefs.available': '10%', 'memory.available': '500Mi' };
    expect(renderResources(one, '<')).toBe('memory.available<500Mi,nodefs.available<10%');
  });
});
