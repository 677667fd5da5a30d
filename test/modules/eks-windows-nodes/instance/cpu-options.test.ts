import { describe, expect, it } from '@jest/globals';
import { Fn, Lazy, Token } from 'cdktf';
import {
  type CpuOptions,
  checkCpuOptionTypes,
} from '../../../../modules/eks-windows-nodes/instance/cpu-options';
import { outline } from '../../../support/problem';

const check = (types: readonly string[], coreCount: number, threadsPerCore: number) =>
  checkCpuOptionTypes(['cpuOptions'], types, { coreCount, threadsPerCore }).map(outline);

describe('checkCpuOptionTypes', () => {
  // Default cores and threads, as EC2's DescribeInstanceTypes tells them.
  it.each([
    ['m5.large', 1, 2],
    ['m7i.xlarge', 2, 2],
    ['c7i.48xlarge', 96, 2],
    ['m6a.12xlarge', 24, 2],
    ['g4dn.xlarge', 2, 2],
    ['m7a.xlarge', 4, 1],
    ['r8a.48xlarge', 192, 1],
    ['m8azn.3xlarge', 12, 1],
    ['t2.xlarge', 4, 1],
    ['t3.medium', 1, 2],
    ['t3a.nano', 1, 2],
  ])('takes all cores of %s, and not one more', (type, cores, threads) => {
    expect(check([type], cores, threads)).toEqual([]);
    expect(check([type], cores + 1, threads)).toEqual([
      `\`cpuOptions.coreCount\` cores-of-instance-type: ${cores + 1}`,
    ]);
  });

  it('takes one thread for each core wherever there are two', () => {
    expect(check(['m7i.xlarge'], 2, 1)).toEqual([]);
  });

  it('refuses two threads where a core has one', () => {
    expect(check(['m7a.2xlarge'], 4, 2)).toEqual([
      '`cpuOptions.threadsPerCore` threads-of-instance-type: 2',
    ]);
  });

  it('looks at every type of a group', () => {
    expect(check(['m7i.2xlarge', 'm7i.xlarge', 'm7a.large'], 4, 2)).toEqual([
      '`cpuOptions.coreCount` cores-of-instance-type: 4',
      '`cpuOptions.threadsPerCore` threads-of-instance-type: 2',
      '`cpuOptions.coreCount` cores-of-instance-type: 4',
    ]);
  });

  it.each(['c7i.metal-24xl', 'm5.metal'])('refuses bare metal: %s', (type) => {
    expect(check([type], 2, 1)).toEqual([
      '`cpuOptions` cpu-options-of-bare-metal: {"coreCount":2,"threadsPerCore":1}',
    ]);
  });

  it.each(['t2.medium', 'm2.4xlarge', 'u-6tb1.56xlarge', 'hpc7a.96xlarge'])(
    'leaves %s to EC2, as its size does not tell the cores',
    (type) => {
      expect(check([type], 192, 1)).toEqual([]);
    },
  );

  it('passes what only Terraform knows', () => {
    const number = Token.asNumber(Fn.max([1, 2]));
    expect(check(['m7a.large'], number, number)).toEqual([]);
    const whole = Lazy.anyValue({ produce: () => ({}) }) as unknown as CpuOptions;
    expect(checkCpuOptionTypes(['cpuOptions'], ['m7a.large'], whole)).toEqual([]);
    expect(checkCpuOptionTypes(['cpuOptions'], ['m7a.large'], undefined)).toEqual([]);
  });
});
