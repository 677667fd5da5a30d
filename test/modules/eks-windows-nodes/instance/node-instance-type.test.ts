import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  checkNodeTypes,
  checkWindowsNodeType,
  isNitroType,
} from '../../../../modules/eks-windows-nodes/instance/node-instance-type';
import { outline } from '../../../support/problem';

const problems = (type: string) => checkWindowsNodeType(['instanceType'], type).map(outline);

describe('checkWindowsNodeType', () => {
  it.each([
    'm7i.xlarge',
    'm6a.xlarge',
    'm4.16xlarge',
    't2.large',
    'r4.large',
    'd3.xlarge',
    'c5.large',
    'i3.large',
    'i2x.large',
  ])('takes %s', (type) => {
    expect(problems(type)).toEqual([]);
  });

  it.each([
    'c3.large',
    'c4.8xlarge',
    'd2.xlarge',
    'i2.xlarge',
    'm4.10xlarge',
    'm4.large',
    'r3.large',
  ])('refuses %s, which has no ENA', (type) => {
    expect(problems(type)).toEqual([`\`instanceType\` eks-windows-type: "${type}"`]);
  });

  it('refuses what runs no Windows at all, and says so once', () => {
    expect(problems('mac2.metal')).toEqual(['`instanceType` mac-type: "mac2.metal"']);
  });

  it('passes a value that only Terraform knows', () => {
    expect(problems(Fn.upper('c4.large'))).toEqual([]);
  });
});

describe('isNitroType', () => {
  it.each([
    'm5.large',
    'm7i-flex.large',
    't3.large',
    't3a.large',
    'c5n.large',
    'r5b.large',
    'i3.metal',
    'i3en.large',
    'p3dn.24xlarge',
    'g4dn.xlarge',
    'x2iedn.large',
    'd3en.xlarge',
    'f2.6xlarge',
    'u-6tb1.metal',
    'z1d.large',
  ])('holds for %s', (type) => {
    expect(isNitroType(type)).toBe(true);
  });

  it.each([
    't2.large',
    'm4.16xlarge',
    'm4.large',
    'c4.large',
    'r4.large',
    'i3.large',
    'p3.2xlarge',
    'p2.xlarge',
    'g3s.xlarge',
    'x1.16xlarge',
    'x1e.xlarge',
    'h1.2xlarge',
    'd2.xlarge',
    'f1.2xlarge',
    'm1.small',
  ])('does not hold for %s', (type) => {
    expect(isNitroType(type)).toBe(false);
  });
});

describe('checkNodeTypes', () => {
  const group = (instanceTypes: readonly string[], cpuCredits?: 'standard' | 'unlimited') =>
    checkNodeTypes({ instanceTypes, cpuCredits }).map(outline);

  it('looks at every type of a group', () => {
    expect(group(['m7i.large', 'c4.large', 'm4.large'])).toEqual([
      '`instanceTypes[1]` eks-windows-type: "c4.large"',
      '`instanceTypes[2]` eks-windows-type: "m4.large"',
    ]);
  });

  it('takes CPU credits for T types', () => {
    expect(group(['t3.large', 't3a.large', 't2.large'], 'standard')).toEqual([]);
  });

  it('refuses CPU credits as soon as one type has none', () => {
    expect(group(['t3.large', 'trn1.2xlarge'], 'unlimited')).toEqual([
      '`cpuCredits` cpu-credits: "unlimited"',
    ]);
  });

  it('passes values that only Terraform knows', () => {
    expect(group([Fn.upper('a')], 'standard')).toEqual([]);
    expect(group(Fn.split(',', 'a') as unknown as string[], 'standard')).toEqual([]);
  });
});
