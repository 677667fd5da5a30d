import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import {
  PARALLEL_LAUNCHES_QUOTA,
  parallelLaunchesWarning,
} from '../../../modules/fast-launch/fast-launch-settings';

describe('parallelLaunchesWarning', () => {
  it.each([6, 20])('says nothing of %i launches, which fit twice into the quota', (launches) => {
    expect(parallelLaunchesWarning(launches)).toBeUndefined();
  });

  it.each([21, 40])('tells of the time when two AMIs have %i launches each', (launches) => {
    expect(parallelLaunchesWarning(launches)).toBe(
      `maxParallelLaunches is ${launches}, twice that while the AMI changes, and a Region has 40 for all AMIs together, unless the quota was raised`,
    );
  });

  it('tells of more launches than a Region has', () => {
    expect(parallelLaunchesWarning(41, 'fastLaunch.maxParallelLaunches')).toBe(
      'fastLaunch.maxParallelLaunches is 41, but a Region has 40 for all AMIs together, unless the quota was raised',
    );
    expect(PARALLEL_LAUNCHES_QUOTA).toBe(40);
  });

  it('leaves a number alone that only Terraform knows', () => {
    expect(parallelLaunchesWarning(Token.asNumber({ resolve: () => 41 }))).toBeUndefined();
  });
});
