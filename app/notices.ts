import type { Environment } from '../environment/schema/environment-schema';
import { parallelLaunchesWarning } from '../modules/fast-launch/checks';
import { publicLaunchWarning } from '../modules/image-builder/checks';
import {
  amiReleaseWarning,
  type CalendarDate,
  kubernetesSupportNotice,
  microsoftSupportNotice,
} from '../modules/windows-base/checks';

/**
 * What is worth knowing on a day although nothing is wrong: one line each, `note: ...` where nothing
 * has to be done, `warning: ...` where something has.
 */
export function notices(environment: Environment, today: CalendarDate): readonly string[] {
  const { windows, image, nodes, cluster } = environment;
  const usesRelease = image.base === 'eks-optimized' || nodes.ami === 'eks-optimized';
  const support = [
    microsoftSupportNotice(windows.server, today),
    kubernetesSupportNotice(cluster.kubernetesVersion, today),
  ].filter((notice) => notice !== undefined);
  const warnings = [
    usesRelease ? amiReleaseWarning(windows.release, today) : undefined,
    publicLaunchWarning(image.distribution?.targets ?? []),
    fastLaunchWarning(environment),
  ].filter((text) => text !== undefined);
  return [
    ...support.map(({ severity, text }) => `${severity}: ${text}`),
    ...warnings.map((text) => `warning: ${text}`),
  ];
}

function fastLaunchWarning({ fastLaunch }: Environment): string | undefined {
  if (fastLaunch === undefined || fastLaunch.method === 'none') return undefined;
  return parallelLaunchesWarning(fastLaunch.maxParallelLaunches, 'fastLaunch.maxParallelLaunches');
}
