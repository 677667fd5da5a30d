import type { LaunchTemplateBlockDeviceMappings } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Token } from 'cdktf';
import {
  checkEach,
  checkKmsKeyOrAliasArn,
  checkUnique,
  type Path,
  type Problem,
  withoutUndefined,
} from '../../core';
import {
  checkNamedVolume,
  checkRootVolumeSpeed,
  type VolumeLimitsByType,
} from '../../windows-base/ebs-volume';
import { DEFAULT_ROOT_VOLUME_GIB, ROOT_DEVICE_NAME } from '../../windows-base/windows-server';

/** How fast a volume of a node is, and with which key it is encrypted; all of them are. */
export interface NodeVolumeOptions {
  /**
   * `gp3`, `gp2`, `io1` or `io2`; a data volume may also be `st1` or `sc1`, from which nothing
   * boots. AWS's previous generation, `standard`, is left out.
   * @default gp3
   */
  readonly type?: NodeVolumeType | undefined;
  /**
   * Input and output operations per second, billed beyond the 3,000 of `gp3`. `gp3`: 3,000 to 80,000
   * and at most 500 per GiB; `io1`: 100 to 64,000 and at most 50 per GiB; `io2`: 100 to 256,000 and
   * at most 1,000 per GiB. Needed for `io1` and `io2`, refused for the rest.
   * @default - 3,000 for gp3
   */
  readonly iops?: number | undefined;
  /**
   * MiB per second of a `gp3` volume, 125 to 2,000 and at most a quarter of its `iops`; billed beyond
   * 125. Version 5 of Terraform's AWS provider takes 1,000 at most.
   * @default - 125 for gp3
   */
  readonly throughput?: number | undefined;
  /**
   * ARN of the KMS key, or of an alias for it. Auto Scaling must be allowed to use a key of yours, or
   * no node starts: see `nodeVolumeKeyStatements`.
   * @default - as EBS chooses: the key of the AMI's snapshot, or the account's default key
   */
  readonly kmsKeyId?: string | undefined;
}

/**
 * A volume beside the root volume; every node gets one of its own, which ends with the node. Windows
 * leaves a new one offline and without a file system: a script of yours has to initialize it. With
 * the device name of a volume of the AMI it takes that volume's place.
 */
export interface NodeDataVolume extends NodeVolumeOptions {
  /**
   * `xvdb` to `xvdz`, or `xvdba` to `xvdcz`, each once. AWS recommends `xvdf` and later, because
   * instance store volumes take the first ones.
   */
  readonly deviceName: string;
  /**
   * GiB: 1 to 65,536 for `gp3`, 1 to 16,384 for `gp2`, 4 to 16,384 for `io1`, 4 to 65,536 for `io2`,
   * 125 to 16,384 for `st1` and `sc1`. Not smaller than the snapshot.
   */
  readonly sizeGiB: number;
  /** Snapshot with which the volume begins. @default - that of the AMI for the device, else none */
  readonly snapshotId?: string | undefined;
}

/** @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const NODE_VOLUME_LIMITS = {
  gp3: {
    sizeGiB: { min: 1, max: 65_536 },
    iops: { min: 3000, max: 80_000, perGiB: 500, otherwise: 3000 },
    throughput: { min: 125, max: 2000, perIops: 0.25 },
    boots: true,
  },
  gp2: { sizeGiB: { min: 1, max: 16_384 }, boots: true },
  io1: {
    sizeGiB: { min: 4, max: 16_384 },
    iops: { min: 100, max: 64_000, perGiB: 50 },
    boots: true,
  },
  io2: {
    sizeGiB: { min: 4, max: 65_536 },
    iops: { min: 100, max: 256_000, perGiB: 1000 },
    boots: true,
  },
  st1: { sizeGiB: { min: 125, max: 16_384 }, boots: false },
  sc1: { sizeGiB: { min: 125, max: 16_384 }, boots: false },
} as const satisfies VolumeLimitsByType;

/** A type of EBS volume that a node can have. */
export type NodeVolumeType = keyof typeof NODE_VOLUME_LIMITS;

/** Every {@link NodeVolumeType}. */
export const NODE_VOLUME_TYPES = Object.keys(NODE_VOLUME_LIMITS) as readonly NodeVolumeType[];

/** The volumes of a node. */
export interface NodeVolumes {
  /** GiB, 50 to 16,000 and not smaller than the AMI's volume. @default 100 */
  readonly rootVolumeGiB?: number | undefined;
  /** Type, speed and key of the root volume. @default - gp3, with the key that EBS chooses */
  readonly rootVolume?: NodeVolumeOptions | undefined;
  /** Further volumes. @default - those of the AMI only */
  readonly dataVolumes?: readonly NodeDataVolume[] | undefined;
}

/** The volumes as blocks of a launch template, the root volume first. */
export function buildNodeVolumes(volumes: NodeVolumes): LaunchTemplateBlockDeviceMappings[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, rootVolume, dataVolumes = [] } = volumes;
  const root = { ...rootVolume, deviceName: ROOT_DEVICE_NAME, sizeGiB: rootVolumeGiB };
  return [root, ...dataVolumes].map(buildBlockDeviceMapping);
}

function buildBlockDeviceMapping(volume: NodeDataVolume): LaunchTemplateBlockDeviceMappings {
  const { deviceName, sizeGiB, type = 'gp3', iops, throughput, kmsKeyId, snapshotId } = volume;
  return {
    deviceName,
    ebs: {
      volumeSize: sizeGiB,
      volumeType: type,
      encrypted: 'true',
      deleteOnTermination: 'true',
      ...withoutUndefined({ iops, throughput, kmsKeyId, snapshotId }),
    },
  };
}

/** Checks the options of the root volume against its size. */
function checkNodeRootVolume(path: Path, sizeGiB: number, options: NodeVolumeOptions): Problem[] {
  return [
    ...checkRootVolumeSpeed(path, sizeGiB, options, NODE_VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], options),
  ];
}

/** Checks one data volume by itself. */
function checkNodeDataVolume(path: Path, volume: NodeDataVolume): Problem[] {
  return [
    ...checkNamedVolume(path, volume, NODE_VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], volume),
  ];
}

/** Checks all volumes but for the size of the root volume. */
export function checkNodeVolumes(volumes: NodeVolumes): Problem[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, rootVolume, dataVolumes = [] } = volumes;
  return [
    ...checkNodeRootVolume(['rootVolume'], rootVolumeGiB, rootVolume ?? {}),
    ...checkEach(['dataVolumes'], dataVolumes, checkNodeDataVolume),
    ...checkDeviceNames(['dataVolumes'], dataVolumes),
  ];
}

function checkDeviceNames(path: Path, volumes: readonly NodeDataVolume[]): Problem[] {
  if (Token.isUnresolved(volumes)) return [];
  const names = volumes.map(({ deviceName }) => deviceName);
  return checkUnique(path, names).map((one) => ({ ...one, path: [...one.path, 'deviceName'] }));
}

function checkKey(path: Path, { kmsKeyId }: NodeVolumeOptions): Problem[] {
  return kmsKeyId === undefined ? [] : checkKmsKeyOrAliasArn(path, kmsKeyId);
}
