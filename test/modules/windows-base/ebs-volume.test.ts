import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { formatProblem } from '../../../modules/core';
import {
  checkNamedVolume,
  checkRootVolumeSpeed,
  type NamedVolume,
  type VolumeLimitsByType,
  type VolumeSpeed,
} from '../../../modules/windows-base/ebs-volume';

const LIMITS = {
  gp3: {
    sizeGiB: { min: 10, max: 20 },
    iops: { min: 100, max: 1000, perGiB: 50, otherwise: 100 },
    throughput: { min: 10, max: 200, perIops: 0.25 },
    boots: true,
  },
  sc1: { sizeGiB: { min: 15, max: 40 }, boots: false },
} as const satisfies VolumeLimitsByType;

type Type = keyof typeof LIMITS;

const root = (sizeGiB: number, speed: VolumeSpeed<Type>) =>
  checkRootVolumeSpeed(['root'], sizeGiB, speed, LIMITS).map(formatProblem);

const named = (volume: Partial<NamedVolume<Type>>) =>
  checkNamedVolume(['v'], { deviceName: 'xvdf', sizeGiB: 15, ...volume }, LIMITS).map(
    formatProblem,
  );

describe('checkRootVolumeSpeed', () => {
  it('follows the limits that it is given', () => {
    expect(root(20, { iops: 1000, throughput: 200 })).toEqual([]);
    expect(root(20, { iops: 1001 })).toEqual([
      '`root.iops` must be an integer between 100 and 1000, got: 1001',
    ]);
    expect(root(10, { iops: 501 })).toEqual([
      '`root.iops` must be at most 500, which is 50 for each of 10 GiB, got: 501',
    ]);
    expect(root(10, { throughput: 26 })).toEqual([
      '`root.throughput` must be at most a quarter of its iops, which are 100, got: 26; raise iops to 104 or more',
    ]);
  });

  it('takes the types that boot', () => {
    expect(root(20, { type: 'sc1' })).toEqual(['`root.type` must be one of "gp3", got: "sc1"']);
  });

  it('lets a volume without iops of its own have what its type has, however small it is', () => {
    expect(root(1, { iops: 100 })).toEqual([]);
  });
});

describe('checkNamedVolume', () => {
  it('follows the limits of the type', () => {
    expect(named({ sizeGiB: 20 })).toEqual([]);
    expect(named({ sizeGiB: 21 })).toEqual([
      '`v.sizeGiB` must be an integer between 10 and 20, got: 21',
    ]);
    expect(named({ type: 'sc1', sizeGiB: 40 })).toEqual([]);
    expect(named({ type: 'sc1', sizeGiB: 14, iops: 100 })).toEqual([
      '`v.sizeGiB` must be an integer between 15 and 40, got: 14',
      '`v.iops` must be left out for a volume of type sc1, got: 100; only gp3, io1 and io2 take it',
    ]);
  });

  it('takes what any type takes when only Terraform knows the type', () => {
    const type = Fn.upper('a') as Type;
    expect(named({ type, sizeGiB: 10, iops: 1 })).toEqual([]);
    expect(named({ type, sizeGiB: 40 })).toEqual([]);
    expect(named({ type, sizeGiB: 41 })).toEqual([
      '`v.sizeGiB` must be an integer between 10 and 40, got: 41',
    ]);
  });
});
