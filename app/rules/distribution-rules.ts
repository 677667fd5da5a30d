import { amiParameterName } from '../../environment/names';
import { distributionSchema } from '../../environment/schema/image/distribution-schema';
import { type Path, type Problem, problem } from '../../modules/core';
import type { DistributionTarget } from '../../modules/image-builder';
import {
  checkDistributionTargets,
  checkEncryptedImageTargets,
  checkOneFastLaunch,
  hasEncryptedVolume,
  ownAmiTags,
} from '../../modules/image-builder/checks';
import { isWrong } from '../files/schema-walk';
import { withoutWrongValues } from './list-rules';
import type { Parts } from './parts';

const TARGETS: Path = ['image', 'distribution', 'targets'];

/** The rules on where the AMIs go. They wait until the whole part has the right form. */
export function checkDistribution(parts: Parts): Problem[] {
  const targets = completeTargets(parts.image?.distribution);
  return targets === undefined
    ? []
    : [
        ...checkTargets(targets, parts),
        ...checkOwnParameter(targets, parts),
        ...checkSharing(targets, parts),
        ...checkFastLaunchOnce(targets, parts),
      ];
}

function completeTargets(distribution: unknown): readonly DistributionTarget[] | undefined {
  return distributionSchema.safeParse(distribution).data?.targets;
}

function checkTargets(targets: readonly DistributionTarget[], parts: Parts): Problem[] {
  const found = checkDistributionTargets(TARGETS, targets);
  if (found.length > 0) return found;
  const withTags = checkDistributionTargets(TARGETS, withAllTags(targets, parts));
  const advice = 'the tags of the file and those of the image itself count too';
  return withTags.map(({ path, message }) => ({ path, message: `${message}; ${advice}` }));
}

/** With the tags that every AMI gets: there is a limit for all of them together. */
function withAllTags(
  targets: readonly DistributionTarget[],
  { name = '', tags = {}, cluster, windows, image }: Parts,
): readonly DistributionTarget[] {
  const own = ownAmiTags({
    name,
    kubernetesVersion: typeof image?.base === 'string' ? cluster?.kubernetesVersion : undefined,
    windowsServer: windows?.server,
  });
  return targets.map((target) => {
    const { amiTags } = target;
    if (amiTags === undefined) return target;
    const everyAmi = { ...withoutWrongValues(tags), ...own };
    return { ...target, amiTags: { ...everyAmi, ...amiTags } };
  });
}

/** The parameter that the nodes read is in each Region without being asked for. */
function checkOwnParameter(targets: readonly DistributionTarget[], { name }: Parts): Problem[] {
  const own = name === undefined ? undefined : amiParameterName({ name });
  return targets.flatMap(({ amiParameters = [] }, target) =>
    amiParameters.flatMap((parameter, index) => {
      if (parameter.name !== own || parameter.accountId !== undefined) return [];
      const path = [...TARGETS, target, 'amiParameters', index, 'name'];
      const advice = 'remove it: every target has it anyhow';
      return [problem(path, 'be another parameter than that of the image', own, advice)];
    }),
  );
}

function checkSharing(targets: readonly DistributionTarget[], { region, image }: Parts): Problem[] {
  if (region === undefined || isWrong(image, 'rootVolume')) return [];
  const { rootVolume = {}, dataVolumes = [] } = image ?? {};
  if (isWrong(rootVolume, 'kmsKeyId') || isWrong(rootVolume, 'encrypted')) return [];
  return checkEncryptedImageTargets(TARGETS, targets, {
    region,
    encrypted: hasEncryptedVolume([rootVolume, ...dataVolumes.map((volume) => volume ?? {})]),
    rootVolumeKmsKeyId: rootVolume.kmsKeyId,
  });
}

/** The file's Fast Launch is for the AMI that it builds, or for one that it does not know. */
function checkFastLaunchOnce(
  targets: readonly DistributionTarget[],
  { region, fastLaunch, nodes }: Parts,
): Problem[] {
  const ami = nodes?.ami;
  const built = ami === 'built' || (typeof ami === 'object' && ami.builtVersion !== undefined);
  if (!built || region === undefined) return [];
  if (fastLaunch === undefined || fastLaunch.method === 'none') return [];
  return checkOneFastLaunch(TARGETS, targets, region);
}
