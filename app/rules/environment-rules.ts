import { imageName, nodesStackName } from '../../environment/names';
import type { Environment } from '../../environment/schema/environment-schema';
import type { Problem } from '../../modules/core';
import { checkWindowsSupport } from '../../modules/eks-windows-support/checks';
import { checkIamName, longestName } from '../../modules/iam';
import { windowsImageRoleNames } from '../../modules/image-builder/checks';
import {
  checkAmiRelease,
  checkLookUp,
  checkWindowsServerForKubernetes,
} from '../../modules/windows-base/checks';
import { checkDistribution } from './distribution-rules';
import { checkFastLaunch } from './fast-launch-rules';
import { checkImage } from './image-rules';
import { checkNodes } from './nodes-rules';

/**
 * The rules on more than one value of a file. Where something is wrong by itself there is a token in
 * its place, see `standIns`, which every check passes.
 */
export function checkEnvironment(environment: Environment): Problem[] {
  return [
    ...checkWindows(environment),
    ...checkCluster(environment),
    ...checkImage(environment),
    ...checkDistribution(environment),
    ...checkIam(environment),
    ...checkFastLaunch(environment),
    ...checkNodes(environment),
  ];
}

function checkWindows({ cluster, windows }: Environment): Problem[] {
  const { kubernetesVersion } = cluster;
  const { server, release, lookUp } = windows;
  return [
    ...(lookUp === undefined ? [] : checkLookUp(['windows', 'lookUp'], lookUp, release)),
    ...checkWindowsServerForKubernetes(['windows', 'server'], server, kubernetesVersion),
    ...checkAmiRelease(['windows', 'release'], release, kubernetesVersion),
  ];
}

function checkCluster({ cluster: { windowsSupport } }: Environment): Problem[] {
  if (windowsSupport === undefined) return [];
  return checkWindowsSupport(['cluster', 'windowsSupport'], windowsSupport);
}

/** All role names are made of the environment's, so that the longest tells whether they fit. */
function checkIam({ iam, name }: Environment): Problem[] {
  if (iam === undefined) return [];
  const ofImage = Object.values(windowsImageRoleNames(imageName({ name })));
  return checkIamName([], longestName([...ofImage, nodesStackName({ name })]), iam);
}
