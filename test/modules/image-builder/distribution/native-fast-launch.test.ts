import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../../../modules/core';
import {
  checkOneFastLaunch,
  type FastLaunchTarget,
} from '../../../../modules/image-builder/distribution/native-fast-launch';

const texts = (...targets: readonly FastLaunchTarget[]) =>
  checkOneFastLaunch(['targets'], targets, 'us-east-1').map(formatProblem);

describe('checkOneFastLaunch', () => {
  it('says which to drop when the AMI of the nodes gets Fast Launch twice', () => {
    const elsewhere = { region: 'eu-west-1', fastLaunch: [{}] };
    expect(texts(elsewhere, { region: 'us-east-1', fastLaunch: [{}] })).toEqual([
      '`targets[1].fastLaunch[0]` must be left out, because the nodes in us-east-1 have Fast ' +
        'Launch for the same AMI, got: "Fast Launch"; drop this one: that of the nodes waits for ' +
        'its snapshots and switches off old AMIs',
    ]);
  });

  it.each<FastLaunchTarget>([
    { region: 'us-east-1' },
    { region: 'us-east-1', fastLaunch: [] },
    { region: 'us-east-1', fastLaunch: [{ accountId: '111122223333' }] },
    { region: 'eu-west-1', fastLaunch: [{}] },
  ])('takes %j, which is about another AMI or none', (target) => {
    expect(texts(target)).toEqual([]);
  });
});
