import { Token } from 'cdktf';
import {
  checkEach,
  checkListLength,
  checkUnique,
  type Path,
  type Problem,
  problem,
  withoutUndefined,
} from '../../core';
import {
  checkAccountId,
  checkOrganizationArn,
  checkOrganizationalUnitArn,
} from './distribution-identifiers';

/** To be written out by whoever means it: {@link LaunchPermission.everyone}. */
export const EVERYONE = 'anyone-may-launch-this-ami';

/**
 * Who else may launch an AMI. No copy is made, the AMI stays that of the account that builds. An
 * encrypted AMI can be launched by others only if its volumes have a key of your own (see
 * `rootVolume.kmsKeyId` of the recipe) whose policy lets them use it.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html
 */
export interface LaunchPermission {
  /** Accounts, up to 1,536. @default - none */
  readonly accountIds?: readonly string[] | undefined;
  /** All accounts of an organization: ARNs, up to 25. @default - none */
  readonly organizationArns?: readonly string[] | undefined;
  /** All accounts of an organizational unit: ARNs, up to 25. @default - none */
  readonly organizationalUnitArns?: readonly string[] | undefined;
  /**
   * Publishes the AMI to all of AWS, with everything that is in it. Not for an encrypted AMI, and
   * not in an account whose "block public access for AMIs" is on.
   * @default - private
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
   */
  readonly everyone?: typeof EVERYONE | undefined;
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LaunchPermissionConfiguration.html */
const MAX_ORGANIZATIONS = 25;

/** Of one list, here and of the accounts that get a copy. */
export const MAX_ACCOUNTS = 1536;

/** `undefined` for an empty list: Image Builder refuses one. */
export function listUnlessEmpty(list: readonly string[] | undefined): string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : [...list];
}

/** Writes a permission as the provider wants it; `undefined` when nobody is in it. */
export function buildLaunchPermission(permission: LaunchPermission | undefined) {
  const lists = withoutUndefined({
    userIds: listUnlessEmpty(permission?.accountIds),
    organizationArns: listUnlessEmpty(permission?.organizationArns),
    organizationalUnitArns: listUnlessEmpty(permission?.organizationalUnitArns),
    userGroups: permission?.everyone === undefined ? undefined : ['all'],
  });
  return Object.keys(lists).length === 0 ? undefined : lists;
}

/** Lists what is wrong with a permission. */
export function checkLaunchPermission(path: Path, permission: LaunchPermission): Problem[] {
  const { accountIds = [], organizationArns = [], organizationalUnitArns = [] } = permission;
  const units = [...path, 'organizationalUnitArns'];
  return [
    ...checkNames([...path, 'accountIds'], accountIds, MAX_ACCOUNTS, checkAccountId),
    ...checkNames(
      [...path, 'organizationArns'],
      organizationArns,
      MAX_ORGANIZATIONS,
      checkOrganizationArn,
    ),
    ...checkNames(units, organizationalUnitArns, MAX_ORGANIZATIONS, checkOrganizationalUnitArn),
    ...checkEveryone([...path, 'everyone'], permission.everyone),
  ];
}

/** A list of limited length in which each item has a form, and none is there twice. */
export function checkNames(
  path: Path,
  names: readonly string[],
  max: number,
  check: (path: Path, name: string) => readonly Problem[],
): Problem[] {
  return [
    ...checkListLength(path, names, { min: 0, max }),
    ...checkEach(path, names, check),
    ...checkUnique(path, names),
  ];
}

function checkEveryone(path: Path, everyone: string | undefined): Problem[] {
  if (everyone === undefined || Token.isUnresolved(everyone) || everyone === EVERYONE) return [];
  const advice = 'leave it out to keep the AMI private';
  return [problem('public-ami-words', path, `be ${JSON.stringify(EVERYONE)}`, everyone, advice)];
}
