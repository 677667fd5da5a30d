import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  checkNamedVolume,
  checkRootVolumeSpeed,
  type NamedVolume,
  type VolumeLimitsByType,
  type VolumeSpeed,
} from '../../../modules/windows-base/ebs-volume';
import { adviceOf, outline } from '../../support/problem';

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

const foundInRoot = (sizeGiB: number, speed: VolumeSpeed<Type>) =>
  checkRootVolumeSpeed(['root'], sizeGiB, speed, LIMITS);

const root = (sizeGiB: number, speed: VolumeSpeed<Type>) =>
  foundInRoot(sizeGiB, speed).map(outline);

const foundInNamed = (volume: Partial<NamedVolume<Type>>) =>
  checkNamedVolume(['v'], { deviceName: 'xvdf', sizeGiB: 15, ...volume }, LIMITS);

const named = (volume: Partial<NamedVolume<Type>>) => foundInNamed(volume).map(outline);

describe('checkRootVolumeSpeed', () => {
  it('follows the limits that it is given', () => {
    expect(root(20, { iops: 1000, throughput: 200 })).toEqual([]);
    expect(root(20, { iops: 1001 })).toEqual(['`root.iops` integer-range: 1001']);
    expect(root(10, { iops: 501 })).toEqual(['`root.iops` iops-for-size: 501']);
    expect(root(10, { throughput: 26 })).toEqual(['`root.throughput` throughput-for-iops: 26']);
  });

  it('says of iops out of their range nothing that follows from them', () => {
    expect(root(10, { iops: 99, throughput: 200 })).toEqual(['`root.iops` integer-range: 99']);
    expect(root(10, { throughput: 201 })).toEqual(['`root.throughput` integer-range: 201']);
  });

  it('tells how many iops a throughput needs', () => {
    expect(foundInRoot(10, { throughput: 26 }).map(adviceOf)).toEqual([
      'raise iops to 104 or more',
    ]);
  });

  it('takes the types that boot', () => {
    expect(root(20, { type: 'sc1' })).toEqual(['`root.type` one-of: "sc1"']);
  });

  it('lets a volume without iops of its own have what its type has, however small it is', () => {
    expect(root(1, { iops: 100 })).toEqual([]);
  });
});

describe('checkNamedVolume', () => {
  it('follows the limits of the type', () => {
    expect(named({ sizeGiB: 20 })).toEqual([]);
    expect(named({ sizeGiB: 21 })).toEqual(['`v.sizeGiB` integer-range: 21']);
    expect(named({ type: 'sc1', sizeGiB: 40 })).toEqual([]);
    expect(named({ type: 'sc1', sizeGiB: 14, iops: 100 })).toEqual([
      '`v.sizeGiB` integer-range: 14',
      '`v.iops` volume-key-of-another-type: 100',
    ]);
  });

  it('says of a size out of its range nothing that follows from it', () => {
    expect(named({ sizeGiB: 1, iops: 1000 })).toEqual(['`v.sizeGiB` integer-range: 1']);
  });

  it('names the type that does not have a key, and those that have it', () => {
    const found = foundInNamed({ type: 'sc1', iops: 100, throughput: 10 });
    expect(found.map(({ message }) => message)).toEqual([
      'must be left out for a volume of type sc1, got: 100; only gp3, io1 and io2 take it',
      'must be left out for a volume of type sc1, got: 10; only gp3 takes it',
    ]);
  });

  it('takes what any type takes when only Terraform knows the type', () => {
    const type = Fn.upper('a') as Type;
    expect(named({ type, sizeGiB: 10, iops: 1 })).toEqual([]);
    expect(named({ type, sizeGiB: 40 })).toEqual([]);
    expect(named({ type, sizeGiB: 41 })).toEqual(['`v.sizeGiB` integer-range: 41']);
  });
});
