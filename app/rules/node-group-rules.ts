import { Token } from 'cdktf';
import type { Environment } from '../../environment/schema/environment-schema';
import { checkEach, type Path, type Problem, problem, problemsAt } from '../../modules/core';
import {
  checkEksWindowsType,
  checkLabels,
  checkNoBootstrapHook,
  checkNoDrainHook,
  checkNodeBootstrap,
  checkNodeInstance,
  checkNodeScaling,
  checkNodeTypes,
  isNitroType,
} from '../../modules/eks-windows-nodes/checks';
import { checkNodeTexts, textInTheFile } from './node-text-rules';

type NodeGroup = Environment['nodes']['groups'][number];

/** The rules on a group: those of the constructs, and those that know the rest of the file. */
export function checkNodeGroup(path: Path, group: NodeGroup, environment: Environment): Problem[] {
  const { image, windows, nodes } = environment;
  const rootVolumeGiB = group.rootVolumeGiB ?? image.rootVolumeGiB;
  const hooks = group.lifecycleHooks ?? [];
  const problems = [
    ...checkNodeScaling(group, group),
    ...checkNodeTypes(group),
    ...checkNodeInstance({ ...group, rootVolumeGiB }),
    ...checkNodeBootstrap(withoutFiles(group)),
    ...checkLabels(['labels'], group.labels, windows.server),
    ...(nodes.terminationQueue === undefined ? [] : checkNoDrainHook(['lifecycleHooks'], hooks)),
    ...(group.failedBootstrap === 'replace' ? checkNoBootstrapHook(['lifecycleHooks'], hooks) : []),
    ...checkNodeTexts(group),
    ...checkPrefixDelegation(['instanceTypes'], group, environment),
    ...checkRootVolumeSize(['rootVolumeGiB'], group, environment),
    ...checkDataVolumeSizes(['dataVolumes'], group, environment),
  ];
  return problemsAt(path, problems);
}

/** Texts in files of their own are checked where they stand. */
function withoutFiles(group: NodeGroup) {
  const { preBootstrapScript, postBootstrapScript } = group;
  return {
    ...group,
    preBootstrapScript: textInTheFile(preBootstrapScript),
    postBootstrapScript: textInTheFile(postBootstrapScript),
    trustedCertificates: undefined,
  };
}

function checkPrefixDelegation(
  path: Path,
  { instanceTypes }: NodeGroup,
  { cluster }: Environment,
): Problem[] {
  if (cluster.windowsSupport?.vpcCni?.prefixDelegation !== true) return [];
  return checkEach(path, instanceTypes, (itemPath, type) => {
    if (Token.isUnresolved(type) || isNitroType(type)) return [];
    if (checkEksWindowsType(itemPath, type).length > 0) return [];
    const rule =
      'be a Nitro type, because `cluster.windowsSupport.vpcCni.prefixDelegation` gives prefixes to no other';
    return [
      problem(
        'nitro-for-prefix-delegation',
        itemPath,
        rule,
        type,
        'choose a newer one, or take the key out',
      ),
    ];
  });
}

/** A volume made from a snapshot cannot be smaller than the snapshot. */
function checkRootVolumeSize(
  path: Path,
  { rootVolumeGiB }: NodeGroup,
  { image, nodes }: Environment,
): Problem[] {
  const least = image.rootVolumeGiB;
  if (nodes.ami !== 'built' || rootVolumeGiB === undefined) return [];
  if (Token.isUnresolved(rootVolumeGiB) || Token.isUnresolved(least)) return [];
  if (rootVolumeGiB >= least) return [];
  const rule = `be at least \`image.rootVolumeGiB\` (${least}), because the nodes start from the image`;
  const advice = 'raise it, or leave it out';
  return [problem('root-volume-below-image', path, rule, rootVolumeGiB, advice)];
}

/** A volume with the name of one of the image begins as that one, unless another snapshot is given. */
function checkDataVolumeSizes(
  path: Path,
  { dataVolumes = [] }: NodeGroup,
  { image, nodes }: Environment,
): Problem[] {
  if (nodes.ami !== 'built') return [];
  return checkEach(path, dataVolumes, (itemPath, { deviceName, sizeGiB, snapshotId }) => {
    const least = image.dataVolumes?.find((volume) => volume.deviceName === deviceName)?.sizeGiB;
    if (snapshotId !== undefined || least === undefined) return [];
    if (Token.isUnresolved(sizeGiB) || Token.isUnresolved(least) || sizeGiB >= least) return [];
    const rule = `be at least that of the image's ${deviceName} (${least}), in whose place it comes`;
    const advice = 'raise it, or take another deviceName';
    return [problem('data-volume-below-image', [...itemPath, 'sizeGiB'], rule, sizeGiB, advice)];
  });
}
