import { checkIamName, type Path, type Problem, problem } from '../modules/core';
import { checkImageGcThresholds } from '../modules/eks-windows-nodes/image-gc-thresholds';
import {
  checkLabels,
  checkTaint,
  type Taint,
} from '../modules/eks-windows-nodes/kubernetes-syntax';
import {
  checkAmiRelease,
  checkLookUp,
  checkWindowsServerForKubernetes,
} from '../modules/windows-base';
import { imageName } from '../stacks/environment-names';
import { checkDistribution } from './distribution-rules';
import type { Environment } from './environment-schema';
import { checkImage } from './image-rules';
import { checkRepetition, withoutWrongValues } from './list-rules';
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
    ...checkDistribution(parts),
    ...checkIam(parts),
    ...checkFastLaunch(parts),
    ...checkNodesAmi(parts),
    ...checkGroups(parts),
    ...checkRepetition(['nodes', 'excludedSnatCidrs'], parts.nodes?.excludedSnatCidrs),
  ];
}

function checkWindows({ cluster, windows }: Parts): Problem[] {
  const version = cluster?.kubernetesVersion;
  const { server, release, lookUp } = windows ?? {};
  return [
    ...(lookUp === undefined ? [] : checkLookUp(['windows', 'lookUp'], lookUp, release)),
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

/** The longest name that is made of the environment's: that of the role that builds. */
function checkIam({ iam, name }: Parts): Problem[] {
  if (iam === undefined || name === undefined) return [];
  return checkIamName([], `${imageName({ name })}-execution`, iam);
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

function checkNodesAmi({ nodes }: Parts): Problem[] {
  const ami = nodes?.ami;
  if (typeof ami !== 'object' || (ami.imageId === undefined) !== (ami.builtVersion === undefined)) {
    return [];
  }
  const found = ami.imageId === undefined ? undefined : 'both';
  return [problem(['nodes', 'ami'], 'have either imageId or builtVersion', found)];
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
    ...checkThresholds([...path, 'imageGcThresholds'], group),
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

function checkThresholds(path: Path, { imageGcThresholds, kubeletArguments = {} }: Group) {
  const { highPercent, lowPercent } = imageGcThresholds ?? {};
  if (highPercent === undefined || lowPercent === undefined) return [];
  const flags = withoutWrongValues(kubeletArguments);
  return checkImageGcThresholds(path, { highPercent, lowPercent }, flags);
}

function checkGroupLabels(path: Path, { labels = {} }: Group): Problem[] {
  return checkLabels(path, withoutWrongValues(labels));
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
