import { Token } from 'cdktf';
import {
  AMI_TAG_KEY,
  checkEach,
  checkLicenseConfigurationArn,
  checkListLength,
  checkRegion,
  checkText,
  MAX_TAG_VALUE_LENGTH,
  namedTwice,
  type Path,
  type Problem,
  problem,
} from '../../core';
import { checkAccountId, checkCopyKeyArn, checkLaunchTemplateId } from './distribution-identifiers';
import type { AmiParameter, DistributionTarget, LaunchTemplateTarget } from './distribution-target';
import { checkLaunchPermission, checkNames, MAX_ACCOUNTS } from './launch-permission';
import { checkNativeFastLaunch } from './native-fast-launch';
import { checkParameterName } from './ssm-parameter-name';

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Distribution.html */
const MAX_LICENSE_CONFIGURATIONS = 50;
const MAX_LAUNCH_TEMPLATES = 100;
const MAX_FAST_LAUNCH = 1000;

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html */
const MAX_TAGS = 50;

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
  const { accountIds = [], licenseConfigurationArns = [], launchPermission } = target;
  const licences = [...path, 'licenseConfigurationArns'];
  return [
    ...checkRegion([...path, 'region'], target.region),
    ...checkNames([...path, 'accountIds'], accountIds, MAX_ACCOUNTS, checkAccountId),
    ...checkKey([...path, 'kmsKeyId'], target),
    ...checkAmiTags([...path, 'amiTags'], target.amiTags ?? {}),
    ...(launchPermission === undefined
      ? []
      : checkLaunchPermission([...path, 'launchPermission'], launchPermission)),
    ...checkNames(
      licences,
      licenseConfigurationArns,
      MAX_LICENSE_CONFIGURATIONS,
      checkLicenseConfigurationArn,
    ),
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

function checkAmiTags(path: Path, tags: Readonly<Record<string, string>>): Problem[] {
  // A map that only Terraform knows has no entries here.
  const entries = Token.isUnresolved(tags) ? [] : Object.entries(tags);
  return [
    ...checkListLength(path, entries, { min: 0, max: MAX_TAGS }),
    ...entries.flatMap(([key, value]) => checkTag([...path, key], key, value)),
  ];
}

function checkTag(path: Path, key: string, value: string): Problem[] {
  const problems = checkText(path, key, AMI_TAG_KEY);
  if (problems.length > 0) return problems;
  if (Token.isUnresolved(value) || value.length <= MAX_TAG_VALUE_LENGTH) return [];
  return [problem('ami-tag-length', path, `be at most ${MAX_TAG_VALUE_LENGTH} characters`, value)];
}

function checkAmiParameters(path: Path, target: DistributionTarget): Problem[] {
  const { amiParameters = [] } = target;
  return [
    ...checkEach(path, amiParameters, (one, { name, accountId }) => [
      ...checkParameterName([...one, 'name'], name),
      ...checkCopyAccount([...one, 'accountId'], accountId, target),
    ]),
    ...checkOncePerTarget(path, amiParameters, parameterKey, 'name'),
  ];
}

const parameterKey = ({ name, accountId = '' }: AmiParameter): string => `${accountId}:${name}`;

function checkLaunchTemplates(path: Path, target: DistributionTarget): Problem[] {
  const { launchTemplates = [] } = target;
  return [
    ...checkListLength(path, launchTemplates, { min: 0, max: MAX_LAUNCH_TEMPLATES }),
    ...checkEach(path, launchTemplates, (one, { id, accountId }) => [
      ...checkLaunchTemplateId([...one, 'id'], id),
      ...checkLaunchAccount([...one, 'accountId'], accountId, target),
    ]),
    ...checkOncePerTarget(path, launchTemplates, templateKey, 'id'),
  ];
}

const templateKey = ({ id }: LaunchTemplateTarget): string => id;

function checkFastLaunchEntries(path: Path, target: DistributionTarget): Problem[] {
  const { fastLaunch = [] } = target;
  return [
    ...checkListLength(path, fastLaunch, { min: 0, max: MAX_FAST_LAUNCH }),
    ...checkEach(path, fastLaunch, (one, entry) => [
      ...checkCopyAccount([...one, 'accountId'], entry.accountId, target),
      ...checkNativeFastLaunch(one, entry),
    ]),
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
  if (accountId === undefined) return [];
  const form = checkAccountId(path, accountId);
  if (form.length > 0 || isAmong(accountId, accountIds)) return form;
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
  if (accountId === undefined) return [];
  const { accountIds, organizationArns, organizationalUnitArns, everyone } = launchPermission;
  const form = checkAccountId(path, accountId);
  // Which accounts are in an organization is not known here.
  const others = [organizationArns ?? [], organizationalUnitArns ?? []].flat();
  if (form.length > 0 || everyone !== undefined || others.length > 0) return form;
  if (isAmong(accountId, accountIds ?? [])) return [];
  const rule = 'be in `launchPermission.accountIds`, because the template gets the id of that AMI';
  return [problem('launch-template-account', path, rule, accountId, OWN_ACCOUNT_ADVICE)];
}

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
