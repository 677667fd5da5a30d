import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import fc from 'fast-check';
import type { DataVolume, VolumeOptions } from '../../../../modules/image-builder';
import {
  buildBlockDeviceMapping,
  checkDataVolume,
  checkRootVolume,
  hasEncryptedVolume,
  rootVolume,
  VOLUME_TYPES,
  volumeContentId,
} from '../../../../modules/image-builder/image/image-volume';
import { outline } from '../../../support/problem';

const UNKNOWN_NUMBER = Token.asNumber(Fn.sum([1]));
const UNKNOWN_TEXT = Fn.upper('a');
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const root = (sizeGiB: number, options: VolumeOptions) =>
  checkRootVolume(['rootVolume'], sizeGiB, options).map(outline);

const data = (volume: Partial<DataVolume>) =>
  checkDataVolume(['v'], { deviceName: 'xvdb', sizeGiB: 100, ...volume }).map(outline);

describe('a volume that is not encrypted', () => {
  it('is so only when it is said, and then is another content', () => {
    const [plain, encrypted] = [{ encrypted: false }, { encrypted: true }].map((options) =>
      rootVolume(100, options),
    ) as [DataVolume, DataVolume];
    expect(buildBlockDeviceMapping(plain).ebs).toMatchObject({ encrypted: 'false' });
    expect(buildBlockDeviceMapping(rootVolume(100)).ebs).toMatchObject({ encrypted: 'true' });
    expect(volumeContentId(plain)).not.toBe(volumeContentId(rootVolume(100)));
    expect(volumeContentId(encrypted)).toBe(volumeContentId(rootVolume(100)));
  });

  it('makes an image unencrypted when all volumes are like it', () => {
    expect(hasEncryptedVolume([{ encrypted: false }, { encrypted: false }])).toBe(false);
    expect(hasEncryptedVolume([{ encrypted: false }, {}])).toBe(true);
  });

  it('has no key', () => {
    expect(root(50, { encrypted: false, kmsKeyId: KEY })).toEqual([
      `\`rootVolume.kmsKeyId\` key-of-plain-volume: "${KEY}"`,
    ]);
  });
});

describe('checkRootVolume', () => {
  it.each<[number, VolumeOptions]>([
    [50, {}],
    [50, { type: 'gp3', iops: 3000, throughput: 125 }],
    [50, { iops: 25_000 }],
    [128, { iops: 64_000, throughput: 1000 }],
    // The 3,000 that a gp3 volume has anyway allow this much.
    [50, { throughput: 750 }],
    [50, { iops: 4000, throughput: 1000 }],
    [50, { type: 'gp2' }],
    [100, { type: 'io1', iops: 5000 }],
    [1280, { type: 'io1', iops: 64_000 }],
    [64, { type: 'io2', iops: 64_000 }],
    [50, { type: 'io2', iops: 100 }],
    [50, { kmsKeyId: KEY }],
    [50, { kmsKeyId: 'arn:aws-cn:kms:cn-north-1:111122223333:alias/team/images' }],
    [UNKNOWN_NUMBER, { type: 'io1', iops: 64_000 }],
    [50, { iops: UNKNOWN_NUMBER, throughput: 1000 }],
    [50, { throughput: UNKNOWN_NUMBER, kmsKeyId: UNKNOWN_TEXT }],
  ])('takes %d GiB with %j', (sizeGiB, options) => {
    expect(root(sizeGiB, options)).toEqual([]);
  });

  it.each<[number, VolumeOptions, string]>([
    [50, { type: 'st1' }, 'type` one-of: "st1"'],
    [50, { type: 'sc1' }, 'type` one-of: "sc1"'],
    [50, { type: 'standard' as 'gp2' }, 'type` one-of: "standard"'],
    [50, { iops: 2999 }, 'iops` integer-range: 2999'],
    [200, { iops: 64_001 }, 'iops` integer-range: 64001'],
    [50, { iops: 3000.5 }, 'iops` integer-range: 3000.5'],
    [50, { iops: 25_001 }, 'iops` iops-for-size: 25001'],
    [50, { throughput: 124 }, 'throughput` integer-range: 124'],
    [50, { iops: 8000, throughput: 1001 }, 'throughput` integer-range: 1001'],
    [50, { throughput: 751 }, 'throughput` throughput-for-iops: 751'],
    [50, { iops: 3200, throughput: 801 }, 'throughput` throughput-for-iops: 801'],
    [50, { type: 'gp2', iops: 3000 }, 'iops` volume-key-of-another-type: 3000'],
    [50, { type: 'gp2', throughput: 125 }, 'throughput` volume-key-of-another-type: 125'],
    [
      50,
      { type: 'io2', iops: 100, throughput: 125 },
      'throughput` volume-key-of-another-type: 125',
    ],
    [50, { type: 'io1' }, 'iops` iops-missing: nothing'],
    [50, { type: 'io2' }, 'iops` iops-missing: nothing'],
    [50, { type: 'io1', iops: 99 }, 'iops` integer-range: 99'],
    [50, { type: 'io1', iops: 2501 }, 'iops` iops-for-size: 2501'],
    [60, { type: 'io2', iops: 60_001 }, 'iops` iops-for-size: 60001'],
    [50, { kmsKeyId: 'alias/images' }, 'kmsKeyId` kms-key-or-alias-arn: "alias/images"'],
  ])('refuses %d GiB with %j', (sizeGiB, options, rest) => {
    expect(root(sizeGiB, options)).toEqual([`\`rootVolume.${rest}`]);
  });

  it('leaves the size of the root volume to its own check', () => {
    expect(root(1, {})).toEqual([]);
  });
});

