import {
  checkEach,
  checkText,
  type Path,
  type Problem,
  problem,
  type TextRule,
  withoutUndefined,
} from '../../core';
import {
  DEFAULT_TARGET_RESOURCE_COUNT,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
} from '../../fast-launch/fast-launch-settings';
import { group, integer, type SettingProps, setting, text } from '../../settings';
import { checkAccountId, checkLaunchTemplateId } from './distribution-identifiers';

const VERSION_NUMBER: TextRule = {
  id: 'launch-template-version',
  pattern: /^[1-9]\d*$/,
  rule: 'be the number of a version, in quotes',
};

/** Settings of {@link NativeFastLaunchTemplate}. */
const NATIVE_FAST_LAUNCH_TEMPLATE_SETTINGS = {
  /** `lt-` and 17 hex digits, in the Region of the target and the account of the AMI. */
  id: setting(text(checkLaunchTemplateId), {
    about: 'Id of a launch template in the Region of the target',
    required: true,
    change: 'in-place',
  }),
  /**
   * A number as text, such as `"1"`: EC2 takes `$Latest` and `$Default` for what they mean today.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-configure.html
   */
  version: setting(
    text((path, value) => checkText(path, value, VERSION_NUMBER)),
    { about: 'Number of its version, in quotes', required: true, change: 'in-place' },
  ),
};

/** The launch template with which EC2 starts the instances that prepare snapshots. */
export interface NativeFastLaunchTemplate
  extends SettingProps<typeof NATIVE_FAST_LAUNCH_TEMPLATE_SETTINGS> {}

/** Settings of {@link NativeFastLaunch}. */
export const NATIVE_FAST_LAUNCH_SETTINGS = {
  /**
   * The account whose AMI it is: one of the target's `accountIds`, for the copy there.
   * @default - the account that builds
   */
  accountId: setting(text(checkAccountId), {
    about: 'Account to switch Fast Launch on in, in quotes',
    otherwise: 'the one that builds',
    change: 'in-place',
  }),
  /** Snapshots to keep ready, 1 to 10,000. Each is billed as any snapshot. @default 5 */
  targetResourceCount: setting(integer({ min: 1, max: MAX_TARGET_RESOURCE_COUNT }), {
    about: 'Number of prepared snapshots to keep; each is billed',
    default: DEFAULT_TARGET_RESOURCE_COUNT,
    change: 'in-place',
  }),
  /** Instances that prepare snapshots at the same time, at least 6. @default 6 */
  maxParallelLaunches: setting(integer({ min: MIN_PARALLEL_LAUNCHES }), {
    about: 'Number of instances that may prepare snapshots at the same time',
    default: MIN_PARALLEL_LAUNCHES,
    change: 'in-place',
  }),
  /** @default - EC2's own, which needs a default VPC */
  launchTemplate: setting(group(NATIVE_FAST_LAUNCH_TEMPLATE_SETTINGS), {
    about: 'How the snapshots are prepared',
    otherwise: 'as EC2 chooses',
    change: 'in-place',
  }),
};

/**
 * EC2 Fast Launch, switched on by Image Builder for every AMI it distributes. It is on some time
 * after a build, nothing waits for it; and Image Builder switches nothing off: each older AMI keeps
 * its snapshots, and you pay for them, until it is switched off there. The `FastLaunch` construct
 * does both, where Terraform runs.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_FastLaunchConfiguration.html
 */
export interface NativeFastLaunch extends SettingProps<typeof NATIVE_FAST_LAUNCH_SETTINGS> {}

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
