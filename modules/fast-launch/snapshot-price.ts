import { Token } from 'cdktf';
import { type Path, type Problem, problem } from '../core';
import { number, setting } from '../settings';

/** What EBS bills for the standard storage of snapshots in a Region, before taxes and discounts. */
export interface SnapshotPrice {
  /** US dollars for a GiB during a month. AWS writes GB and counts GiB. */
  readonly usdPerGiBMonth: number;
  /** The month in which this was the price, such as `2026-09`. AWS may have changed it since. */
  readonly asOf: string;
}

/**
 * Prices by Region, of the usage type `EBS:SnapshotUsage` in AWS's price list. Only those that a
 * public source with a date confirms. No price is better than a wrong one.
 *
 * @see https://aws.amazon.com/ebs/pricing/
 */
export const SNAPSHOT_PRICES: ReadonlyMap<string, SnapshotPrice> = new Map([
  ['ap-northeast-2', { usdPerGiBMonth: 0.05, asOf: '2026-09' }],
  ['ap-southeast-2', { usdPerGiBMonth: 0.055, asOf: '2022-08' }],
  ['eu-central-1', { usdPerGiBMonth: 0.054, asOf: '2026-09' }],
  ['eu-west-1', { usdPerGiBMonth: 0.05, asOf: '2026-06' }],
  ['eu-west-2', { usdPerGiBMonth: 0.053, asOf: '2026-09' }],
  ['us-east-1', { usdPerGiBMonth: 0.05, asOf: '2026-09' }],
  ['us-west-1', { usdPerGiBMonth: 0.055, asOf: '2023-08' }],
  ['us-west-2', { usdPerGiBMonth: 0.05, asOf: '2026-09' }],
]);

/** What a price of one's own may be; no reference. Wide enough for AWS, too narrow for cents. */
const RANGE = { min: 0.001, max: 1 } as const;

/** A price of one's own, in USD per GiB and month. */
function checkSnapshotPrice(path: Path, usdPerGiBMonth: number): Problem[] {
  if (Token.isUnresolved(usdPerGiBMonth)) return [];
  const { min, max } = RANGE;
  if (usdPerGiBMonth >= min && usdPerGiBMonth <= max) return [];
  const rule = `be a price in USD between ${min} and ${max}`;
  const example = SNAPSHOT_PRICES.get('us-east-1')?.usdPerGiBMonth;
  return [
    problem(
      'snapshot-price',
      path,
      rule,
      usdPerGiBMonth,
      `that of us-east-1 is ${example} for a GiB a month`,
    ),
  ];
}

/** What the cost is reckoned from. */
export const SNAPSHOT_PRICE_SETTINGS = {
  /**
   * Your own price of the standard storage of EBS snapshots, in USD per GiB and month, 0.001 to 1.
   * @default - that of {@link SNAPSHOT_PRICES}, if the Region is there
   */
  snapshotPricePerGiBMonth: setting(number(RANGE, checkSnapshotPrice), {
    about:
      'Price of EBS snapshots in USD for a GiB a month, from which the cost is reckoned that summary and plan show',
    change: 'nothing',
    otherwise: 'the public one, for Regions where it is known',
  }),
};
