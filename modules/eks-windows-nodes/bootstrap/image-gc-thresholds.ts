import { Token } from 'cdktf';
import { checkInteger, numberText, type Path, type Problem, problem } from '../../core';

/** When the kubelet deletes container images, in per cent of the node's disk. */
export interface ImageGcThresholds {
  /** Above it the kubelet deletes images, the longest unused first. 2 to 100. */
  readonly highPercent: number;
  /** Down to it. 1 to 99, below `highPercent`. */
  readonly lowPercent: number;
}

/** The limits of {@link ImageGcThresholds}. */
export const IMAGE_GC_THRESHOLDS = {
  highPercent: { min: 2, max: 100 },
  lowPercent: { min: 1, max: 99 },
};

/**
 * The thresholds as kubelet flags. The kubelet's own are 85 and 80 per cent: an AMI with cached
 * images begins much nearer to them than one without, and images that are not pinned go first.
 * @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/#container-image-lifecycle
 */
export function buildImageGcArguments(
  thresholds: ImageGcThresholds,
): Readonly<Record<string, string>> {
  const { highPercent, lowPercent } = thresholds;
  return {
    'image-gc-high-threshold': numberText(highPercent),
    'image-gc-low-threshold': numberText(lowPercent),
  };
}

/** Thresholds that the kubelet starts with. */
export function checkImageGcThresholds(
  path: Path,
  { highPercent, lowPercent }: ImageGcThresholds,
): Problem[] {
  const [high, low] = [
    [...path, 'highPercent'],
    [...path, 'lowPercent'],
  ];
  const problems = [
    ...checkInteger(high, highPercent, IMAGE_GC_THRESHOLDS.highPercent),
    ...checkInteger(low, lowPercent, IMAGE_GC_THRESHOLDS.lowPercent),
  ];
  if (problems.length > 0 || Token.isUnresolved(highPercent) || Token.isUnresolved(lowPercent)) {
    return problems;
  }
  if (lowPercent < highPercent) return [];
  return [
    problem('image-gc-thresholds', low, `be below \`highPercent\` (${highPercent})`, lowPercent),
  ];
}
