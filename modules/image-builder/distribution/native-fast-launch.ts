import {
  checkEach,
  checkInteger,
  checkText,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';
import {
  DEFAULT_TARGET_RESOURCE_COUNT,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
} from '../../fast-launch/fast-launch-settings';
import { checkLaunchTemplateId } from './distribution-identifiers';

/** The launch template with which EC2 starts the instances that prepare snapshots. */
export interface NativeFastLaunchTemplate {
  /** `lt-` and 17 hex digits, in the Region of the target and the account of the AMI. */
  readonly id: string;
  /**
   * A number as text, such as `"1"`: EC2 takes `$Latest` and `$Default` for what they mean today.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-configure.html
   */
  readonly version: string;
}

/**
 * EC2 Fast Launch, switched on by Image Builder for every AMI it distributes. It is on some time
 * after a build, nothing waits for it; and Image Builder switches nothing off: each older AMI keeps
 * its snapshots, and you pay for them, until it is switched off there. The `FastLaunch` construct
 * does both, where Terraform runs.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_FastLaunchConfiguration.html
 */
export interface NativeFastLaunch {
  /**
   * The account whose AMI it is: one of the target's `accountIds`, for the copy there.
   * @default - the account that builds
   */
  readonly accountId?: string | undefined;
  /** Snapshots to keep ready, 1 to 10,000. Each is billed as any snapshot. @default 5 */
  readonly targetResourceCount?: number | undefined;
  /** Instances that prepare snapshots at the same time, at least 6. @default 6 */
  readonly maxParallelLaunches?: number | undefined;
  /** @default - EC2's own, which needs a default VPC */
  readonly launchTemplate?: NativeFastLaunchTemplate | undefined;
}

/** Writes a setting as the provider wants it. */
export function buildNativeFastLaunch(fastLaunch: NativeFastLaunch, ownAccountId: () => string) {
  const { launchTemplate: template } = fastLaunch;
  const { targetResourceCount = DEFAULT_TARGET_RESOURCE_COUNT } = fastLaunch;
  return withoutUndefined({
    accountId: fastLaunch.accountId ?? ownAccountId(),
    // Image Builder does nothing for an entry that is not enabled.
    enabled: true,
    maxParallelLaunches: fastLaunch.maxParallelLaunches ?? MIN_PARALLEL_LAUNCHES,
    launchTemplate: template && {
      launchTemplateId: template.id,
      launchTemplateVersion: template.version,
    },
    snapshotConfiguration: { targetResourceCount },
  });
}

/** Lists what is wrong with a setting, but for its account. */
export function checkNativeFastLaunch(path: Path, fastLaunch: NativeFastLaunch): Problem[] {
  const {
    targetResourceCount = DEFAULT_TARGET_RESOURCE_COUNT,
    maxParallelLaunches = MIN_PARALLEL_LAUNCHES,
    launchTemplate,
  } = fastLaunch;
  const count = { min: 1, max: MAX_TARGET_RESOURCE_COUNT };
  const parallel = { min: MIN_PARALLEL_LAUNCHES };
  return [
    ...checkInteger([...path, 'targetResourceCount'], targetResourceCount, count),
    ...checkInteger([...path, 'maxParallelLaunches'], maxParallelLaunches, parallel),
    ...(launchTemplate === undefined
      ? []
      : checkTemplate([...path, 'launchTemplate'], launchTemplate)),
  ];
}

function checkTemplate(path: Path, { id, version }: NativeFastLaunchTemplate): Problem[] {
  const number = {
    id: 'launch-template-version',
    pattern: /^[1-9]\d*$/,
    rule: 'be the number of a version, in quotes',
  };
  return [
    ...checkLaunchTemplateId([...path, 'id'], id),
    ...checkText([...path, 'version'], version, number),
  ];
}

/** As much of a distribution target as {@link checkOneFastLaunch} looks at. */
export interface FastLaunchTarget {
  readonly region: string;
  readonly fastLaunch?: readonly NativeFastLaunch[] | undefined;
}

/**
 * An AMI gets Fast Launch from one side only. To be called when the nodes have a `FastLaunch` for
 * the image's AMI in `region`: that one and Image Builder would change each other's settings, and
 * both would be billed. Targets in other Regions and copies in other accounts are other AMIs.
 */
export function checkOneFastLaunch(
  path: Path,
  targets: readonly FastLaunchTarget[],
  region: string,
): Problem[] {
  const rule = `be left out, because the nodes in ${region} have Fast Launch for the same AMI`;
  const advice =
    'drop this one: that of the nodes waits for its snapshots and switches off old AMIs';
  return checkEach(path, targets, (targetPath, target) =>
    target.region === region
      ? checkEach([...targetPath, 'fastLaunch'], target.fastLaunch ?? [], (one, { accountId }) =>
          accountId === undefined
            ? [problem('fast-launch-twice', one, rule, 'Fast Launch', advice)]
            : [],
        )
      : [],
  );
}
