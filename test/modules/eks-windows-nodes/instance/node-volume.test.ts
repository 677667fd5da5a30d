import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import type { NodeDataVolume, NodeVolumeOptions } from '../../../../modules/eks-windows-nodes';
import {
  buildNodeVolumes,
  checkNodeVolumes,
  NODE_VOLUME_TYPES,
} from '../../../../modules/eks-windows-nodes/instance/node-volume';
import { outline } from '../../../support/problem';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ALIAS = 'arn:aws:kms:us-east-1:111122223333:alias/nodes';
const SNAPSHOT = 'snap-0123456789abcdef0';

const root = (rootVolumeGiB: number, rootVolume: NodeVolumeOptions) =>
  checkNodeVolumes({ rootVolumeGiB, rootVolume }).map(outline);

const data = (volume: Partial<NodeDataVolume>) =>
  checkNodeVolumes({ dataVolumes: [{ deviceName: 'xvdf', sizeGiB: 100, ...volume }] }).map(outline);

describe('the volumes of a node', () => {
  it('are an encrypted gp3 root volume that ends with the node', () => {
    expect(buildNodeVolumes({})).toEqual([
      {
        deviceName: '/dev/sda1',
        ebs: {
          volumeSize: 100,
          volumeType: 'gp3',
          encrypted: 'true',
          deleteOnTermination: 'true',
        },
      },
    ]);
  });

  it('are as fast as it is said, with keys and snapshots, in the order that is written', () => {
    const ends = { encrypted: 'true', deleteOnTermination: 'true' };
    expect(
      buildNodeVolumes({
        rootVolumeGiB: 200,
        rootVolume: { type: 'gp3', iops: 4000, throughput: 500, kmsKeyId: KEY },
        dataVolumes: [
          { deviceName: 'xvdg', sizeGiB: 50, type: 'io2', iops: 5000, kmsKeyId: ALIAS },
          { deviceName: 'xvdf', sizeGiB: 40, snapshotId: SNAPSHOT },
        ],
      }),
    ).toEqual([
      {
        deviceName: '/dev/sda1',
        ebs: {
          volumeSize: 200,
          volumeType: 'gp3',
          ...ends,
          iops: 4000,
          throughput: 500,
          kmsKeyId: KEY,
        },
      },
      {
        deviceName: 'xvdg',
        ebs: { volumeSize: 50, volumeType: 'io2', ...ends, iops: 5000, kmsKeyId: ALIAS },
      },
      {
        deviceName: 'xvdf',
        ebs: { volumeSize: 40, volumeType: 'gp3', ...ends, snapshotId: SNAPSHOT },
      },
    ]);
  });
});

describe('a root volume', () => {
  it.each<[number, NodeVolumeOptions]>([
    [50, {}],
    [50, { iops: 3000, throughput: 125 }],
    [160, { iops: 80_000, throughput: 2000 }],
    [50, { iops: 25_000 }],
    [50, { throughput: 750 }],
    [50, { iops: 8000, throughput: 2000 }],
    [50, { type: 'gp2' }],
    [50, { type: 'io1', iops: 2500 }],
    [256, { type: 'io2', iops: 256_000 }],
    [50, { kmsKeyId: KEY }],
    [50, { kmsKeyId: ALIAS }],
  ])('of %d GiB takes %j', (size, options) => {
    expect(root(size, options)).toEqual([]);
  });

  it.each<[number, NodeVolumeOptions, string]>([
    [50, { type: 'st1' }, '`rootVolume.type` one-of: "st1"'],
    [50, { iops: 2999 }, '`rootVolume.iops` integer-range: 2999'],
    [1000, { iops: 80_001 }, '`rootVolume.iops` integer-range: 80001'],
    [50, { iops: 25_001 }, '`rootVolume.iops` iops-for-size: 25001'],
    [50, { throughput: 124 }, '`rootVolume.throughput` integer-range: 124'],
    [100, { iops: 20_000, throughput: 2001 }, '`rootVolume.throughput` integer-range: 2001'],
    [50, { throughput: 751 }, '`rootVolume.throughput` throughput-for-iops: 751'],
    [50, { type: 'gp2', iops: 3000 }, '`rootVolume.iops` volume-key-of-another-type: 3000'],
    [
      50,
      { type: 'io2', iops: 5000, throughput: 125 },
      '`rootVolume.throughput` volume-key-of-another-type: 125',
    ],
    [50, { type: 'io1' }, '`rootVolume.iops` iops-missing: nothing'],
    [50, { kmsKeyId: 'alias/nodes' }, '`rootVolume.kmsKeyId` kms-key-or-alias-arn: "alias/nodes"'],
  ])('of %d GiB refuses %j', (size, options, problem) => {
    expect(root(size, options)).toEqual([problem]);
  });
});

