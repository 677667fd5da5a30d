import { checkUnique, type Path, type Problem, problem } from '../modules/core';
import {
  checkLabels,
  checkTaint,
  type Taint,
} from '../modules/eks-windows-nodes/kubernetes-syntax';
import {
  checkContainerImage,
  checkUniqueContainerImages,
} from '../modules/image-builder/container-image';
import { checkAmiRelease, checkWindowsServerForKubernetes } from '../modules/windows-base';
import type { Environment } from './environment-schema';
import type { ValidParts } from './schema-walk';

type Parts = ValidParts<Environment>;
type Group = ValidParts<Environment['nodes']['groups'][number]>;

/**
 * The rules on more than one value of a file. Each looks at values that are right by themselves,
 * and says nothing when one of those that it needs is missing.
 */
export function checkEnvironment(parts: Parts): Problem[] {
  return [
    ...checkWindows(parts),
    ...checkImage(parts),
    ...checkFastLaunch(parts),
    ...checkGroups(parts),
    ...checkRepetition(['nodes', 'excludedSnatCidrs'], parts.nodes?.excludedSnatCidrs),
  ];
}

/** Reports items that a list names again. Wrong items were reported already and do not count. */
function checkRepetition(path: Path, list: readonly (string | undefined)[] = []): Problem[] {
  return checkUnique(path, standIns(list));
}

/** A text of its own for each item that is wrong, so that it is like no other. */
const standIns = (list: readonly (string | undefined)[]): string[] =>
  list.map((item, index) => item ?? `wrong item ${index}`);

function checkWindows({ cluster, windows }: Parts): Problem[] {
  const version = cluster?.kubernetesVersion;
  const { server, release } = windows ?? {};
  return [
    ...(server === undefined || version === undefined
      ? []
      : checkWindowsServerForKubernetes(['windows', 'server'], server, version)),
    ...(release === undefined
      ? []
      : checkAmiRelease(['windows', 'release'], release, version ?? ownVersion(release))),
  ];
}

/** The Kubernetes version in a release's name: with it only the form of the release is checked. */
const ownVersion = (release: string): string => release.split('-', 1).join();

function checkImage({ image, windows }: Parts): Problem[] {
  const cached = image?.cachedImages ?? [];
  const path = ['image', 'cachedImages'];
  return [
    ...cached.flatMap((reference, index) =>
      reference === undefined
        ? []
        : checkContainerImage([...path, index], reference, windows?.server),
    ),
    ...checkUniqueContainerImages(path, standIns(cached)),
    ...checkRepetition(['image', 'instanceTypes'], image?.instanceTypes),
    ...checkRepetition(['image', 'network', 'securityGroupIds'], image?.network?.securityGroupIds),
  ];
}

function checkFastLaunch({ fastLaunch, nodes }: Parts): Problem[] {
  if (fastLaunch === undefined) return [];
  const path = ['nodes', 'ami'];
  const advice = 'Amazon owns that one: choose "built", or remove `fastLaunch`';
  return [
    ...checkRepetition(['fastLaunch', 'securityGroupIds'], fastLaunch.securityGroupIds),
    ...(nodes?.ami === 'eks-optimized'
      ? [problem(path, 'be an AMI of your own with `fastLaunch`', nodes.ami, advice)]
      : []),
  ];
}

function checkGroups(parts: Parts): Problem[] {
  const groups = parts.nodes?.groups ?? [];
  const path = ['nodes', 'groups'];
  const names = groups.map((group) => group?.name);
  return [
    ...checkRepetition(path, names).map((one) => ({ ...one, path: [...one.path, 'name'] })),
    ...groups.flatMap((group, index) =>
      group === undefined ? [] : checkGroup([...path, index], group, parts),
    ),
  ];
}

function checkGroup(path: Path, group: Group, parts: Parts): Problem[] {
  return [
    ...checkSizes(path, group),
    ...checkRootVolume(path, group, parts),
    ...checkRepetition([...path, 'subnetIds'], group.subnetIds),
    ...checkRepetition([...path, 'instanceTypes'], group.instanceTypes),
    ...checkRepetition([...path, 'securityGroupIds'], group.securityGroupIds),
    ...checkGroupLabels([...path, 'labels'], group),
    ...checkTaints([...path, 'taints'], group),
  ];
}

function checkSizes(path: Path, { minSize, maxSize }: Group): Problem[] {
  if (minSize === undefined || maxSize === undefined || minSize <= maxSize) return [];
  const advice = 'lower it, or raise `maxSize`';
  return [problem([...path, 'minSize'], `be at most \`maxSize\` (${maxSize})`, minSize, advice)];
}

/** A volume made from a snapshot cannot be smaller than the snapshot. */
function checkRootVolume(path: Path, { rootVolumeGiB }: Group, { image, nodes }: Parts): Problem[] {
  const least = image?.rootVolumeGiB;
  if (nodes?.ami !== 'built' || rootVolumeGiB === undefined || least === undefined) return [];
  if (rootVolumeGiB >= least) return [];
  const rule = `be at least \`image.rootVolumeGiB\` (${least}), because the nodes start from the image`;
  const advice = 'raise it, or leave it out';
  return [problem([...path, 'rootVolumeGiB'], rule, rootVolumeGiB, advice)];
}

function checkGroupLabels(path: Path, { labels = {} }: Group): Problem[] {
  return checkLabels(path, withoutWrongValues(labels));
}

function withoutWrongValues(
  map: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const entries = Object.entries(map);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function checkTaints(path: Path, { taints = [] }: Group): Problem[] {
  const ids = taints.map((taint) =>
    taint?.key === undefined || taint.effect === undefined
      ? undefined
      : `${taint.key}:${taint.effect}`,
  );
  return [
    ...taints.flatMap((taint, index) =>
      taint === undefined ? [] : checkTaint([...path, index], withStandIns(taint)),
    ),
    ...checkRepetition(path, ids),
  ];
}

/** Wrong parts were reported already; right ones in their place let the others be checked. */
function withStandIns({ key, value, effect }: ValidParts<Taint>): Taint {
  return { key: key ?? 'key', value: value ?? '', effect: effect ?? 'NoSchedule' };
}
