import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable, Token } from 'cdktf';
import {
  estimateFastLaunchCost,
  renderPreparationCost,
  renderSnapshotCost,
  type SnapshotCostInput,
} from '../../../modules/fast-launch';
import { Template } from '../../support/template';

const USUAL: SnapshotCostInput = { region: 'us-east-1', targetResourceCount: 5, volumeGiB: 100 };

const TOKEN = Token.asNumber('${var.one}');

describe('estimateFastLaunchCost', () => {
  it.each<readonly [number, SnapshotCostInput]>([
    [25, USUAL],
    // Of these 27 the product of the fractions is a little more.
    [27, { ...USUAL, region: 'eu-central-1' }],
    [28, { ...USUAL, region: 'us-west-1' }],
    [25, { region: 'us-east-1', volumeGiB: 100 }],
    [1, { region: 'us-east-1', targetResourceCount: 1, volumeGiB: 1 }],
    // The AMI that was measured: 4 snapshots of 34.6 GB.
    [8, { region: 'us-west-1', targetResourceCount: 4, volumeGiB: 34.6 }],
    [13, { region: 'us-east-1', targetResourceCount: 5, volumeGiB: 50 }],
    [100, { region: 'us-east-1', targetResourceCount: 20, volumeGiB: 100 }],
    [110, { region: 'us-east-1', targetResourceCount: 21, volumeGiB: 100 }],
    [8_200_000, { region: 'us-east-1', targetResourceCount: 10_000, volumeGiB: 16_384 }],
    [20, { ...USUAL, snapshotPricePerGiBMonth: 0.04 }],
    [50, { ...USUAL, region: 'af-south-1', snapshotPricePerGiBMonth: 0.1 }],
  ])('is %d USD a month: %j', (usd, input) => {
    expect(estimateFastLaunchCost(input)).toBe(usd);
  });

  it.each<readonly [string, SnapshotCostInput]>([
    ['a Region without a price', { ...USUAL, region: 'af-south-1' }],
    ['a name that every object has', { ...USUAL, region: 'constructor' }],
    ['a Region that only Terraform knows', { ...USUAL, region: '${var.region}' }],
    ['volumes of unknown size', { ...USUAL, volumeGiB: undefined }],
    ['a size that only Terraform knows', { ...USUAL, volumeGiB: TOKEN }],
    ['a number that only Terraform knows', { ...USUAL, targetResourceCount: TOKEN }],
    ['a price that only Terraform knows', { ...USUAL, snapshotPricePerGiBMonth: TOKEN }],
  ])('is not known for %s', (_, input) => {
    expect(estimateFastLaunchCost(input)).toBeUndefined();
  });
});

describe('renderSnapshotCost', () => {
  it.each<readonly [string, SnapshotCostInput]>([
    [
      '5 snapshots of up to 100 GiB in us-east-1: at most about 25 USD a month (0.05 per GiB-month in 2026-09)',
      USUAL,
    ],
    [
      '1 snapshot of up to 200 GiB in us-west-1: at most about 11 USD a month (0.055 per GiB-month in 2023-08)',
      { region: 'us-west-1', targetResourceCount: 1, volumeGiB: 200 },
    ],
    [
      '10000 snapshots of up to 100 GiB in us-east-1: at most about 50,000 USD a month (0.05 per GiB-month in 2026-09)',
      { ...USUAL, targetResourceCount: 10_000 },
    ],
    [
      '5 snapshots of up to 100 GiB in us-east-1: at most about 21 USD a month (0.041 per GiB-month as set)',
      { ...USUAL, snapshotPricePerGiBMonth: 0.041 },
    ],
    [
      '5 snapshots of up to 100 GiB in af-south-1: no price is known here for this Region',
      { ...USUAL, region: 'af-south-1' },
    ],
    [
      '5 snapshots in us-east-1: at most 0.05 USD a month for each GiB of each snapshot (in 2026-09)',
      { region: 'us-east-1' },
    ],
    [
      '5 snapshots in af-south-1: at most 0.06 USD a month for each GiB of each snapshot (as set)',
      { region: 'af-south-1', snapshotPricePerGiBMonth: 0.06 },
    ],
  ])('says: %s', (text, input) => {
    expect(renderSnapshotCost(input)).toBe(text);
  });

  it('leaves to Terraform what only Terraform knows, and multiplies nothing of it', () => {
    const { one, two, three } = Template.of((stack) => {
      const variable = new TerraformVariable(stack, 'any', { type: 'number' }).numberValue;
      const inputs: Record<string, SnapshotCostInput> = {
        one: { ...USUAL, targetResourceCount: variable },
        two: { ...USUAL, volumeGiB: variable },
        three: { ...USUAL, snapshotPricePerGiBMonth: variable },
      };
      for (const [id, input] of Object.entries(inputs)) {
        new TerraformOutput(stack, id, { value: renderSnapshotCost(input) });
      }
    }).part('output');
    expect([one, two, three]).toEqual([
      {
        value:
          '${var.any} snapshots of up to 100 GiB in us-east-1: at most 0.05 USD a month for each GiB of each snapshot (in 2026-09)',
      },
      {
        value:
          '5 snapshots of up to ${var.any} GiB in us-east-1: at most 0.05 USD a month for each GiB of each snapshot (in 2026-09)',
      },
      {
        value:
          '5 snapshots of up to 100 GiB in us-east-1: at most ${var.any} USD a month for each GiB of each snapshot (as set)',
      },
    ]);
  });
});

describe('renderPreparationCost', () => {
  it('names the instances and the time with two AMIs, which have no sum', () => {
    expect(renderPreparationCost({})).toBe(
      'also billed: t3.xlarge instances that prepare them, up to 6 at once for some minutes, again after each launch; while the AMI changes, the snapshots of both AMIs',
    );
    expect(renderPreparationCost({ instanceType: 'm7i.large', maxParallelLaunches: 8 })).toMatch(
      /^also billed: m7i\.large instances that prepare them, up to 8 at once /,
    );
  });
});
