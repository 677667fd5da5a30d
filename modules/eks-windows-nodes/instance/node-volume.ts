import type { LaunchTemplateBlockDeviceMappings } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Token } from 'cdktf';
import {
  checkKmsKeyOrAliasArn,
  checkUnique,
  type Path,
  type Problem,
  withoutUndefined,
} from '../../core';
import {
  checkedBy,
  checkSettings,
  choice,
  freeText,
  group,
  integer,
  listOrEmpty,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import {
  checkNamedVolume,
  checkRootVolumeSpeed,
  type VolumeLimitsByType,
} from '../../windows-base/ebs-volume';
import {
  DEFAULT_ROOT_VOLUME_GIB,
  ROOT_DEVICE_NAME,
  ROOT_VOLUME_GIB,
} from '../../windows-base/windows-server';

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

/** The limits of a volume follow from its type, so that they are checked together, by other functions. */
const NODE_VOLUME_SETTINGS = {
  /**
   * `gp3`, `gp2`, `io1` or `io2`; a data volume may also be `st1` or `sc1`, from which nothing
   * boots. AWS's previous generation, `standard`, is left out.
   * @default gp3
   */
  type: setting(choice(NODE_VOLUME_TYPES), {
    about: 'EBS volume type',
    default: 'gp3',
    change: 'rolls',
  }),
  /**
   * Input and output operations per second, billed beyond the 3,000 of `gp3`. `gp3`: 3,000 to 80,000
   * and at most 500 per GiB; `io1`: 100 to 64,000 and at most 50 per GiB; `io2`: 100 to 256,000 and
   * at most 1,000 per GiB. Needed for `io1` and `io2`, refused for the rest.
   * @default - 3,000 for gp3
   */
  iops: setting(integer({ min: 1 }), {
    about: 'I/O operations per second',
    otherwise: '3000 for gp3',
    change: 'rolls',
  }),
  /**
   * MiB per second of a `gp3` volume, 125 to 2,000 and at most a quarter of its `iops`; billed beyond
   * 125. Version 5 of Terraform's AWS provider takes 1,000 at most.
   * @default - 125 for gp3
   */
  throughput: setting(integer({ min: 1 }), {
    about: 'MiB per second of a gp3 volume',
    otherwise: '125',
    change: 'rolls',
  }),
  /**
   * ARN of the KMS key, or of an alias for it. Auto Scaling must be allowed to use a key of yours, or
   * no node starts: see `nodeVolumeKeyStatements`.
   * @default - as EBS chooses: the key of the AMI's snapshot, or the account's default key
   */
  kmsKeyId: setting(text(checkKmsKeyOrAliasArn), {
    about: 'ARN of the KMS key of the volume, which Auto Scaling must be allowed to use',
    otherwise: 'as EBS chooses',
    change: 'rolls',
  }),
};

/** How fast a volume of a node is, and with which key it is encrypted; all of them are. */
export interface NodeVolumeOptions extends SettingProps<typeof NODE_VOLUME_SETTINGS> {}

const NODE_DATA_VOLUME_SETTINGS = {
  /**
   * `xvdb` to `xvdz`, or `xvdba` to `xvdcz`, each once. AWS recommends `xvdf` and later, because
   * instance store volumes take the first ones.
   */
  deviceName: setting(freeText(), {
    about: 'Name of the device: xvdb to xvdz, or xvdba to xvdcz',
    required: true,
    change: 'rolls',
  }),
  /**
   * GiB: 1 to 65,536 for `gp3`, 1 to 16,384 for `gp2`, 4 to 16,384 for `io1`, 4 to 65,536 for `io2`,
   * 125 to 16,384 for `st1` and `sc1`. Not smaller than the snapshot.
   */
  sizeGiB: setting(integer({ min: 1 }), {
    about: 'Size of the volume in GiB',
    required: true,
    change: 'rolls',
  }),
  /** Snapshot with which the volume begins. @default - that of the AMI for the device, else none */
  snapshotId: setting(freeText(), {
    about: 'Snapshot that the volume begins with',
    otherwise: 'that of the AMI for the device, else an empty volume',
    change: 'rolls',
  }),
  ...NODE_VOLUME_SETTINGS,
};

/**
 * A volume beside the root volume; every node gets one of its own, which ends with the node. Windows
 * leaves a new one offline and without a file system: a script of yours has to initialize it. With
 * the device name of a volume of the AMI it takes that volume's place.
 */
export interface NodeDataVolume extends SettingProps<typeof NODE_DATA_VOLUME_SETTINGS> {}

/** The settings of {@link NodeVolumes}. */
export const NODE_VOLUMES_SETTINGS = {
  /** GiB, 50 to 16,000 and not smaller than the AMI's volume. @default 100 */
  rootVolumeGiB: setting(integer(ROOT_VOLUME_GIB), {
    about: 'Size of the root volume of a node in GiB',
    otherwise: 'that of the AMI',
    change: 'rolls',
  }),
  /** Type, speed and key of the root volume. @default - gp3, with the key that EBS chooses */
  rootVolume: setting(checkedBy(group(NODE_VOLUME_SETTINGS)), {
    about: 'Type, speed and key of the root volume',
    otherwise: 'gp3, encrypted',
    change: 'rolls',
  }),
  /** Further volumes. @default - those of the AMI only */
  dataVolumes: setting(
    listOrEmpty(checkedBy(group(NODE_DATA_VOLUME_SETTINGS), checkNodeDataVolume)),
    {
      about: 'Further volumes of each node, encrypted',
      otherwise: 'those of the AMI only',
      change: 'rolls',
    },
  ),
};

/** The volumes of a node. */
export interface NodeVolumes extends SettingProps<typeof NODE_VOLUMES_SETTINGS> {}

/** The volumes as blocks of a launch template, the root volume first. */
export function buildNodeVolumes(volumes: NodeVolumes): LaunchTemplateBlockDeviceMappings[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, rootVolume, dataVolumes = [] } = volumes;
  const root = { ...rootVolume, deviceName: ROOT_DEVICE_NAME, sizeGiB: rootVolumeGiB };
  return [root, ...dataVolumes].map(buildBlockDeviceMapping);
}

function buildBlockDeviceMapping(volume: NodeDataVolume): LaunchTemplateBlockDeviceMappings {
  const { type = NODE_VOLUME_SETTINGS.type.default } = volume;
  const { deviceName, sizeGiB, iops, throughput, kmsKeyId, snapshotId } = volume;
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

/** Checks one data volume by itself. */
function checkNodeDataVolume(path: Path, volume: NodeDataVolume): Problem[] {
  return [
    ...checkNamedVolume(path, volume, NODE_VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], volume),
  ];
}

/** Checks all volumes. */
export function checkNodeVolumes(volumes: NodeVolumes): Problem[] {
  return [
    ...checkSettings(NODE_VOLUMES_SETTINGS, volumes),
    ...checkRootVolume(['rootVolume'], volumes),
    ...checkDeviceNames(['dataVolumes'], volumes.dataVolumes ?? []),
  ];
}

/** Checks the options of the root volume against its size. */
function checkRootVolume(path: Path, volumes: NodeVolumes): Problem[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, rootVolume = {} } = volumes;
  return [
    ...checkRootVolumeSpeed(path, rootVolumeGiB, rootVolume, NODE_VOLUME_LIMITS),
    ...checkKey([...path, 'kmsKeyId'], rootVolume),
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
