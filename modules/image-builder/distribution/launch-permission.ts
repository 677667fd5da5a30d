import { Token } from 'cdktf';
import { type Path, type Problem, problem, withoutUndefined } from '../../core';
import {
  type Check,
  checkedBy,
  choice,
  listOrEmpty,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import {
  checkAccountId,
  checkOrganizationArn,
  checkOrganizationalUnitArn,
} from './distribution-identifiers';

/** To be written out by whoever means it: {@link LaunchPermission.everyone}. */
export const EVERYONE = 'anyone-may-launch-this-ami';

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LaunchPermissionConfiguration.html */
const MAX_ORGANIZATIONS = 25;

/** Of one list, here and of the accounts that get a copy. */
export const MAX_ACCOUNTS = 1536;

const organizations = (check: Check<string>) =>
  listOrEmpty(text(check), { max: MAX_ORGANIZATIONS });

/** Settings of {@link LaunchPermission}. */
export const LAUNCH_PERMISSION_SETTINGS = {
  /** Accounts, up to 1,536. @default - none */
  accountIds: setting(listOrEmpty(text(checkAccountId), { max: MAX_ACCOUNTS }), {
    about: 'Accounts that may launch the AMI, in quotes',
    otherwise: 'none but yours',
    change: 'in-place',
  }),
  /** All accounts of an organization: ARNs, up to 25. @default - none */
  organizationArns: setting(organizations(checkOrganizationArn), {
    about: 'ARNs of organizations whose accounts may launch the AMI',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** All accounts of an organizational unit: ARNs, up to 25. @default - none */
  organizationalUnitArns: setting(organizations(checkOrganizationalUnitArn), {
    about: 'ARNs of organizational units whose accounts may launch the AMI',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * Publishes the AMI to all of AWS, with everything that is in it. Not for an encrypted AMI, and
   * not in an account whose "block public access for AMIs" is on.
   * @default - private
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
   */
  everyone: setting(checkedBy(choice([EVERYONE]), checkEveryone), {
    about: `Publishes the AMI to all of AWS, when it says ${EVERYONE}`,
    otherwise: 'private',
    change: 'in-place',
  }),
};

/**
 * Who else may launch an AMI. No copy is made, the AMI stays that of the account that builds. An
 * encrypted AMI can be launched by others only if its volumes have a key of your own (see
 * `rootVolume.kmsKeyId` of the recipe) whose policy lets them use it.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html
 */
export interface LaunchPermission extends SettingProps<typeof LAUNCH_PERMISSION_SETTINGS> {}

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

function checkEveryone(path: Path, everyone: string): Problem[] {
  if (Token.isUnresolved(everyone) || everyone === EVERYONE) return [];
  const advice = 'leave it out to keep the AMI private';
  return [problem('public-ami-words', path, `be ${JSON.stringify(EVERYONE)}`, everyone, advice)];
}
