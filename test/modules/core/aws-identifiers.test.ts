import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import {
  checkAmiId,
  checkAvailabilityZone,
  checkBucketName,
  checkCapacityReservationId,
  checkDedicatedHostId,
  checkIpv4Cidr,
  checkKeyPairName,
  checkLaunchTemplateName,
  checkPlacementGroupName,
  checkRegion,
  checkSecurityGroupId,
  checkSnapshotId,
  checkSubnetId,
  checkWindowsInstanceType,
  type Path,
  type Problem,
  showValue,
} from '../../../modules/core';
import { outline } from '../../support/problem';

interface Table {
  readonly name: string;
  readonly check: (path: Path, value: string) => Problem[];
  readonly id: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

const HEX_17 = '0123456789abcdef0';

const hexIds = (prefix: string) => ({
  good: [`${prefix}-01234567`, `${prefix}-89abcdef`, `${prefix}-${HEX_17}`],
  bad: [
    '',
    prefix,
    `${prefix}-`,
    `${prefix}-0123456`,
    `${prefix}-012345678`,
    `${prefix}-${HEX_17.slice(1)}`,
    `${prefix}-${HEX_17}0`,
    `${prefix}-0123456g`,
    `${prefix}-0123456A`,
    `${prefix}_01234567`,
    `x${prefix}-01234567`,
    ` ${prefix}-01234567`,
    `${prefix}-01234567\n`,
    'vpc-01234567',
    HEX_17,
  ],
});

const TABLES: readonly Table[] = [
  {
    name: 'checkLaunchTemplateName',
    check: checkLaunchTemplateName,
    id: 'launch-template-name',
    good: ['abc', 'x'.repeat(125), 'A_b-c.d/e(1)'],
    bad: ['', 'ab', 'a b c', 'abc\n', 'a"c', 'a$bc', 'äbc'],
  },
  {
    name: 'checkSnapshotId',
    check: checkSnapshotId,
    id: 'snap-id',
    ...hexIds('snap'),
  },
  {
    name: 'checkDedicatedHostId',
    check: checkDedicatedHostId,
    id: 'h-id',
    ...hexIds('h'),
  },
  {
    name: 'checkCapacityReservationId',
    check: checkCapacityReservationId,
    id: 'cr-id',
    ...hexIds('cr'),
  },
  {
    name: 'checkPlacementGroupName',
    check: checkPlacementGroupName,
    id: 'placement-group-name',
    good: ['a', 'Nodes (spread)', 'x'.repeat(255)],
    bad: ['', ' ', ' a', 'a ', 'x'.repeat(256), 'ä', 'a\n'],
  },
  {
    name: 'checkAvailabilityZone',
    check: checkAvailabilityZone,
    id: 'availability-zone',
    good: ['us-east-1a', 'ap-southeast-2c', 'us-gov-west-1b', 'us-west-2-lax-1a'],
    bad: ['', 'us-east-1', 'use1-az1', 'us-east-1A', 'us-east-1ab', 'us-east-1a\n', 'a'],
  },
  {
    name: 'checkKeyPairName',
    check: checkKeyPairName,
    id: 'key-pair-name',
    good: ['a', 'Build keys (2026)', 'x'.repeat(255)],
    bad: ['', ' ', ' a', 'a ', 'x'.repeat(256), 'ä', 'a\tb', 'a\n'],
  },
  {
    name: 'checkBucketName',
    check: checkBucketName,
    id: 'bucket-name',
    good: ['abc', 'build-logs.example.com', '0'.repeat(63)],
    bad: [
      '',
      'ab',
      'x'.repeat(64),
      'Logs',
      '-logs',
      'logs-',
      'lo..gs',
      's3://logs',
      'a_b',
      '192.168.5.4',
      'abc\n',
    ],
  },
  {
    name: 'checkSubnetId',
    check: checkSubnetId,
    id: 'subnet-id',
    ...hexIds('subnet'),
  },
  {
    name: 'checkSecurityGroupId',
    check: checkSecurityGroupId,
    id: 'sg-id',
    ...hexIds('sg'),
  },
  {
    name: 'checkAmiId',
    check: checkAmiId,
    id: 'ami-id',
    ...hexIds('ami'),
  },
  {
    name: 'checkRegion',
    check: checkRegion,
    id: 'region',
    good: [
      'us-east-1',
      'ap-southeast-7',
      'us-gov-west-1',
      'cn-northwest-1',
      'us-isob-east-1',
      'eusc-de-east-1',
    ],
    bad: ['', 'us-east', 'us-east-1a', 'US-EAST-1', 'us_east_1', 'us-1', 'u-east-1', ' us-east-1'],
  },
  {
    name: 'checkIpv4Cidr',
    check: checkIpv4Cidr,
    id: 'ipv4-cidr',
    good: ['0.0.0.0/0', '10.0.0.0/16', '255.255.255.255/32', '192.168.249.99/9', '1.2.3.4/30'],
    bad: [
      '',
      '10.0.0.0',
      '10.0.0/16',
      '10.0.0.0.0/16',
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/016',
      '10.0.0.0/',
      '256.0.0.0/8',
      '10.0.300.0/8',
      '10.00.0.0/8',
      'fd00::/8',
      '10.0.0.0/16 ',
    ],
  },
];

describe.each(TABLES)('$name', ({ check, id, good, bad }) => {
  it.each(good)('takes %s', (value) => {
    expect(check(['id'], value)).toEqual([]);
  });

  it.each(bad)('refuses %j', (value) => {
    expect(check(['id'], value).map(outline)).toEqual([`\`id\` ${id}: ${showValue(value)}`]);
  });

  it('passes a value that only Terraform knows', () => {
    expect(check(['id'], Fn.upper('a'))).toEqual([]);
  });
});

describe('checkWindowsInstanceType', () => {
  const texts = (value: string) =>
    checkWindowsInstanceType(['instanceTypes', 0], value).map(outline);

  it.each([
    'g4dn.xlarge',
    'g5.xlarge',
    'g6e.12xlarge',
    'g6f.large',
    'gr6.4xlarge',
    'p4d.24xlarge',
    'm7i.large',
    'm7a.medium',
    'm7i-flex.large',
    'c5n.18xlarge',
    't3.medium',
    'x2idn.16xlarge',
    'u7i-12tb.224xlarge',
    'u-6tb1.metal',
    'inf1.xlarge',
    'trn1.2xlarge',
    'i3en.metal',
    'i4i.large',
    'z1d.large',
    'r5dn.24xlarge',
    'm8i.metal-48xl',
    'm1.small',
  ])('takes %s', (value) => {
    expect(texts(value)).toEqual([]);
  });

  it.each([
    'a1.medium',
    'm6g.large',
    'm7gd.large',
    'c7gn.large',
    't4g.medium',
    'r8g.metal-24xl',
    'x2gd.large',
    'x8g.large',
    'im4gn.large',
    'is4gen.large',
    'g5g.xlarge',
    'hpc7g.4xlarge',
    'i4g.large',
    'i8g.large',
    'i8ge.large',
    'c8gb.large',
    'c8gn.large',
    'm8gd.large',
  ])('refuses %s, which is a Graviton', (value) => {
    expect(texts(value)).toEqual([`\`instanceTypes[0]\` graviton-type: "${value}"`]);
  });

  it.each(['p6e-gb200.36xlarge', 'p6e-gb300.36xlarge'])('refuses %s, which is a Grace', (value) => {
    expect(texts(value)).toEqual([`\`instanceTypes[0]\` grace-type: "${value}"`]);
  });

  it.each(['mac1.metal', 'mac2.metal', 'mac2-m2pro.metal', 'mac-m4.metal'])(
    'refuses %s, which is a Mac',
    (value) => {
      expect(texts(value)).toEqual([`\`instanceTypes[0]\` mac-type: "${value}"`]);
    },
  );

  it.each(['', 'm7i', 'm7i.', '.large', 'M7I.large', 'm7i.x large', '7i.large', 'm7i.large '])(
    'refuses %j, which is no instance type',
    (value) => {
      expect(texts(value)).toEqual([
        `\`instanceTypes[0]\` instance-type: ${JSON.stringify(value)}`,
      ]);
    },
  );

  it('passes a value that only Terraform knows', () => {
    expect(texts(Fn.upper('a'))).toEqual([]);
  });
});
