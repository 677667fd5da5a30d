import { checkKmsKeyArn } from '../../core';
import {
  boolean,
  checkedBy,
  freeText,
  group,
  list,
  listOrEmpty,
  setting,
  text,
} from '../../settings';
import { BUILD_LOG_GROUP_SETTINGS } from '../build/build-log-groups';
import { BUILD_NOTIFICATION_SETTINGS } from '../build/build-notifications';
import { DISTRIBUTION_SETTINGS } from '../distribution/distribution-configuration';
import { DISTRIBUTION_TARGET_SETTINGS } from '../distribution/distribution-target';
import { IMAGE_PIPELINE_SETTINGS } from '../image/image-pipeline';
import { PULL_THROUGH_CACHE_PREFIXES } from '../roles/ecr-pull-policy';

/** Settings of `WindowsImageDistribution`. */
export const WINDOWS_IMAGE_DISTRIBUTION_SETTINGS = {
  ...DISTRIBUTION_SETTINGS,
  /**
   * Regions and accounts. The Region of the provider is always among them, and each Region gets the
   * SSM parameter.
   * @default - the Region of the provider
   */
  targets: setting(listOrEmpty(group(DISTRIBUTION_TARGET_SETTINGS)), {
    about: 'Regions and accounts of the AMIs',
    otherwise: 'the Region of the file alone',
    change: 'in-place',
  }),
};

/** Settings of `WindowsImage` that no part of it has under the same name. */
export const WINDOWS_IMAGE_SETTINGS = {
  /**
   * Container images to put into the AMI, with tag or digest. Order does not matter.
   * @default []
   */
  // Judged together with `windowsServer`, and by their full names.
  cachedImages: setting(checkedBy(list(freeText())), {
    about: 'Container images to put into the image, each with a tag or a digest',
    default: [],
    otherwise: 'none',
    change: 'builds',
  }),
  /**
   * Prefixes of the ECR pull through cache rules that cached images use, such as `docker-hub`.
   * @default - none
   */
  pullThroughCachePrefixes: setting(PULL_THROUGH_CACHE_PREFIXES, {
    about: 'Repository prefixes of ECR pull through cache rules that images use',
    otherwise: 'none',
    change: 'in-place',
  }),
  /**
   * Further KMS keys that builds use: that of the base image, of secrets, or the account's default
   * for EBS when it is a customer key. ARNs of keys. @default - none
   */
  kmsKeyArns: setting(listOrEmpty(text(checkKmsKeyArn)), {
    about:
      'Further KMS keys that builds use: of the base AMI, of secrets, or the default one for EBS',
    otherwise: 'none',
    change: 'in-place',
  }),
  /** How CloudWatch keeps the logs of builds, in days; 0 keeps them for ever. @default 90 */
  logRetentionDays: BUILD_LOG_GROUP_SETTINGS.retentionDays,
  /**
   * ARN of a KMS key with which CloudWatch encrypts them; an alias will not do. The key's policy has
   * to let `logs.<Region>.amazonaws.com` use it. A change is made in place and holds for new logs.
   * @default - CloudWatch's own encryption
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  logGroupKmsKeyId: BUILD_LOG_GROUP_SETTINGS.kmsKeyId,
  /** @default - the Region of the provider, and no other account */
  distribution: setting(checkedBy(group(WINDOWS_IMAGE_DISTRIBUTION_SETTINGS)), {
    about: 'Where the AMIs go, and how they are called',
    otherwise: 'the Region of the file',
    change: 'in-place',
  }),
  /** @default - builds only at apply, or when someone starts the pipeline */
  schedule: IMAGE_PIPELINE_SETTINGS.schedule,
  /** Whether the pipeline may run at all. @default true */
  pipelineEnabled: IMAGE_PIPELINE_SETTINGS.enabled,
  /** @default - nobody is told */
  notifications: setting(checkedBy(group(BUILD_NOTIFICATION_SETTINGS)), {
    about: 'Whom to tell about failed builds and new AMIs',
    otherwise: 'nobody',
    change: 'in-place',
  }),
  /** Whether an apply builds the image when it is new or changed, and waits. @default true */
  buildOnApply: setting(boolean(), {
    about: 'Build one image during the apply, which takes about an hour',
    default: true,
    change: 'builds',
  }),
};
