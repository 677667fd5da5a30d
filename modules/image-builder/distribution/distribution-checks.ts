import { Token } from 'cdktf';
import {
  checkEach,
  checkListLength,
  namedTwice,
  type Path,
  type Problem,
  problem,
} from '../../core';
import { checkSettings } from '../../settings';
import { checkAccountId, checkCopyKeyArn } from './distribution-identifiers';
import {
  type AmiParameter,
  DISTRIBUTION_TARGET_SETTINGS,
  type DistributionTarget,
  type LaunchTemplateTarget,
} from './distribution-target';

/** Lists what is wrong with the targets of one distribution configuration. */
export function checkDistributionTargets(
  path: Path,
  targets: readonly DistributionTarget[],
): Problem[] {
  return [
    ...checkListLength(path, targets, { min: 1 }),
    ...checkEach(path, targets, checkTarget),
    ...checkOncePerTarget(path, targets, ({ region }) => region, 'region', REGION_ADVICE),
  ];
}

const REGION_ADVICE = 'one target holds all accounts and parameters of a Region';

function checkTarget(path: Path, target: DistributionTarget): Problem[] {
  return [
    ...checkSettings(DISTRIBUTION_TARGET_SETTINGS, target, path),
    ...checkKey([...path, 'kmsKeyId'], target),
    ...checkAmiParameters([...path, 'amiParameters'], target),
    ...checkLaunchTemplates([...path, 'launchTemplates'], target),
    ...checkFastLaunchEntries([...path, 'fastLaunch'], target),
  ];
}

/** An AMI with an encrypted volume can be copied to others, but not be public. */
function checkKey(path: Path, target: DistributionTarget): Problem[] {
  const { kmsKeyId, accountIds = [], launchPermission } = target;
  if (kmsKeyId === undefined) {
    const rule = 'be given with `accountIds`, because other accounts cannot use the default key';
    return accountIds.length > 0 ? [problem('copy-without-key', path, rule, kmsKeyId)] : [];
  }
  const everyone = launchPermission?.everyone;
  if (everyone !== undefined && !Token.isUnresolved(everyone)) {
    const rule = 'be left out with `launchPermission.everyone`';
    return [
      problem(
        'key-of-public-ami',
        path,
        rule,
        kmsKeyId,
        'an AMI with an encrypted volume cannot be public',
      ),
    ];
  }
  return checkCopyKeyArn(path, kmsKeyId, target.region);
}

function checkAmiParameters(path: Path, target: DistributionTarget): Problem[] {
  const { amiParameters = [] } = target;
  return [
    ...checkEach(path, amiParameters, (one, { accountId }) =>
      checkCopyAccount([...one, 'accountId'], accountId, target),
    ),
    ...checkOncePerTarget(path, amiParameters, parameterKey, 'name'),
  ];
}

const parameterKey = ({ name, accountId = '' }: AmiParameter): string => `${accountId}:${name}`;

function checkLaunchTemplates(path: Path, target: DistributionTarget): Problem[] {
  const { launchTemplates = [] } = target;
  return [
    ...checkEach(path, launchTemplates, (one, { accountId }) =>
      checkLaunchAccount([...one, 'accountId'], accountId, target),
    ),
    ...checkOncePerTarget(path, launchTemplates, templateKey, 'id'),
  ];
}

const templateKey = ({ id }: LaunchTemplateTarget): string => id;

function checkFastLaunchEntries(path: Path, target: DistributionTarget): Problem[] {
  const { fastLaunch = [] } = target;
  return [
    ...checkEach(path, fastLaunch, (one, { accountId }) =>
      checkCopyAccount([...one, 'accountId'], accountId, target),
    ),
    ...checkOncePerTarget(path, fastLaunch, ({ accountId = '' }) => accountId, 'accountId'),
  ];
}

const OWN_ACCOUNT_ADVICE = 'leave it out for the account that builds';

/** An account that has a copy of the AMI. */
function checkCopyAccount(
  path: Path,
  accountId: string | undefined,
  { accountIds = [] }: DistributionTarget,
): Problem[] {
  if (accountId === undefined || isMalformed(accountId) || isAmong(accountId, accountIds)) {
    return [];
  }
  return [
    problem(
      'parameter-account',
      path,
      'be one of the `accountIds` of the target',
      accountId,
      OWN_ACCOUNT_ADVICE,
    ),
  ];
}

/** An account that may launch the AMI of the account that builds. */
function checkLaunchAccount(
  path: Path,
  accountId: string | undefined,
  { launchPermission = {} }: DistributionTarget,
): Problem[] {
  if (accountId === undefined || isMalformed(accountId)) return [];
  const { accountIds, organizationArns, organizationalUnitArns, everyone } = launchPermission;
  // Which accounts are in an organization is not known here.
  const others = [organizationArns ?? [], organizationalUnitArns ?? []].flat();
  if (everyone !== undefined || others.length > 0) return [];
  if (isAmong(accountId, accountIds ?? [])) return [];
  const rule = 'be in `launchPermission.accountIds`, because the template gets the id of that AMI';
  return [problem('launch-template-account', path, rule, accountId, OWN_ACCOUNT_ADVICE)];
}

/** What is no account id is told as such. */
const isMalformed = (accountId: string): boolean => checkAccountId([], accountId).length > 0;

function isAmong(accountId: string, accountIds: readonly string[]): boolean {
  if (Token.isUnresolved(accountId) || Token.isUnresolved(accountIds)) return true;
  return accountIds.some((one) => Token.isUnresolved(one) || one === accountId);
}

/** Reports the second item with the same key, at the property that makes the key. */
function checkOncePerTarget<T>(
  path: Path,
  list: readonly T[],
  keyOf: (item: T) => string,
  property: keyof T & string,
  whatToDo = 'remove the repetition',
): Problem[] {
  const keys = list.map(keyOf);
  return list.flatMap((item, index) =>
    keys.indexOf(keys[index] ?? '') < index
      ? [namedTwice([...path, index, property], item[property], whatToDo)]
      : [],
  );
}
