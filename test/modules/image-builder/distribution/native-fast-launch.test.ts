import { describe, expect, it } from '@jest/globals';
import {
  checkOneFastLaunch,
  type FastLaunchTarget,
} from '../../../../modules/image-builder/distribution/native-fast-launch';
import { outline } from '../../../support/problem';

const texts = (...targets: readonly FastLaunchTarget[]) =>
  checkOneFastLaunch(['targets'], targets, 'us-east-1').map(outline);

describe('checkOneFastLaunch', () => {
  it('says which to drop when the AMI of the nodes gets Fast Launch twice', () => {
    const elsewhere = { region: 'eu-west-1', fastLaunch: [{}] };
    expect(texts(elsewhere, { region: 'us-east-1', fastLaunch: [{}] })).toEqual([
      '`targets[1].fastLaunch[0]` fast-launch-twice: "Fast Launch"',
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
