import {
  capacityReservationSchema,
  nodeDataVolumeSchema,
  nodeRootVolumeSchema,
  nodeTenancySchema,
} from '../../environment/schema/nodes/node-instance-schema';
import { type Path, type Problem, problem } from '../../modules/core';
import {
  checkCapacityReservation,
  checkCpuCreditTypes,
  checkEksWindowsType,
  checkNodeDataVolume,
  checkNodeRootVolume,
  checkNodeTenancy,
  checkReservationTenancy,
  isNitroType,
} from '../../modules/eks-windows-nodes/checks';
import { isWrong } from '../files/schema-walk';
import { checkRepetition } from './list-rules';
import type { GroupParts, Parts } from './parts';

/** The rules on what kind of instances a group has. */
export function checkNodeInstanceRules(path: Path, group: GroupParts, parts: Parts): Problem[] {
  return [
    ...checkInstanceTypes(path, group, parts),
    ...checkRootVolumeSize(path, group, parts),
    ...checkRootVolume(path, group, parts),
    ...checkDataVolumes([...path, 'dataVolumes'], group, parts),
    ...checkRepetition([...path, 'securityGroupIds'], group.securityGroupIds),
    ...checkRepetition([...path, 'licenseConfigurationArns'], group.licenseConfigurationArns),
    ...checkHardware(path, group),
  ];
}

function checkInstanceTypes(path: Path, group: GroupParts, { cluster }: Parts): Problem[] {
  const { instanceTypes = [], cpuCredits } = group;
  const nitro = cluster?.windowsSupport?.vpcCni?.prefixDelegation === true;
  const right = instanceTypes.filter((type) => type !== undefined);
  return [
    ...instanceTypes.flatMap((type, index) => {
      if (type === undefined) return [];
      const itemPath = [...path, 'instanceTypes', index];
      const problems = checkEksWindowsType(itemPath, type);
      return problems.length > 0 || !nitro ? problems : checkNitro(itemPath, type);
    }),
    ...checkCpuCreditTypes([...path, 'cpuCredits'], right, cpuCredits),
  ];
}

function checkNitro(path: Path, type: string): Problem[] {
  if (isNitroType(type)) return [];
  const rule =
    'be a Nitro type, because `cluster.windowsSupport.vpcCni.prefixDelegation` gives prefixes to no other';
  return [problem(path, rule, type, 'choose a newer one, or take the key out')];
}

/** A volume made from a snapshot cannot be smaller than the snapshot. */
function checkRootVolumeSize(
  path: Path,
  { rootVolumeGiB }: GroupParts,
  { image, nodes }: Parts,
): Problem[] {
  const least = image?.rootVolumeGiB;
  if (nodes?.ami !== 'built' || rootVolumeGiB === undefined || least === undefined) return [];
  if (rootVolumeGiB >= least) return [];
  const rule = `be at least \`image.rootVolumeGiB\` (${least}), because the nodes start from the image`;
  const advice = 'raise it, or leave it out';
  return [problem([...path, 'rootVolumeGiB'], rule, rootVolumeGiB, advice)];
}

/** The speed of a volume depends on its size, which may be the image's. */
function checkRootVolume(path: Path, group: GroupParts, { image }: Parts): Problem[] {
  const { data } = nodeRootVolumeSchema.safeParse(group.rootVolume);
  const sizeGiB = group.rootVolumeGiB ?? image?.rootVolumeGiB;
  if (data === undefined || sizeGiB === undefined || isWrong(group, 'rootVolumeGiB')) return [];
  return checkNodeRootVolume([...path, 'rootVolume'], sizeGiB, data);
}

function checkDataVolumes(path: Path, { dataVolumes = [] }: GroupParts, parts: Parts): Problem[] {
  const names = dataVolumes.map((volume) => volume?.deviceName);
  return [
    ...dataVolumes.flatMap((volume, index) => {
      const { data } = nodeDataVolumeSchema.safeParse(volume);
      if (data === undefined) return [];
      const itemPath = [...path, index];
      return [...checkNodeDataVolume(itemPath, data), ...checkAgainstImage(itemPath, data, parts)];
    }),
    ...checkRepetition(path, names).map((one) => ({ ...one, path: [...one.path, 'deviceName'] })),
  ];
}

/** A volume with the name of one of the image begins as that one, unless another snapshot is given. */
function checkAgainstImage(
  path: Path,
  { deviceName, sizeGiB, snapshotId }: { deviceName: string; sizeGiB: number; snapshotId?: string },
  { image, nodes }: Parts,
): Problem[] {
  const of = image?.dataVolumes?.find((volume) => volume?.deviceName === deviceName);
  const least = of?.sizeGiB;
  if (nodes?.ami !== 'built' || snapshotId !== undefined || least === undefined) return [];
  if (sizeGiB >= least) return [];
  const rule = `be at least that of the image's ${deviceName} (${least}), in whose place it comes`;
  return [problem([...path, 'sizeGiB'], rule, sizeGiB, 'raise it, or take another deviceName')];
}

function checkHardware(path: Path, { placement, capacityReservation }: GroupParts): Problem[] {
  const where = nodeTenancySchema.safeParse(placement).data;
  const reservation = capacityReservationSchema.safeParse(capacityReservation).data;
  return [
    ...(where === undefined ? [] : checkNodeTenancy([...path, 'placement'], where)),
    ...(reservation === undefined
      ? []
      : [
          ...checkCapacityReservation([...path, 'capacityReservation'], reservation),
          ...checkReservationTenancy([...path, 'capacityReservation'], reservation, where ?? {}),
        ]),
  ];
}
