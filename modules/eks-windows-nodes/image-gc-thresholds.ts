import { Token } from 'cdktf';
import { checkInteger, numberText, type Path, type Problem, problem } from '../core';

/** When the kubelet deletes container images, in per cent of the node's disk. */
export interface ImageGcThresholds {
  /** Above it the kubelet deletes images, the longest unused first. 2 to 100. */
  readonly highPercent: number;
  /** Down to it. 1 to 99, below `highPercent`. */
  readonly lowPercent: number;
}

const FLAGS = { highPercent: 'image-gc-high-threshold', lowPercent: 'image-gc-low-threshold' };

/**
 * The thresholds as kubelet flags. The kubelet's own are 85 and 80 per cent: an AMI with cached
 * images begins much nearer to them than one without, and images that are not pinned go first.
 * @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/#container-image-lifecycle
 */
export function imageGcArguments(thresholds: ImageGcThresholds): Readonly<Record<string, string>> {
  const { highPercent, lowPercent } = thresholds;
  return {
    [FLAGS.highPercent]: numberText(highPercent),
    [FLAGS.lowPercent]: numberText(lowPercent),
  };
}

/** Thresholds that the kubelet starts with, and that no kubelet argument sets as well. */
export function checkImageGcThresholds(
  path: Path,
  { highPercent, lowPercent }: ImageGcThresholds,
  kubeletArguments: Readonly<Record<string, string>> = {},
): Problem[] {
  const [high, low] = [
    [...path, 'highPercent'],
    [...path, 'lowPercent'],
  ];
  const problems = [
    ...checkInteger(high, highPercent, { min: 2, max: 100 }),
    ...checkInteger(low, lowPercent, { min: 1, max: 99 }),
    ...checkFlagsElsewhere(path, kubeletArguments),
  ];
  if (problems.length > 0 || Token.isUnresolved(highPercent) || Token.isUnresolved(lowPercent)) {
    return problems;
  }
  if (lowPercent < highPercent) return [];
  return [problem(low, `be below \`highPercent\` (${highPercent})`, lowPercent)];
}

function checkFlagsElsewhere(
  path: Path,
  kubeletArguments: Readonly<Record<string, string>>,
): Problem[] {
  if (Token.isUnresolved(kubeletArguments)) return [];
  const twice = Object.values(FLAGS).filter((flag) => Object.hasOwn(kubeletArguments, flag));
  return twice.map((flag) =>
    problem(path, `be the only place for ${flag}`, flag, 'remove it from `kubeletArguments`'),
  );
}