describe('checkDataVolume', () => {
  it.each<Partial<DataVolume>>([
    {},
    { deviceName: 'xvdz', sizeGiB: 1 },
    { deviceName: 'xvdba', sizeGiB: 16_000 },
    { deviceName: 'xvdcz', snapshotId: 'snap-0123456789abcdef0' },
    { type: 'st1', sizeGiB: 125 },
    { type: 'sc1', sizeGiB: 16_000 },
    { type: 'io1', sizeGiB: 4, iops: 200 },
    { type: UNKNOWN_TEXT as 'gp3', iops: 1 },
    { deviceName: UNKNOWN_TEXT, sizeGiB: UNKNOWN_NUMBER, snapshotId: UNKNOWN_TEXT },
  ])('takes %j', (volume) => {
    expect(data(volume)).toEqual([]);
  });

  it.each<[Partial<DataVolume>, string]>([
    [{ deviceName: 'xvda' }, 'deviceName` device-name: "xvda"'],
    [{ deviceName: '/dev/sda1' }, 'deviceName` device-name: "/dev/sda1"'],
    [{ deviceName: 'xvdda' }, 'deviceName` device-name: "xvdda"'],
    [{ deviceName: 'D:' }, 'deviceName` device-name: "D:"'],
    [{ sizeGiB: 0 }, 'sizeGiB` integer-range: 0'],
    [{ sizeGiB: 16_001 }, 'sizeGiB` integer-range: 16001'],
    [{ type: 'io2', sizeGiB: 3, iops: 100 }, 'sizeGiB` integer-range: 3'],
    [{ type: 'st1', sizeGiB: 124 }, 'sizeGiB` integer-range: 124'],
    [{ type: 'nvme' as 'gp3' }, 'type` one-of: "nvme"'],
    [{ snapshotId: 'vol-01234567' }, 'snapshotId` snap-id: "vol-01234567"'],
    [{ type: 'sc1', sizeGiB: 125, iops: 100 }, 'iops` volume-key-of-another-type: 100'],
  ])('refuses %j', (volume, rest) => {
    expect(data(volume)).toEqual([`\`v.${rest}`]);
  });
});

describe('volumeContentId', () => {
  const volumes = fc.record(
    {
      deviceName: fc.constantFrom('xvdb', 'xvdc'),
      sizeGiB: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom(...VOLUME_TYPES),
      iops: fc.integer({ min: 1, max: 3 }),
      throughput: fc.integer({ min: 1, max: 3 }),
      kmsKeyId: fc.constantFrom('a', '1'),
      snapshotId: fc.constantFrom('a', '1'),
    },
    { requiredKeys: ['deviceName', 'sizeGiB'] },
  );

  it('is the same exactly when the block of the recipe is the same', () => {
    fc.assert(
      fc.property(volumes, volumes, (a, b) => {
        const sameBlock =
          JSON.stringify(buildBlockDeviceMapping(a)) === JSON.stringify(buildBlockDeviceMapping(b));
        expect(volumeContentId(a) === volumeContentId(b)).toBe(sameBlock);
      }),
    );
  });

  it('tells the root volume by its device name', () => {
    expect(rootVolume(50, { type: 'gp2' })).toEqual({
      deviceName: '/dev/sda1',
      sizeGiB: 50,
      type: 'gp2',
    });
  });
});
