import { Fn, Token } from 'cdktf';
import { checkText, contentHash, type Path, type Problem, type TextRule } from '../core';
import { checkSettings } from '../settings';
import { IAM_SETTINGS, type IamOptions } from './iam-options';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME: TextRule = {
  id: 'role-name',
  pattern: /^[A-Za-z0-9_+=,.@-]{1,64}$/,
  rule: 'be 1 to 64 letters, digits and _+=,.@-',
};

const HASH_DIGITS = 6;

const ROOT = IAM_SETTINGS.path.default;

/**
 * The name of a role or an instance profile: prefix, name and, with a path, a hash of the path.
 *
 * A new path replaces the role, and Terraform makes the new one before it removes the old one,
 * because that is how the resources that hold it are replaced. IAM refuses the same name in
 * another path.
 */
export function iamName(name: string, options: IamOptions = {}): string {
  const { path = ROOT, namePrefix = '' } = options;
  if (path === ROOT) return `${namePrefix}${name}`;
  return `${namePrefix}${name}-${shorten(contentHash([path]))}`;
}

/** The name in the ARN of a role, without its path. */
export function roleNameOf(roleArn: string): string {
  if (!Token.isUnresolved(roleArn)) return roleArn.replace(/^.*\//, '');
  return Token.asString(Fn.replace(roleArn, '/^.*//', ''));
}

function shorten(hash: string): string {
  if (!Token.isUnresolved(hash)) return hash.slice(0, HASH_DIGITS);
  return Token.asString(Fn.substr(hash, 0, HASH_DIGITS));
}

/** Checks the options, and the name that comes of them. */
export function checkIamName(path: Path, name: string, options: IamOptions = {}): Problem[] {
  const problems = checkSettings(IAM_SETTINGS, options, [...path, 'iam']);
  if (problems.length > 0) return problems;
  const added = iamName('', options) !== '';
  return checkText([...path, 'name'], iamName(name, options), {
    ...ROLE_NAME,
    ...(added
      ? { whatToDo: 'shorten it: `iam.namePrefix` and a hash of `iam.path` are added to it' }
      : {}),
  });
}

/** The one that is the first to be too long. */
export function longestName(names: readonly string[]): string {
  return names.reduce((longest, name) => (name.length > longest.length ? name : longest), '');
}
