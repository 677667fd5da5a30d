import { Token } from 'cdktf';
import { numberText, type Path, type Problem, problem } from '../../core';
import { group, integer, type SettingProps, setting } from '../../settings';

const HIGH = { min: 2, max: 100 };
const LOW = { min: 1, max: 99 };

const IMAGE_GC_SETTINGS = {
  /** Above it the kubelet deletes images, the longest unused first. 2 to 100. */
  highPercent: setting(integer(HIGH), {
    about: 'Above so much of the disk in use, in per cent, the kubelet deletes images',
    required: true,
    change: 'rolls',
  }),
  /** Down to it. 1 to 99, below `highPercent`. */
  lowPercent: setting(integer(LOW), {
    about: 'It deletes until no more than this is in use, in per cent',
    required: true,
    change: 'rolls',
  }),
};

/** When the kubelet deletes container images, in per cent of the node's disk. */
export interface ImageGcThresholds extends SettingProps<typeof IMAGE_GC_SETTINGS> {}

/** Thresholds that the kubelet starts with. */
export const imageGcThresholds = group(IMAGE_GC_SETTINGS, checkOrder);

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

function checkOrder(path: Path, { highPercent, lowPercent }: ImageGcThresholds): Problem[] {
  if (Token.isUnresolved(highPercent) || Token.isUnresolved(lowPercent)) return [];
  // What is out of its own range is reported by itself.
  if (lowPercent < highPercent || lowPercent > LOW.max || highPercent < HIGH.min) return [];
  const at = [...path, 'lowPercent'];
  return [
    problem('gc-threshold-order', at, `be below \`highPercent\` (${highPercent})`, lowPercent),
  ];
}