describe('a data volume', () => {
  it.each<Partial<NodeDataVolume>>([
    { deviceName: 'xvdb' },
    { deviceName: 'xvdz' },
    { deviceName: 'xvdba' },
    { deviceName: 'xvdcz' },
    { sizeGiB: 1 },
    { sizeGiB: 65_536 },
    { type: 'gp2', sizeGiB: 16_384 },
    { type: 'io1', sizeGiB: 4, iops: 200 },
    { type: 'io2', sizeGiB: 65_536, iops: 256_000 },
    { type: 'st1', sizeGiB: 125 },
    { type: 'sc1', sizeGiB: 16_384 },
    { snapshotId: SNAPSHOT },
  ])('takes %j', (volume) => {
    expect(data(volume)).toEqual([]);
  });

  it.each<[Partial<NodeDataVolume>, string]>([
    [{ deviceName: '/dev/sda1' }, 'deviceName` device-name: "/dev/sda1"'],
    [{ deviceName: 'xvda' }, 'deviceName` device-name: "xvda"'],
    [{ deviceName: 'xvdda' }, 'deviceName` device-name: "xvdda"'],
    [{ deviceName: '/dev/xvdf' }, 'deviceName` device-name: "/dev/xvdf"'],
    [{ sizeGiB: 0 }, 'sizeGiB` integer-range: 0'],
    [{ sizeGiB: 65_537 }, 'sizeGiB` integer-range: 65537'],
    [{ type: 'gp2', sizeGiB: 16_385 }, 'sizeGiB` integer-range: 16385'],
    [{ type: 'io1', sizeGiB: 3, iops: 100 }, 'sizeGiB` integer-range: 3'],
    [{ type: 'st1', sizeGiB: 124 }, 'sizeGiB` integer-range: 124'],
    [{ type: 'standard' as never }, 'type` one-of: "standard"'],
    [{ snapshotId: 'snap-1' }, 'snapshotId` snap-id: "snap-1"'],
  ])('refuses %j', (volume, problem) => {
    expect(data(volume)).toEqual([`\`dataVolumes[0].${problem}`]);
  });

  it('has a name of its own', () => {
    const volume = { deviceName: 'xvdf', sizeGiB: 10 };
    expect(checkNodeVolumes({ dataVolumes: [volume, volume] }).map(outline)).toEqual([
      '`dataVolumes[1].deviceName` unique: "xvdf"',
    ]);
  });

  it('passes what only Terraform knows', () => {
    const [text, number] = [Fn.upper('a'), Token.asNumber(Fn.sum([1]))];
    const unknown = {
      deviceName: text,
      sizeGiB: number,
      type: text as never,
      iops: number,
      throughput: number,
      kmsKeyId: text,
      snapshotId: text,
    };
    expect(data(unknown)).toEqual([]);
    expect(data({ ...unknown, type: 'gp3' })).toEqual([]);
    expect(root(number, unknown)).toEqual([]);
    expect(checkNodeVolumes({ dataVolumes: Token.asAny(Fn.concat([])) as never })).toEqual([]);
  });

  it('is of one of the types of EBS', () => {
    expect(NODE_VOLUME_TYPES).toEqual(['gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1']);
  });
});
