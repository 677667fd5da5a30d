import { describe, expect, it } from '@jest/globals';
import { didYouMean } from '../../../app/files/did-you-mean';

describe('didYouMean', () => {
  const known = ['cachedImages', 'buildOnApply', 'ami'];

  it.each([
    ['cachedImage', 'cachedImages'],
    ['chachedImges', 'cachedImages'],
    ['BUILDONAPPLY', 'buildOnApply'],
    ['am', 'ami'],
    ['mai', 'ami'],
    ['aim', 'ami'],
    ['AIM', 'ami'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, known)).toBe(meant);
  });

  it.each(['a', 'images', 'whatever', 'ima', 'mia', ''])('has nothing close to "%s"', (word) => {
    expect(didYouMean(word, known)).toBeUndefined();
  });

  it('has nothing without candidates', () => {
    expect(didYouMean('ami', [])).toBeUndefined();
  });
});
