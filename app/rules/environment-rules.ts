import { imageName, nodesStackName } from '../../environment/names';
import { checkIamName, longestName, type Problem } from '../../modules/core';
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
import type { Parts } from './parts';

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
    ...checkNodes(parts),
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

/** All role names are made of the environment's, so that the longest tells whether they fit. */
function checkIam({ iam, name }: Parts): Problem[] {
  if (iam === undefined || name === undefined) return [];
  const ofImage = Object.values(windowsImageRoleNames(imageName({ name })));
  return checkIamName([], longestName([...ofImage, nodesStackName({ name })]), iam);
}
