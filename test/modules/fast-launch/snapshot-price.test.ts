import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import { checkRegion } from '../../../modules/core';
import {
  SNAPSHOT_PRICE_SETTINGS,
  SNAPSHOT_PRICES,
} from '../../../modules/fast-launch/snapshot-price';
import { readMarkdown } from '../../support/markdown';
import { adviceOf, outline } from '../../support/problem';
import { repositoryText } from '../../support/repository';

const { check } = SNAPSHOT_PRICE_SETTINGS.snapshotPricePerGiBMonth;

const PRICES = [...SNAPSHOT_PRICES].map(([region, price]) => ({ region, ...price }));

describe('SNAPSHOT_PRICES', () => {
  it.each(PRICES)('has a Region, a price and a month: $region', (row) => {
    const { region, usdPerGiBMonth, asOf } = row;
    expect([...checkRegion(['region'], region), ...check(['price'], usdPerGiBMonth)]).toEqual([]);
    expect(asOf).toMatch(/^20\d\d-(?:0[1-9]|1[0-2])$/);
  });

  it('is the table of the documentation', () => {
    const text = repositoryText('docs/fast-launch-cost.md');
    const rows = [...text.matchAll(/^\| `([a-z0-9-]+)` \| ([\d.]+) \| ([\d-]+) \|/gm)].map(
      ([, region, usd, asOf]) => ({ region, usdPerGiBMonth: Number(usd), asOf }),
    );
    expect(rows).toEqual(PRICES);
    expect(readMarkdown(text).headings.map((one) => one.text)).toContain('The price table');
  });

  it('is in the order of the names, so that a Region is found', () => {
    const regions = [...SNAPSHOT_PRICES.keys()];
    expect(regions).toEqual([...regions].sort());
  });
});

describe('the check of a price', () => {
  const found = (usd: number) => check(['snapshotPricePerGiBMonth'], usd);
  const problems = (usd: number) => found(usd).map(outline);

  it.each([0.001, 0.0475, 1])('takes %s', (usd) => {
    expect(problems(usd)).toEqual([]);
  });

  it.each([0, 0.0009, 1.01, -0.05, 5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s',
    (usd) => {
      expect(problems(usd)).toEqual([`\`snapshotPricePerGiBMonth\` snapshot-price: ${usd}`]);
      expect(found(usd).map(adviceOf)).toEqual(['that of us-east-1 is 0.05 for a GiB a month']);
    },
  );

  it('passes a number that only Terraform knows', () => {
    expect(problems(Token.asNumber('${var.price}'))).toEqual([]);
  });
});
