import { Token } from 'cdktf';
import { numberText } from '../core';
import type { SettingProps } from '../settings';
import { FAST_LAUNCH_SETTINGS, type FastLaunchSettings } from './fast-launch-settings';
import {
  FAST_LAUNCH_TEMPLATE_SETTINGS,
  type FastLaunchTemplateProps,
} from './fast-launch-template';
import { type SNAPSHOT_PRICE_SETTINGS, SNAPSHOT_PRICES } from './snapshot-price';

/** What the cost of the snapshots of one AMI depends on. */
export interface SnapshotCostInput
  extends Pick<FastLaunchSettings, 'targetResourceCount'>,
    SettingProps<typeof SNAPSHOT_PRICE_SETTINGS> {
  /** The Region of the AMI. */
  readonly region: string;
  /** Size of the AMI's volumes together, in GiB. @default - not known, so that there is no sum */
  readonly volumeGiB?: number | undefined;
}

/** The instances that prepare snapshots. */
export interface PreparationInput
  extends Pick<FastLaunchSettings, 'maxParallelLaunches'>,
    Pick<FastLaunchTemplateProps, 'instanceType'> {}

const DEFAULT_COUNT = FAST_LAUNCH_SETTINGS.targetResourceCount.default;

/**
 * What the snapshots that Fast Launch keeps for one AMI cost at most: US dollars a month, rounded
 * up to whole dollars, and from 100 on to two digits. EBS bills the blocks that are stored, which are
 * fewer than the volume has. The instances that prepare the snapshots come on top.
 *
 * @returns `undefined` when something is missing or only Terraform knows it
 */
export function estimateFastLaunchCost(input: SnapshotCostInput): number | undefined {
  const { targetResourceCount = DEFAULT_COUNT, volumeGiB } = input;
  const price = input.snapshotPricePerGiBMonth ?? SNAPSHOT_PRICES.get(input.region)?.usdPerGiBMonth;
  if (price === undefined || volumeGiB === undefined) return undefined;
  // A number token is a huge negative number: its product would look like a result.
  if ([price, volumeGiB, targetResourceCount].some((one) => Token.isUnresolved(one))) {
    return undefined;
  }
  return roundUp(toMillionths(price) * targetResourceCount * volumeGiB);
}

/**
 * Says in one line what {@link estimateFastLaunchCost} reckons, and from what:
 * `5 snapshots of up to 100 GiB in us-east-1: at most about 25 USD a month (…)`. Without a sum it
 * has the price of a GiB, and without a price it says so. The text depends on the input alone.
 */
export function renderSnapshotCost(input: SnapshotCostInput): string {
  const { region, targetResourceCount = DEFAULT_COUNT, volumeGiB } = input;
  const count = `${numberText(targetResourceCount)} ${targetResourceCount === 1 ? 'snapshot' : 'snapshots'}`;
  const size = volumeGiB === undefined ? '' : ` of up to ${numberText(volumeGiB)} GiB`;
  return `${count}${size} in ${region}: ${renderSum(input)}`;
}

function renderSum(input: SnapshotCostInput): string {
  const { snapshotPricePerGiBMonth: own, region } = input;
  const listed = SNAPSHOT_PRICES.get(region);
  const price = own ?? listed?.usdPerGiBMonth;
  if (price === undefined) return 'no price is known here for this Region';
  const origin = own === undefined ? `in ${listed?.asOf}` : 'as set';
  const sum = estimateFastLaunchCost(input);
  return sum === undefined
    ? `at most ${numberText(price)} USD a month for each GiB of each snapshot (${origin})`
    : `at most about ${groupDigits(sum)} USD a month (${price} per GiB-month ${origin})`;
}

/** Says in one line what else is billed, of which there is no sum: it depends on the launches. */
export function renderPreparationCost(input: PreparationInput): string {
  const { instanceType = FAST_LAUNCH_TEMPLATE_SETTINGS.instanceType.default } = input;
  const { maxParallelLaunches = FAST_LAUNCH_SETTINGS.maxParallelLaunches.default } = input;
  const atOnce = numberText(maxParallelLaunches);
  return `also billed: ${instanceType} instances that prepare them, up to ${atOnce} at once for some minutes, again after each launch; while the AMI changes, the snapshots of both AMIs`;
}

/** Whole numbers, because in fractions 5 x 100 x 0.054 is more than 27. */
const toMillionths = (usd: number): number => Math.round(usd * 1e6);

/** Up, so that "at most" stays true. */
function roundUp(millionths: number): number {
  const wholeDigits = String(Math.floor(millionths / 1e6)).length;
  const step = 10 ** Math.max(0, wholeDigits - 2);
  return Math.ceil(millionths / (step * 1e6)) * step;
}

const groupDigits = (whole: number): string => String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
