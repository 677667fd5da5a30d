import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf, withChanges } from '../app/full-environment';
import { synthesizeEnvironment, WITHOUT_FAST_LAUNCH } from './synthesized-environment';

const PRICE: Change = ['maxParallelLaunches: 6', 'snapshotPricePerGiBMonth: 0.041'];

/** The output of the nodes' stack, up to what else is billed. */
function costOf(...changes: readonly Change[]): string | undefined {
  const { nodes } = synthesizeEnvironment(...changes);
  const output = nodes.part('output')['fast_launch_cost'] as { value: string } | undefined;
  return output?.value.split('; also billed: ')[0];
}

describe('the cost of Fast Launch in the plan', () => {
  it.each<readonly [string, readonly Change[]]>([
    [
      '3 snapshots of up to 100 GiB in us-east-1: at most about 15 USD a month (0.05 per GiB-month in 2026-09)',
      [['targetResourceCount: 5', 'targetResourceCount: 3']],
    ],
    [
      '5 snapshots of up to 150 GiB in us-east-1: at most about 38 USD a month (0.05 per GiB-month in 2026-09)',
      [['rootVolumeGiB: 100', 'rootVolumeGiB: 150']],
    ],
    [
      '5 snapshots of up to 140 GiB in us-east-1: at most about 35 USD a month (0.05 per GiB-month in 2026-09)',
      [['image:\n', 'image:\n  dataVolumes: [{ deviceName: xvdb, sizeGiB: 40 }]\n']],
    ],
    [
      '5 snapshots of up to 100 GiB in us-east-1: at most about 21 USD a month (0.041 per GiB-month as set)',
      [PRICE],
    ],
    [
      '5 snapshots in us-east-1: at most 0.05 USD a month for each GiB of each snapshot (in 2026-09)',
      [['ami: built', 'ami: { imageId: ami-0123456789abcdef0 }']],
    ],
    [
      '5 snapshots in us-east-1: at most 0.05 USD a month for each GiB of each snapshot (in 2026-09)',
      [['ami: built', 'ami: { builtVersion: 3 }']],
    ],
  ])('is an output: %s', (text, changes) => {
    expect(costOf(...changes)).toBe(text);
  });

  it('names the instances that are set', () => {
    const { nodes } = synthesizeEnvironment([
      'maxParallelLaunches: 6',
      'maxParallelLaunches: 9, instanceType: c7i.large',
    ]);
    expect(nodes.part('output')['fast_launch_cost']).toEqual({
      value: expect.stringContaining(
        'also billed: c7i.large instances that prepare them, up to 9 at once',
      ),
    });
  });

  it('is no output without Fast Launch', () => {
    expect(costOf(WITHOUT_FAST_LAUNCH)).toBeUndefined();
  });

  it('is all that a price changes', () => {
    const parts = (...changes: readonly Change[]) => {
      const { nodes } = synthesizeEnvironment(...changes);
      return { resources: nodes.part('resource'), data: nodes.part('data') };
    };
    expect(parts(PRICE)).toEqual(parts());
  });

  it.each([
    ['5', 'snapshot-price: 5'],
    ['0', 'snapshot-price: 0'],
    ['"0.05"', 'wrong-type: "0.05"'],
  ])('refuses a price of %s in the file', (price, message) => {
    const text = withChanges(['maxParallelLaunches: 6', `snapshotPricePerGiBMonth: ${price}`]);
    expect(problemsOf(text)).toEqual([
      `e.yaml:18:65  \`fastLaunch.snapshotPricePerGiBMonth\` ${message}`,
    ]);
  });
});
