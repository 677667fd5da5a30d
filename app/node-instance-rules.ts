import { type Path, type Problem, problem } from '../modules/core';
import type { Environment } from './environment-schema';
import { checkRepetition } from './list-rules';
import type { GroupParts } from './nodes-rules';
import type { ValidParts } from './schema-walk';

type Parts = ValidParts<Environment>;

/** The rules on what kind of instances a group has. */
export function checkNodeInstanceRules(path: Path, group: GroupParts, parts: Parts): Problem[] {
  return [
    ...checkRootVolume(path, group, parts),
    ...checkRepetition([...path, 'securityGroupIds'], group.securityGroupIds),
  ];
}

/** A volume made from a snapshot cannot be smaller than the snapshot. */
function checkRootVolume(
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
