import type { Construct } from 'constructs';
import { fastLaunchName } from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import { type DistributionTarget, FastLaunchKeyGrant, FastLaunchTemplate } from '../modules';

/**
 * The targets of an environment's image, with Fast Launch for the AMI of its own Region where Image
 * Builder is to switch it on, and what that needs: a launch template, and the grant of a key.
 */
export function distributionTargets(
  scope: Construct,
  environment: Environment,
): readonly DistributionTarget[] | undefined {
  const { image, region, fastLaunch } = environment;
  const asked = image.distribution?.targets;
  if (fastLaunch?.method !== 'distribution') return asked;
  const targets: readonly DistributionTarget[] = asked ?? [];
  const own = targets.find((target) => target.region === region) ?? { region };
  const added = createFastLaunch(scope, environment, fastLaunch);
  return [
    { ...own, fastLaunch: [...(own.fastLaunch ?? []), added] },
    ...targets.filter((target) => target !== own),
  ];
}

function createFastLaunch(
  scope: Construct,
  environment: Environment,
  fastLaunch: NonNullable<Environment['fastLaunch']>,
) {
  const { keyGrant, targetResourceCount, maxParallelLaunches, ...placement } = fastLaunch;
  const template = new FastLaunchTemplate(scope, 'FastLaunchTemplate', {
    ...placement,
    name: fastLaunchName(environment),
    tags: environment.tags,
  });
  if (keyGrant !== undefined) new FastLaunchKeyGrant(scope, 'FastLaunchKeyGrant', keyGrant);
  const launchTemplate = { id: template.id, version: template.version };
  return { targetResourceCount, maxParallelLaunches, launchTemplate };
}
