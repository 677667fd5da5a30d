import { checkText, type TextRule } from './check';
import type { Path, Problem } from './problem';

/** Any of AWS's partitions, such as `aws`, `aws-cn` and `aws-us-gov`. */
export const ARN_PARTITION = 'arn:aws(?:-[a-z]+)*';

/** `<Region>` inside an ARN. */
export const ARN_REGION = '[a-z]{2,4}(?:-[a-z]+)+-\\d';

/** `<Region>:<account>` inside an ARN. */
const ARN_REGION_AND_ACCOUNT = `${ARN_REGION}:\\d{12}`;

/** What follows Region and account in the ARN of a KMS key, or of an alias for one. */
export const KMS_KEY_OR_ALIAS_RESOURCE = '(?:key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)';

const regional = (service: string, resource: string): RegExp =>
  new RegExp(`^${ARN_PARTITION}:${service}:${ARN_REGION_AND_ACCOUNT}:${resource}$`);

/** A FIFO topic's name ends in `.fifo`; neither EventBridge nor Image Builder can publish to one. */
const SNS_TOPIC: TextRule = {
  id: 'sns-topic-arn',
  pattern: regional('sns', '[A-Za-z0-9_-]{1,256}'),
  rule: 'be the ARN of an SNS topic such as arn:aws:sns:us-east-1:111122223333:images',
};

const KMS_KEY: TextRule = {
  id: 'kms-key-arn',
  pattern: regional('kms', 'key/[A-Za-z0-9-]+'),
  rule: 'be the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/<id>',
};

const KMS_KEY_OR_ALIAS: TextRule = {
  id: 'kms-key-or-alias-arn',
  pattern: regional('kms', KMS_KEY_OR_ALIAS_RESOURCE),
  rule: `${KMS_KEY.rule}, or of an alias`,
};

/**
 * With the dash and the 6 characters behind the name: a policy can then allow exactly this secret.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
const SECRET: TextRule = {
  id: 'secret-arn',
  pattern: regional('secretsmanager', 'secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6}'),
  rule: 'be the complete ARN of a secret in AWS Secrets Manager',
  whatToDo: 'copy it from the console or from `aws secretsmanager describe-secret`',
};

const RESOURCE_GROUP: TextRule = {
  id: 'resource-group-arn',
  pattern: regional('resource-groups', 'group/[A-Za-z0-9._-]{1,300}'),
  rule:
    'be the ARN of a resource group such as ' +
    'arn:aws:resource-groups:us-east-1:111122223333:group/hosts',
};

const IAM_ROLE: TextRule = {
  id: 'role-arn',
  pattern: /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/(?:[!-.0-~]+\/)*[A-Za-z0-9_+=,.@-]{1,64}$/,
  rule: 'be the ARN of a role such as arn:aws:iam::111122223333:role/windows-nodes',
};

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
const IAM_POLICY: TextRule = {
  id: 'policy-arn',
  pattern:
    /^(?=.{20,2048}$)arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|aws):policy\/(?:[!-.0-~]+\/)*[A-Za-z0-9_+=,.@-]{1,128}$/,
  rule: 'be the ARN of a policy such as arn:aws:iam::111122223333:policy/boundary',
};

/** @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Distribution.html */
const LICENSE_CONFIGURATION: TextRule = {
  id: 'license-configuration-arn',
  pattern: regional('license-manager', 'license-configuration:lic-[a-z0-9_-]{32}'),
  rule: 'be the ARN of a License Manager licence configuration',
};

/** The ARN of an IAM role, with or without a path. */
export const checkIamRoleArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, IAM_ROLE);

/** The ARN of a policy, of AWS or of an account, with or without a path. */
export const checkIamPolicyArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, IAM_POLICY);

/** The ARN of an SNS topic that is not FIFO. */
export const checkSnsTopicArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, SNS_TOPIC);

/** The ARN of a KMS key. */
export const checkKmsKeyArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, KMS_KEY);

/** The ARN of a KMS key or of an alias for one. */
export const checkKmsKeyOrAliasArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, KMS_KEY_OR_ALIAS);

/** The ARN of a resource group. */
export const checkResourceGroupArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, RESOURCE_GROUP);

/** The ARN of a License Manager licence configuration. */
export const checkLicenseConfigurationArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, LICENSE_CONFIGURATION);

/** The complete ARN of a secret. */
export const checkSecretArn = (path: Path, value: string): Problem[] =>
  checkText(path, value, SECRET);

/** @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-iso-', 'aws-iso'],
  ['eusc-', 'aws-eusc'],
];

/** The partition of a Region that is known when the stack is built. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
