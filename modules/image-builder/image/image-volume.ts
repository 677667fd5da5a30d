import type { ImagebuilderImageRecipeBlockDeviceMapping } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe/index.js';
import {
  checkKmsKeyOrAliasArn,
  contentHash,
  numberText,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';
import {
  boolean,
  checkedBy,
  choice,
  freeText,
  group,
  integer,
  type SettingProps,
  setting,
} from '../../settings';
import {
  checkNamedVolume,
  checkRootVolumeSpeed,
  type VolumeLimitsByType,
  type VolumeRange,
} from '../../windows-base/ebs-volume';
import { ROOT_DEVICE_NAME } from '../../windows-base/windows-server';

const SSD: VolumeRange = { min: 1, max: 16_000 };
const PROVISIONED: VolumeRange = { min: 4, max: 16_000 };
const DISK: VolumeRange = { min: 125, max: 16_000 };

/**
 * What both EBS and Image Builder take. Since September 2025 EBS has `gp3` volumes with 80,000
 * IOPS and 2,000 MiB/s; Image Builder's own limits for any volume are lower.
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_EbsInstanceBlockDeviceSpecification.html
 */
const VOLUME_LIMITS = {
  gp3: {
    sizeGiB: SSD,
    iops: { min: 3000, max: 64_000, perGiB: 500, otherwise: 3000 },
    throughput: { min: 125, max: 1000, perIops: 0.25 },
    boots: true,
  },
  gp2: { sizeGiB: SSD, boots: true },
  io1: { sizeGiB: PROVISIONED, iops: { min: 100, max: 64_000, perGiB: 50 }, boots: true },
  io2: { sizeGiB: PROVISIONED, iops: { min: 100, max: 64_000, perGiB: 1000 }, boots: true },
  st1: { sizeGiB: DISK, boots: false },
  sc1: { sizeGiB: DISK, boots: false },
} as const satisfies VolumeLimitsByType;

/** A type of EBS volume. */
export type VolumeType = keyof typeof VOLUME_LIMITS;

/** Every {@link VolumeType}. */
export const VOLUME_TYPES = Object.keys(VOLUME_LIMITS) as readonly VolumeType[];

/** Settings of {@link VolumeOptions}. What goes together is said by the checks of a volume. */
export const VOLUME_OPTION_SETTINGS = {
  /**
   * `gp3`, `gp2`, `io1` or `io2`; a data volume may also be `st1` or `sc1`, from which nothing
   * boots. AWS's previous generation, `standard`, is left out.
   * @default gp3
   */
  type: setting(choice(VOLUME_TYPES), {
    about: 'EBS volume type',
    default: 'gp3',
    change: 'builds',
  }),
  /**
   * Input and output operations per second. `gp3`: 3,000 to 64,000 and at most 500 per GiB; `io1`:
   * 100 to 64,000 and at most 50 per GiB; `io2`: 100 to 64,000 and at most 1,000 per GiB. Needed
   * for `io1` and `io2`, refused for the rest. Version 5 of Terraform's AWS provider takes 10,000 at
   * most.
   * @default - 3,000 for gp3
   */
  iops: setting(integer({ min: 1 }), {
    about: 'I/O operations per second',
    otherwise: '3000 for gp3',
    change: 'builds',
  }),
  /**
   * MiB per second of a `gp3` volume, 125 to 1,000 and at most a quarter of its `iops`. EBS takes
   * 2,000, Image Builder does not.
   * @default - 125 for gp3
   */
  throughput: setting(integer({ min: 1 }), {
    about: 'MiB per second of a gp3 volume',
    otherwise: '125',
    change: 'builds',
  }),
  /**
   * Whether the volume is encrypted. Only an image without encryption can be made public. In an
   * account that encrypts EBS volumes by default it makes no difference.
   * @default true
   */
  encrypted: setting(boolean(), {
    about: 'Whether the volume is encrypted',
    default: true,
    change: 'builds',
  }),
  /**
   * ARN of the KMS key, or of an alias for it, with which the volume is encrypted.
   * @default - the account's key for EBS, which no other account can use
   */
  kmsKeyId: setting(freeText(), {
    about: 'ARN of the KMS key of the volume',
    otherwise: 'the key of the account for EBS',
    change: 'builds',
  }),
};

const { type: TYPE, encrypted: ENCRYPTED } = VOLUME_OPTION_SETTINGS;

/** How fast a volume of an image is, and with which key it is encrypted. */
export interface VolumeOptions extends SettingProps<typeof VOLUME_OPTION_SETTINGS> {}

/** Settings of {@link DataVolume}. */
const DATA_VOLUME_SETTINGS = {
  /** `xvdb` to `xvdz`, or `xvdba` to `xvdcz`; each once. */
  deviceName: setting(freeText(), {
    about: 'Name of the device: xvdb to xvdz, or xvdba to xvdcz',
    required: true,
    change: 'builds',
  }),
  /** 1 to 16,000 GiB; from 4 on for `io1` and `io2`, from 125 on for `st1` and `sc1`. */
  sizeGiB: setting(integer({ min: 1 }), {
    about: 'Size of the volume in GiB',
    required: true,
    change: 'builds',
  }),
  /** Snapshot with which the volume begins. @default - an empty volume without a file system */
  snapshotId: setting(freeText(), {
    about: 'Snapshot that the volume begins with',
    otherwise: 'an empty volume',
    change: 'builds',
  }),
  ...VOLUME_OPTION_SETTINGS,
};

/** A volume beside the root volume. Every node gets one of its own, with the same content. */
export interface DataVolume extends SettingProps<typeof DATA_VOLUME_SETTINGS> {}

/** One data volume by itself. */
export const DATA_VOLUME = checkedBy(group(DATA_VOLUME_SETTINGS), checkDataVolume);

/** The root volume of an image, as a {@link DataVolume} with the root device's name. */
export function rootVolume(sizeGiB: number, options: VolumeOptions = {}): DataVolume {
  return { ...options, deviceName: ROOT_DEVICE_NAME, sizeGiB };
}

/** Whether an AMI with these volumes counts as encrypted: one of them is enough. */
export function hasEncryptedVolume(volumes: readonly VolumeOptions[]): boolean {
  return volumes.some(({ encrypted = ENCRYPTED.default }) => encrypted);
}

/** The block of a recipe. Every volume ends with its instance. */
export function buildBlockDeviceMapping(
  volume: DataVolume,
): ImagebuilderImageRecipeBlockDeviceMapping {
  const { deviceName, sizeGiB, type = TYPE.default, encrypted = ENCRYPTED.default } = volume;
  const { iops, throughput, kmsKeyId, snapshotId } = volume;
  return {
    deviceName,
    ebs: {
      volumeSize: sizeGiB,
      volumeType: type,
      encrypted: String(encrypted),
      deleteOnTermination: 'true',
      ...withoutUndefined({ iops, throughput, kmsKeyId, snapshotId }),
    },
  };
}

/** Changes exactly when the {@link buildBlockDeviceMapping} does. */
export function volumeContentId(volume: DataVolume): string {
  const {
    deviceName,
    sizeGiB,
    type = TYPE.default,
    iops,
    throughput,
    kmsKeyId,
    snapshotId,
  } = volume;
  const optional = Object.entries({
    iops: iops === undefined ? undefined : numberText(iops),
    throughput: throughput === undefined ? undefined : numberText(throughput),
    encrypted: volume.encrypted === false ? 'false' : undefined,
    kmsKeyId,
    snapshotId,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return contentHash([deviceName, numberText(sizeGiB), type, ...optional]);
}

/** Checks the options of the root volume against its size. */
export function checkRootVolume(path: Path, sizeGiB: number, options: VolumeOptions): Problem[] {
  return [
    ...checkRootVolumeSpeed(path, sizeGiB, options, VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], options),
  ];
}

export function checkDataVolume(path: Path, volume: DataVolume): Problem[] {
  return [
    ...checkNamedVolume(path, volume, VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], volume),
  ];
}

function checkKey(
  path: Path,
  { kmsKeyId, encrypted = ENCRYPTED.default }: VolumeOptions,
): Problem[] {
  if (kmsKeyId === undefined) return [];
  if (encrypted) return checkKmsKeyOrAliasArn(path, kmsKeyId);
  return [
    problem(
      'key-of-plain-volume',
      path,
      'be left out for a volume that is not encrypted',
      kmsKeyId,
    ),
  ];
}
