import { Token } from 'cdktf';
import {
  checkInteger,
  checkOneOf,
  checkSnapshotId,
  checkText,
  type Path,
  type Problem,
  problem,
} from '../core';

/** The speed of an EBS volume; what is left out is as the type has it. */
export interface VolumeSpeed<Type extends string = string> {
  /** @default gp3 */
  readonly type?: Type | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
}

/** An inclusive range. */
export interface VolumeRange {
  readonly min: number;
  readonly max: number;
}

/** What a volume of one type may be. Services differ: each has a table of its own. */
interface VolumeLimits {
  readonly sizeGiB: VolumeRange;
  /** Absent: the type has no such setting. `otherwise` is what a volume has without it. */
  readonly iops?: VolumeRange & { readonly perGiB: number; readonly otherwise?: number };
  /** Absent: the type has no such setting. */
  readonly throughput?: VolumeRange & { readonly perIops: number };
  readonly boots: boolean;
}

/** Limits by the type of volume; `gp3`, the default, is always among them. */
export type VolumeLimitsByType<Type extends string = string> = Readonly<Record<Type, VolumeLimits>>;

/** Checks type and speed of a root volume against its size, which is checked elsewhere. */
export function checkRootVolumeSpeed<Type extends string>(
  path: Path,
  sizeGiB: number,
  speed: VolumeSpeed<NoInfer<Type>>,
  limits: VolumeLimitsByType<Type>,
): Problem[] {
  const bootable = typesOf(limits).filter((type) => limits[type].boots);
  const problems = checkOneOf([...path, 'type'], speed.type ?? 'gp3', bootable);
  return problems.length > 0 ? problems : checkSpeed(path, sizeGiB, speed, limits);
}

/** A volume beside the root volume. */
export interface NamedVolume<Type extends string = string> extends VolumeSpeed<Type> {
  readonly deviceName: string;
  readonly sizeGiB: number;
  readonly snapshotId?: string | undefined;
}

/**
 * Checks name, snapshot, type, size and speed of a data volume. The names are those that EC2 has
 * for Windows; the root device is not among them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/WindowsGuide/device_naming.html
 */
export function checkNamedVolume<Type extends string>(
  path: Path,
  volume: NamedVolume<NoInfer<Type>>,
  limits: VolumeLimitsByType<Type>,
): Problem[] {
  const { deviceName, sizeGiB, snapshotId, type = 'gp3' } = volume;
  const typeProblems = checkOneOf([...path, 'type'], type, typesOf(limits));
  const sizeProblems = checkInteger([...path, 'sizeGiB'], sizeGiB, sizesOf(type, limits));
  const size = sizeProblems.length > 0 ? ANY_SIZE : sizeGiB;
  return [
    ...checkText([...path, 'deviceName'], deviceName, {
      id: 'device-name',
      pattern: /^xvd(?:[b-z]|[bc][a-z])$/,
      rule: 'be a device name from xvdb to xvdz, or from xvdba to xvdcz',
    }),
    ...(snapshotId === undefined ? [] : checkSnapshotId([...path, 'snapshotId'], snapshotId)),
    ...typeProblems,
    ...(typeProblems.length > 0
      ? []
      : [...sizeProblems, ...checkSpeed(path, size, volume, limits)]),
  ];
}

/** Large enough for any speed: of a size that is wrong itself nothing follows. */
const ANY_SIZE = Number.POSITIVE_INFINITY;

function typesOf<Type extends string>(limits: VolumeLimitsByType<Type>): Type[] {
  return Object.keys(limits) as Type[];
}

/** A type that only Terraform knows may be any of them. */
function sizesOf(type: string, limits: VolumeLimitsByType): VolumeRange {
  const known = limits[type];
  if (known !== undefined && !Token.isUnresolved(type)) return known.sizeGiB;
  const ranges = Object.values(limits).map(({ sizeGiB }) => sizeGiB);
  return {
    min: Math.min(...ranges.map(({ min }) => min)),
    max: Math.max(...ranges.map(({ max }) => max)),
  };
}

function checkSpeed(
  path: Path,
  sizeGiB: number,
  speed: VolumeSpeed,
  limitsByType: VolumeLimitsByType,
): Problem[] {
  const { type = 'gp3' } = speed;
  const limits = limitsByType[type];
  // The type is checked before: one without limits is one that only Terraform knows.
  if (limits === undefined) return [];
  return [
    ...checkIops([...path, 'iops'], type, limits, sizeGiB, speed.iops),
    ...checkThroughput([...path, 'throughput'], type, limits, speed),
  ];
}

/** Whether another value can be reckoned from one: what is out of its range is a problem of its own. */
const isUsable = (value: number, range: VolumeRange | undefined): boolean =>
  !Token.isUnresolved(value) && range !== undefined && checkInteger([], value, range).length === 0;

function checkIops(
  path: Path,
  type: string,
  { iops: limits }: VolumeLimits,
  sizeGiB: number,
  iops: number | undefined,
): Problem[] {
  if (limits === undefined) return mustBeLeftOut(path, type, iops, 'only gp3, io1 and io2 take it');
  if (iops === undefined) {
    return limits.otherwise === undefined
      ? [problem('iops-missing', path, `be given for a volume of type ${type}`, undefined)]
      : [];
  }
  if (!isUsable(iops, limits) || Token.isUnresolved(sizeGiB)) {
    return checkInteger(path, iops, limits);
  }
  const most = Math.max(limits.otherwise ?? 0, limits.perGiB * sizeGiB);
  if (iops <= most) return [];
  const rule = `be at most ${most}, which is ${limits.perGiB} for each of ${sizeGiB} GiB`;
  return [problem('iops-for-size', path, rule, iops)];
}

function checkThroughput(
  path: Path,
  type: string,
  limits: VolumeLimits,
  { iops = limits.iops?.otherwise ?? 0, throughput }: VolumeSpeed,
): Problem[] {
  if (limits.throughput === undefined) {
    return mustBeLeftOut(path, type, throughput, 'only gp3 takes it');
  }
  if (throughput === undefined) return [];
  if (!isUsable(throughput, limits.throughput) || !isUsable(iops, limits.iops)) {
    return checkInteger(path, throughput, limits.throughput);
  }
  if (throughput <= limits.throughput.perIops * iops) return [];
  const enough = Math.ceil(throughput / limits.throughput.perIops);
  const rule = `be at most a quarter of its iops, which are ${iops}`;
  return [
    problem('throughput-for-iops', path, rule, throughput, `raise iops to ${enough} or more`),
  ];
}

function mustBeLeftOut(
  path: Path,
  type: string,
  value: number | undefined,
  reason: string,
): Problem[] {
  if (value === undefined) return [];
  return [
    problem(
      'volume-key-of-another-type',
      path,
      `be left out for a volume of type ${type}`,
      value,
      reason,
    ),
  ];
}
