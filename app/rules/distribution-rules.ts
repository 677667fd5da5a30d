import { amiParameterName } from '../../environment/names';
import type { Environment } from '../../environment/schema/environment-schema';
import { type Path, type Problem, problem } from '../../modules/core';
import type { DistributionTarget } from '../../modules/image-builder';
import {
  checkDistributionTargets,
  checkEncryptedImageTargets,
  checkOneFastLaunch,
  hasEncryptedVolume,
  ownAmiTags,
} from '../../modules/image-builder/checks';

const TARGETS: Path = ['image', 'distribution', 'targets'];

/** The rules on where the AMIs go. */
export function checkDistribution(environment: Environment): Problem[] {
  const targets: readonly DistributionTarget[] | undefined =
    environment.image.distribution?.targets;
  return targets === undefined
    ? []
    : [
        ...checkTargets(targets, environment),
        ...checkOwnParameter(targets, environment),
        ...checkSharing(targets, environment),
        ...checkFastLaunchOnce(targets, environment),
      ];
}

function checkTargets(targets: readonly DistributionTarget[], environment: Environment): Problem[] {
  const found = checkDistributionTargets(TARGETS, targets);
  if (found.length > 0) return found;
  const withTags = checkDistributionTargets(TARGETS, withAllTags(targets, environment));
  const advice = 'the tags of the file and those of the image itself count too';
  return withTags.map((one) => ({ ...one, message: `${one.message}; ${advice}` }));
}

/** With the tags that every AMI gets: there is a limit for all of them together. */
function withAllTags(
  targets: readonly DistributionTarget[],
  { name, tags, cluster, windows, image }: Environment,
): readonly DistributionTarget[] {
  const own = ownAmiTags({
    name,
    kubernetesVersion: typeof image.base === 'string' ? cluster.kubernetesVersion : undefined,
    windowsServer: windows.server,
  });
  return targets.map((target) => {
    const { amiTags } = target;
    return amiTags === undefined ? target : { ...target, amiTags: { ...tags, ...own, ...amiTags } };
  });
}

/** The parameter that the nodes read is in each Region without being asked for. */
function checkOwnParameter(
  targets: readonly DistributionTarget[],
  environment: Environment,
): Problem[] {
  const own = amiParameterName(environment);
  return targets.flatMap(({ amiParameters = [] }, target) =>
    amiParameters.flatMap((parameter, index) => {
      if (parameter.name !== own || parameter.accountId !== undefined) return [];
      const path = [...TARGETS, target, 'amiParameters', index, 'name'];
      const advice = 'remove it: every target has it anyhow';
      return [
        problem(
          'own-ami-parameter',
          path,
          'be another parameter than that of the image',
          own,
          advice,
        ),
      ];
    }),
  );
}

function checkSharing(
  targets: readonly DistributionTarget[],
  { region, image }: Environment,
): Problem[] {
  const { rootVolume = {}, dataVolumes = [] } = image;
  return checkEncryptedImageTargets(TARGETS, targets, {
    region,
    encrypted: hasEncryptedVolume([rootVolume, ...dataVolumes]),
    rootVolumeKmsKeyId: rootVolume.kmsKeyId,
  });
}

/** The file's Fast Launch is for the AMI that it builds, or for one that it does not know. */
function checkFastLaunchOnce(
  targets: readonly DistributionTarget[],
  { region, fastLaunch, nodes }: Environment,
): Problem[] {
  const { ami } = nodes;
  const built = ami === 'built' || (typeof ami === 'object' && ami.builtVersion !== undefined);
  if (!built || fastLaunch === undefined || fastLaunch.method === 'none') return [];
  return checkOneFastLaunch(TARGETS, targets, region);
}
