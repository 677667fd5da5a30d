import type { ImagebuilderImageRecipeBlockDeviceMapping } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe/index.js';
import {
  checkInteger,
  checkKmsKeyOrAliasArn,
  contentHash,
  numberText,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';
import {
  checkNamedVolume,
  checkRootVolumeSpeed,
  type VolumeLimitsByType,
  type VolumeRange,
} from '../../windows-base/ebs-volume';
import { ROOT_DEVICE_NAME, ROOT_VOLUME_GIB } from '../../windows-base/windows-server';

/** How fast a volume of an image is, and with which key it is encrypted. */
export interface VolumeOptions {
  /**
   * `gp3`, `gp2`, `io1` or `io2`; a data volume may also be `st1` or `sc1`, from which nothing
   * boots. AWS's previous generation, `standard`, is left out.
   * @default gp3
   */
  readonly type?: VolumeType | undefined;
  /**
   * Input and output operations per second. `gp3`: 3,000 to 64,000 and at most 500 per GiB; `io1`:
   * 100 to 64,000 and at most 50 per GiB; `io2`: 100 to 64,000 and at most 1,000 per GiB. Needed
   * for `io1` and `io2`, refused for the rest. Version 5 of Terraform's AWS provider takes 10,000 at
   * most.
   * @default - 3,000 for gp3
   */
  readonly iops?: number | undefined;
  /**
   * MiB per second of a `gp3` volume, 125 to 1,000 and at most a quarter of its `iops`. EBS takes
   * 2,000, Image Builder does not.
   * @default - 125 for gp3
   */
  readonly throughput?: number | undefined;
  /**
   * Whether the volume is encrypted. Only an image without encryption can be made public. In an
   * account that encrypts EBS volumes by default it makes no difference.
   * @default true
   */
  readonly encrypted?: boolean | undefined;
  /**
   * ARN of the KMS key, or of an alias for it, with which the volume is encrypted.
   * @default - the account's key for EBS, which no other account can use
   */
  readonly kmsKeyId?: string | undefined;
}

/** A volume beside the root volume. Every node gets one of its own, with the same content. */
export interface DataVolume extends VolumeOptions {
  /** `xvdb` to `xvdz`, or `xvdba` to `xvdcz`; each once. */
  readonly deviceName: string;
  /** 1 to 16,000 GiB; from 4 on for `io1` and `io2`, from 125 on for `st1` and `sc1`. */
  readonly sizeGiB: number;
  /** Snapshot with which the volume begins. @default - an empty volume without a file system */
  readonly snapshotId?: string | undefined;
}

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

/** The root volume of an image, as a {@link DataVolume} with the root device's name. */
export function rootVolume(sizeGiB: number, options: VolumeOptions = {}): DataVolume {
  return { ...options, deviceName: ROOT_DEVICE_NAME, sizeGiB };
}

/** Whether an AMI with these volumes counts as encrypted: one of them is enough. */
export function hasEncryptedVolume(volumes: readonly VolumeOptions[]): boolean {
  return volumes.some(({ encrypted = true }) => encrypted);
}

/** The block of a recipe. Every volume ends with its instance. */
export function buildBlockDeviceMapping(
  volume: DataVolume,
): ImagebuilderImageRecipeBlockDeviceMapping {
  const { deviceName, sizeGiB, type = 'gp3', encrypted = true } = volume;
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
  const { deviceName, sizeGiB, type = 'gp3', iops, throughput, kmsKeyId, snapshotId } = volume;
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

/** Checks one data volume by itself. */
export function checkDataVolume(path: Path, volume: DataVolume): Problem[] {
  return [
    ...checkNamedVolume(path, volume, VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], volume),
  ];
}

function checkKey(path: Path, { kmsKeyId, encrypted = true }: VolumeOptions): Problem[] {
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

/** Sizes of a root volume; the type's own range is wider. */
export const checkRootVolumeSize = (path: Path, sizeGiB: number): Problem[] =>
  checkInteger(path, sizeGiB, ROOT_VOLUME_GIB);
