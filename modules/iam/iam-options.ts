import { checkIamPolicyArn, checkText, type TextRule } from '../core';
import { freeText, type SettingProps, setting, text } from '../settings';

/** The API takes two slashes in a row as well, which nobody means. */
const PATH: TextRule = {
  id: 'iam-path',
  pattern: /^(?=.{1,512}$)\/(?:[!-.0-~]+\/)*$/,
  rule: 'be an IAM path of 1 to 512 characters such as / or /eks/windows/',
};

const NAME_PREFIX: TextRule = {
  id: 'role-name-prefix',
  pattern: /^[A-Za-z0-9_+=,.@-]{1,63}$/,
  rule: 'be 1 to 63 letters, digits and _+=,.@-',
};

/** What all roles and instance profiles have in common. */
export const IAM_SETTINGS = {
  /**
   * IAM path of roles and instance profiles, such as `/eks/windows/`: 1 to 512 characters that
   * begin and end with a slash. Any other than `/` also ends their names with a hash of it.
   * @default /
   */
  path: setting(
    freeText((path, value) => checkText(path, value, PATH)),
    { about: 'IAM path of every role, such as /eks/', change: 'rolls', default: '/' },
  ),
  /** ARN of the policy that bounds what the roles may do. @default - none */
  permissionsBoundary: setting(text(checkIamPolicyArn), {
    about: 'ARN of the policy that bounds every role',
    change: 'in-place',
    otherwise: 'none',
  }),
  /** Begins the names of roles and instance profiles. @default - nothing */
  namePrefix: setting(text(NAME_PREFIX), {
    about: 'Begins the name of every role',
    change: 'rolls',
    otherwise: 'nothing',
  }),
};

/** What an organization may ask of every role and instance profile. */
export interface IamOptions extends SettingProps<typeof IAM_SETTINGS> {}
