import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import type { ImageGcThresholds } from '../../../../modules/eks-windows-nodes';
import {
  buildImageGcArguments,
  imageGcThresholds,
} from '../../../../modules/eks-windows-nodes/bootstrap/image-gc-thresholds';
import { outline } from '../../../support/problem';

const problemsOf = (thresholds: ImageGcThresholds): string[] =>
  imageGcThresholds.check(['imageGcThresholds'], thresholds).map(outline);

describe('the thresholds of image garbage collection', () => {
  it('become the two flags of the kubelet', () => {
    expect(buildImageGcArguments({ highPercent: 95, lowPercent: 90 })).toEqual({
      'image-gc-high-threshold': '95',
      'image-gc-low-threshold': '90',
    });
  });

  it.each([
    { highPercent: 100, lowPercent: 99 },
    { highPercent: 2, lowPercent: 1 },
    { highPercent: Token.asNumber('${local.high}'), lowPercent: 90 },
    { highPercent: 95, lowPercent: Token.asNumber('${local.low}') },
  ])('may be $highPercent and $lowPercent', (thresholds) => {
    expect(problemsOf(thresholds)).toEqual([]);
  });

  it('are whole per cents', () => {
    expect(problemsOf({ highPercent: 101, lowPercent: 0.5 })).toEqual([
      '`imageGcThresholds.highPercent` integer-range: 101',
      '`imageGcThresholds.lowPercent` integer-range: 0.5',
    ]);
  });

  it.each([80, 85])('refuse a lower end of %i for an upper end of 80', (lowPercent) => {
    expect(problemsOf({ highPercent: 80, lowPercent })).toEqual([
      `\`imageGcThresholds.lowPercent\` gc-threshold-order: ${lowPercent}`,
    ]);
  });
});
