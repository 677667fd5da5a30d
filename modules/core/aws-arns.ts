import { checkText, type TextRule } from './check';
import type { Path, Problem } from './problem';

/** Any of AWS's partitions, such as `aws`, `aws-cn` and `aws-us-gov`. */
export const ARN_PARTITION = 'arn:aws(?:-[a-z]+)*';

/** `<Region>:<account>` inside an ARN. */
export const ARN_REGION_AND_ACCOUNT = '[a-z]{2,4}(?:-[a-z]+)+-\\d:\\d{12}';

const regional = (service: string, resource: string): RegExp =>
  new RegExp(`^${ARN_PARTITION}:${service}:${ARN_REGION_AND_ACCOUNT}:${resource}$`);

/** A FIFO topic's name ends in `.fifo`; neither EventBridge nor Image Builder can publish to one. */
const SNS_TOPIC: TextRule = {
  pattern: regional('sns', '[A-Za-z0-9_-]{1,256}'),
  rule: 'be the ARN of an SNS topic such as arn:aws:sns:us-east-1:111122223333:images',
};

const KMS_KEY: TextRule = {
  pattern: regional('kms', 'key/[A-Za-z0-9-]+'),
  rule: 'be the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/<id>',
};

const KMS_KEY_OR_ALIAS: TextRule = {
  pattern: regional('kms', '(?:key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)'),
  rule: `${KMS_KEY.rule}, or of an alias`,
};

const RESOURCE_GROUP: TextRule = {
  pattern: regional('resource-groups', 'group/[A-Za-z0-9._-]{1,300}'),
  rule:
    'be the ARN of a resource group such as ' +
    'arn:aws:resource-groups:us-east-1:111122223333:group/hosts',
};

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
