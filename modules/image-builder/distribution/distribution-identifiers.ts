import { Token } from 'cdktf';
import {
  ARN_PARTITION,
  checkRegion,
  checkText,
  KMS_KEY_OR_ALIAS_RESOURCE,
  type Path,
  type Problem,
  type TextRule,
} from '../../core';

/**
 * Forms of what a distribution names. They are those of the API where it has one.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateDistributionConfiguration.html
 */
const ACCOUNT: TextRule = {
  id: 'account-id',
  pattern: /^\d{12}$/,
  rule: 'be an AWS account id of 12 digits',
  whatToDo: 'write it in quotes, with its leading zeros',
};

const ORGANIZATIONS = `${ARN_PARTITION}:organizations::\\d{12}`;

const ORGANIZATION: TextRule = {
  id: 'organization-arn',
  pattern: new RegExp(`^${ORGANIZATIONS}:organization/o-[a-z0-9]{10,32}$`),
  rule: 'be the ARN of an AWS Organization',
};

const ORGANIZATIONAL_UNIT: TextRule = {
  id: 'organizational-unit-arn',
  pattern: new RegExp(`^${ORGANIZATIONS}:ou/o-[a-z0-9]{10,32}/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$`),
  rule: 'be the ARN of an organizational unit',
};

const LAUNCH_TEMPLATE: TextRule = {
  id: 'launch-template-id',
  pattern: /^lt-[0-9a-f]{17}$/,
  rule: 'be a launch template id (lt- and 17 hex digits)',
};

/** An AWS account id. */
export const checkAccountId = (path: Path, value: string): Problem[] =>
  checkText(path, value, ACCOUNT);

/** The ARN of an AWS Organization. */
export const checkOrganizationArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, ORGANIZATION);

/** The ARN of an organizational unit. */
export const checkOrganizationalUnitArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, ORGANIZATIONAL_UNIT);

/** A launch template id. */
export const checkLaunchTemplateId = (path: Path, value: string): Problem[] =>
  checkText(path, value, LAUNCH_TEMPLATE);

/**
 * The ARN of a KMS key, or of an alias of one, in the Region where it encrypts. Ids without the ARN
 * are refused, because another account takes them for a key of its own.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html
 */
export function checkCopyKeyArn(path: Path, value: string, region: string): Problem[] {
  // A Region that is no Region is reported as such.
  const anyRegion = Token.isUnresolved(region) || checkRegion(path, region).length > 0;
  const keyRegion = anyRegion ? '[a-z0-9-]+' : region;
  return checkText(path, value, {
    id: 'copy-key-arn',
    pattern: new RegExp(`^${ARN_PARTITION}:kms:${keyRegion}:\\d{12}:${KMS_KEY_OR_ALIAS_RESOURCE}$`),
    rule: anyRegion
      ? 'be the ARN of a KMS key or alias'
      : `be the ARN of a KMS key or alias in ${region}`,
  });
}
