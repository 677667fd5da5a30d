import { Token } from 'cdktf';
import { checkEach, type Path, type Problem, problem } from '../../core';
import type { DistributionTarget } from './distribution-target';
import { buildLaunchPermission } from './launch-permission';

/** As much of an image with encrypted volumes as sharing it depends on. */
export interface EncryptedImage {
  /** The Region of the build. */
  readonly region: string;
  /** Whether it has an encrypted volume. @default true */
  readonly encrypted?: boolean | undefined;
  /** The KMS key of the root volume, if it is one of your own. */
  readonly rootVolumeKmsKeyId?: string | undefined;
}

/**
 * Nobody else can use the default key of EBS, so an AMI encrypted with it is of use to its own
 * account only; and no encrypted AMI can be public. Image Builder would fail at the end of the
 * build.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
 */
export function checkEncryptedImageTargets(
  path: Path,
  targets: readonly DistributionTarget[],
  image: EncryptedImage,
): Problem[] {
  if (image.encrypted === false) return [];
  return checkEach(path, targets, (targetPath, target) => [
    ...checkNotPublic([...targetPath, 'launchPermission', 'everyone'], target),
    ...checkCopies([...targetPath, 'accountIds'], target, image),
    ...checkLaunches([...targetPath, 'launchPermission'], target, image),
  ]);
}

function checkNotPublic(path: Path, { launchPermission }: DistributionTarget): Problem[] {
  const everyone = launchPermission?.everyone;
  if (everyone === undefined || Token.isUnresolved(everyone)) return [];
  const advice = 'AWS makes no AMI with an encrypted volume public';
  return [
    problem(
      'public-encrypted-ami',
      path,
      'be left out, because the image is encrypted',
      everyone,
      advice,
    ),
  ];
}

function checkCopies(path: Path, target: DistributionTarget, image: EncryptedImage): Problem[] {
  const { accountIds = [] } = target;
  if (accountIds.length === 0 || image.rootVolumeKmsKeyId !== undefined) return [];
  return [problem('copies-of-default-key', path, NEEDS_ROOT_KEY, accountIds, GIVE_ROOT_KEY)];
}

/** The AMI in the Region of the build has the key of the root volume, others that of the copy. */
function checkLaunches(path: Path, target: DistributionTarget, image: EncryptedImage): Problem[] {
  const { everyone, ...others } = target.launchPermission ?? {};
  if (buildLaunchPermission(others) === undefined) return [];
  if (target.region !== image.region) {
    return target.kmsKeyId === undefined
      ? [
          problem(
            'launch-permission-without-key',
            path,
            'be left out unless the target has a `kmsKeyId`',
            others,
          ),
        ]
      : [];
  }
  return image.rootVolumeKmsKeyId === undefined
    ? [problem('launch-permission-of-default-key', path, NEEDS_ROOT_KEY, others, GIVE_ROOT_KEY)]
    : [];
}

const NEEDS_ROOT_KEY = 'be left out unless the root volume has a KMS key of your own';
const GIVE_ROOT_KEY = 'give it one, with a policy that lets the others use it';

/** What to tell whoever publishes AMIs, or `undefined` when no target does. */
export function publicLaunchWarning(targets: readonly DistributionTarget[]): string | undefined {
  const regions = targets
    .filter(({ launchPermission }) => launchPermission?.everyone !== undefined)
    .map(({ region }) => region);
  if (regions.length === 0) return undefined;
  return (
    `AMIs in ${regions.join(', ')} will be public: anyone with an AWS account can launch them ` +
    'and read everything in them, cached container images included.'
  );
}
