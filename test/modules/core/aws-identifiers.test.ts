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
  formatProblem,
  type Path,
  type Problem,
  showValue,
} from '../../../modules/core';

interface Table {
  readonly name: string;
  readonly check: (path: Path, value: string) => Problem[];
  readonly rule: string;
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
    rule: 'be 3 to 125 letters, digits and ()./_-',
    good: ['abc', 'x'.repeat(125), 'A_b-c.d/e(1)'],
    bad: ['', 'ab', 'a b c', 'abc\n', 'a"c', 'a$bc', 'äbc'],
  },
  {
    name: 'checkSnapshotId',
    check: checkSnapshotId,
    rule: 'be a snapshot id (snap- and 8 or 17 hex digits)',
    ...hexIds('snap'),
  },
  {
    name: 'checkDedicatedHostId',
    check: checkDedicatedHostId,
    rule: 'be the id of a Dedicated Host (h- and 8 or 17 hex digits)',
    ...hexIds('h'),
  },
  {
    name: 'checkCapacityReservationId',
    check: checkCapacityReservationId,
    rule: 'be the id of a Capacity Reservation (cr- and 8 or 17 hex digits)',
    ...hexIds('cr'),
  },
  {
    name: 'checkPlacementGroupName',
    check: checkPlacementGroupName,
    rule: 'be the name of a placement group: 1 to 255 ASCII characters, no blank at either end',
    good: ['a', 'Nodes (spread)', 'x'.repeat(255)],
    bad: ['', ' ', ' a', 'a ', 'x'.repeat(256), 'ä', 'a\n'],
  },
  {
    name: 'checkAvailabilityZone',
    check: checkAvailabilityZone,
    rule: 'be an Availability Zone such as us-east-1a',
    good: ['us-east-1a', 'ap-southeast-2c', 'us-gov-west-1b', 'us-west-2-lax-1a'],
    bad: ['', 'us-east-1', 'use1-az1', 'us-east-1A', 'us-east-1ab', 'us-east-1a\n', 'a'],
  },
  {
    name: 'checkKeyPairName',
    check: checkKeyPairName,
    rule: 'be the name of a key pair: 1 to 255 ASCII characters, no blank at either end',
    good: ['a', 'Build keys (2026)', 'x'.repeat(255)],
    bad: ['', ' ', ' a', 'a ', 'x'.repeat(256), 'ä', 'a\tb', 'a\n'],
  },
  {
    name: 'checkBucketName',
    check: checkBucketName,
    rule: 'be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes',
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
    rule: 'be a subnet id (subnet- and 8 or 17 hex digits)',
    ...hexIds('subnet'),
  },
  {
    name: 'checkSecurityGroupId',
    check: checkSecurityGroupId,
    rule: 'be a security group id (sg- and 8 or 17 hex digits)',
    ...hexIds('sg'),
  },
  {
    name: 'checkAmiId',
    check: checkAmiId,
    rule: 'be an AMI id (ami- and 8 or 17 hex digits)',
    ...hexIds('ami'),
  },
  {
    name: 'checkRegion',
    check: checkRegion,
    rule: 'be an AWS Region code such as us-east-1',
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
    rule: 'be an IPv4 CIDR block such as 10.0.0.0/16',
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

describe.each(TABLES)('$name', ({ check, rule, good, bad }) => {
  it.each(good)('takes %s', (value) => {
    expect(check(['id'], value)).toEqual([]);
  });

  it.each(bad)('refuses %j', (value) => {
    expect(check(['id'], value).map(formatProblem)).toEqual([
      `\`id\` must ${rule}, got: ${showValue(value)}`,
    ]);
  });

  it('passes a value that only Terraform knows', () => {
    expect(check(['id'], Fn.upper('a'))).toEqual([]);
  });
});

describe('checkWindowsInstanceType', () => {
  const texts = (value: string) =>
    checkWindowsInstanceType(['instanceTypes', 0], value).map(formatProblem);

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
    expect(texts(value)).toEqual([
      '`instanceTypes[0]` must be an x86-64 instance type, because there is no Windows Server on ' +
        `Graviton, got: "${value}"; choose the Intel or AMD sibling, such as m7i or m7a for m7g`,
    ]);
  });

  it.each(['p6e-gb200.36xlarge', 'p6e-gb300.36xlarge'])('refuses %s, which is a Grace', (value) => {
    expect(texts(value)).toEqual([
      '`instanceTypes[0]` must be an x86-64 instance type, because there is no Windows Server on ' +
        `Grace, got: "${value}"`,
    ]);
  });

  it.each(['mac1.metal', 'mac2.metal', 'mac2-m2pro.metal', 'mac-m4.metal'])(
    'refuses %s, which is a Mac',
    (value) => {
      expect(texts(value)).toEqual([
        '`instanceTypes[0]` must be an instance type other than a Mac, which runs macOS only, ' +
          `got: "${value}"`,
      ]);
    },
  );

  it.each(['', 'm7i', 'm7i.', '.large', 'M7I.large', 'm7i.x large', '7i.large', 'm7i.large '])(
    'refuses %j, which is no instance type',
    (value) => {
      expect(texts(value)).toEqual([
        '`instanceTypes[0]` must be an EC2 instance type such as m7i.xlarge, got: ' +
          JSON.stringify(value),
      ]);
    },
  );

  it('passes a value that only Terraform knows', () => {
    expect(texts(Fn.upper('a'))).toEqual([]);
  });
});
