import { z } from 'zod';
import { AMIS_ON_DESTROY, RETIRED_AMIS } from '../../../modules/ami-retention/checks';
import {
  BUCKET_NAME,
  checkAmiId,
  checkKeyPairName,
  checkKmsKeyArn,
  checkSnsTopicArn,
  type TextRule,
} from '../../../modules/core';
import {
  BUILD_START_CONDITIONS,
  BUILD_TENANCIES,
  checkLogRetention,
  checkScheduleExpression,
  checkTimezone,
  DEFAULT_LOG_RETENTION_DAYS,
  NOTIFIED_STATES,
  VOLUME_TYPES,
  WORKFLOW_FAILURE_ACTIONS,
} from '../../../modules/image-builder/checks';
import { DEFAULT_ROOT_VOLUME_GIB } from '../../../modules/windows-base/checks';
import {
  instanceType,
  rootVolumeGiB,
  securityGroupIds,
  subnetId,
  volumeSpeed,
} from '../fields/aws-fields';
import { checked, integer, list, plainText, text, textLike } from '../fields/field-types';
import { DOCUMENT_FOLDER, KEY_PREFIX, REBUILD } from '../fields/text-rules';
import { componentsSchema } from './component-schema';
import { distributionSchema } from './distribution-schema';

/** Structure only where a construct checks the values, together, by the same functions. */
const volumeOptions = {
  type: z.enum(VOLUME_TYPES).exactOptional().describe('EBS volume type; default gp3.'),
  ...volumeSpeed,
  encrypted: z.boolean().exactOptional().describe('Whether the volume is encrypted; default true.'),
  kmsKeyId: plainText()
    .exactOptional()
    .describe('ARN of the KMS key of the volume; default the key of the account for EBS.'),
};

/** How the root volume is. */
const rootVolumeSchema = z.strictObject(volumeOptions);

/** A further volume. */
const dataVolumeSchema = z.strictObject({
  deviceName: plainText().describe('Name of the device: xvdb to xvdz, or xvdba to xvdcz.'),
  sizeGiB: integer({ min: 1 }).describe('Size of the volume in GiB.'),
  snapshotId: plainText()
    .exactOptional()
    .describe('Snapshot that the volume begins with; default an empty volume.'),
  ...volumeOptions,
});

const base = z.union(
  [
    z.enum(['eks-optimized', 'plain-windows']),
    z.strictObject({
      imageId: text(checkAmiId).meta({ pattern: '^ami-' }).describe('Id of an AMI of your own.'),
    }),
  ],
  { error: 'be "eks-optimized", "plain-windows" or { imageId: ami-... }' },
);

const bucketFolder = (what: string, folder: TextRule = KEY_PREFIX) =>
  z.strictObject({
    bucket: textLike(BUCKET_NAME).describe('Name of an S3 bucket that exists already.'),
    keyPrefix: textLike(folder)
      .exactOptional()
      .describe(`Folder in the bucket for ${what}; default its top.`),
  });

/** Where logs go. Components need no key: what they read, they are allowed in `kmsKeyArns`. */
const logBucket = bucketFolder('the logs of builds').extend({
  kmsKeyArn: text(checkKmsKeyArn)
    .exactOptional()
    .describe('ARN of the customer managed KMS key that the bucket encrypts with; default none.'),
});

/** On which hardware builds run. */
const placementSchema = z.strictObject({
  availabilityZone: plainText()
    .exactOptional()
    .describe('Availability Zone to build in; default as EC2 chooses.'),
  tenancy: z
    .enum(BUILD_TENANCIES)
    .exactOptional()
    .describe('Tenancy of the build instance; default that of the VPC.'),
  hostId: plainText().exactOptional().describe('Dedicated Host to build on; default none.'),
  hostResourceGroupArn: plainText()
    .exactOptional()
    .describe('Host resource group to build in; default none.'),
});

const schedule = z.strictObject({
  cron: text(checkScheduleExpression).describe(
    'When to build: cron(minute hour day-of-month month day-of-week year), or rate(7 days).',
  ),
  timezone: text(checkTimezone)
    .default('Etc/UTC')
    .describe('Time zone of the schedule, such as Europe/Berlin; default Etc/UTC.'),
  startCondition: z
    .enum(BUILD_START_CONDITIONS)
    .exactOptional()
    .describe(
      'Whether to build each time, or only when a component with an x in its version is newer; default always.',
    ),
});

/** Whom to tell. */
const notificationsSchema = z.strictObject({
  states: list(z.enum(NOTIFIED_STATES), { min: 1 })
    .exactOptional()
    .describe('Which states of an image to tell; default FAILED and AVAILABLE.'),
  topicArn: text(checkSnsTopicArn)
    .exactOptional()
    .describe('SNS topic to tell; default one that is made for the emails.'),
  emails: list(plainText(), { min: 1 })
    .exactOptional()
    .describe('Addresses to tell; AWS asks each of them for confirmation; default none.'),
});

const retention = z.union(
  [
    z.enum(['none']),
    z.strictObject({
      older: z
        .enum(RETIRED_AMIS)
        .exactOptional()
        .describe(
          'What happens to AMIs beyond the newest ones that nothing uses; default they stay.',
        ),
      keep: integer({ min: 1, max: 1000 })
        .exactOptional()
        .describe('With older: number of the newest AMIs that stay in each Region; default 3.'),
      onDestroy: z
        .enum(AMIS_ON_DESTROY)
        .exactOptional()
        .describe(
          'What happens to all AMIs when the stack is destroyed: keep (they are listed) or delete; default keep.',
        ),
      timeoutMinutes: integer({ min: 1, max: 1440 })
        .exactOptional()
        .describe('Minutes to wait until Fast Launch is off for an AMI; default 60.'),
    }),
  ],
  { error: 'be "none" or keys such as { older: delete, keep: 3 }' },
);

/** A workflow of a build. */
const workflowSchema = z.strictObject({
  workflowArn: plainText().describe('ARN of a build or test workflow, of yours or of AWS.'),
  parameters: z
    .record(plainText(), plainText())
    .exactOptional()
    .describe('Values for the parameters of the workflow; default those of its document.'),
  onFailure: z
    .enum(WORKFLOW_FAILURE_ACTIONS)
    .exactOptional()
    .describe('Whether a failure of the workflow ends the build; default ABORT.'),
  parallelGroup: plainText()
    .exactOptional()
    .describe('Test workflows of one group run at the same time; default one after the other.'),
});

/** The image that is built. */
export const imageSchema = z.strictObject({
  base: base
    .default('eks-optimized')
    .describe(
      'What the image starts from: eks-optimized (see windows), plain-windows (then Amazon installs the EKS components during the build) or { imageId: ami-... }; default eks-optimized.',
    ),
  components: componentsSchema
    .default([])
    .describe(
      'What to install, in this order; image-cache stands for the image cache; default none.',
    ),
  componentBucket: bucketFolder('component documents', DOCUMENT_FOLDER)
    .exactOptional()
    .describe('Where long component documents go; default nowhere.'),
  componentFiles: list(bucketFolder('files that components read'), { min: 1 })
    .exactOptional()
    .describe('Objects in S3 that components read, such as installers; default none.'),
  kmsKeyArns: list(text(checkKmsKeyArn), { min: 1 })
    .exactOptional()
    .describe(
      'Further KMS keys that builds use: of the base AMI, of secrets, or the default one for EBS; default none.',
    ),
  cachedImages: list(plainText())
    .default([])
    .describe('Container images to put into the image, each with a tag or a digest; default none.'),
  registryCredentials: z
    .record(plainText(), plainText())
    .exactOptional()
    .describe(
      'Registries that need a login, each with the ARN of its secret in AWS Secrets Manager; default none.',
    ),
  pullThroughCachePrefixes: list(plainText(), { min: 1 })
    .exactOptional()
    .describe('Repository prefixes of ECR pull through cache rules that images use; default none.'),
  minimumFreeGiB: integer({ min: 1, max: 16_000 })
    .exactOptional()
    .describe(
      'GiB of the root volume that have to stay free with all images, or the build fails; default 10.',
    ),
  rootVolumeGiB: rootVolumeGiB()
    .default(DEFAULT_ROOT_VOLUME_GIB)
    .describe('Size of the root volume of the image in GiB; default 100.'),
  rootVolume: rootVolumeSchema
    .exactOptional()
    .describe('Type, speed and key of the root volume; default gp3 with the key of the account.'),
  dataVolumes: list(dataVolumeSchema, { min: 1 })
    .exactOptional()
    .describe('Further volumes of the image; default none.'),
  workingDirectory: plainText()
    .exactOptional()
    .describe('Folder in which components run; default that of AWSTOE.'),
  instanceTypes: list(instanceType(), { min: 1 })
    .default(['m7i.xlarge'])
    .describe('EC2 instance types to build on, of which AWS takes one; default m7i.xlarge.'),
  network: z
    .strictObject({
      subnetId: subnetId().describe('Subnet to build in; it needs a way to the internet.'),
      securityGroupIds: securityGroupIds()
        .exactOptional()
        .describe('Security groups of the build instance; default one that lets nothing in.'),
    })
    .exactOptional()
    .describe('Where to build; default the default VPC of the account.'),
  keyName: checked(plainText(), checkKeyPairName)
    .exactOptional()
    .describe('EC2 key pair of the build instance; default none.'),
  placement: placementSchema
    .exactOptional()
    .describe('On which hardware to build; default as EC2 chooses.'),
  httpPutResponseHopLimit: integer({ min: 1, max: 64 })
    .exactOptional()
    .describe('Network hops to the instance metadata, 1 to 64; default 1.'),
  terminateOnFailure: z
    .boolean()
    .default(true)
    .describe('End the build instance when a build fails; a running one is billed; default true.'),
  logs: logBucket
    .exactOptional()
    .describe('Where build instances put their logs, beside CloudWatch; default nowhere.'),
  logRetentionDays: checked(z.number(), checkLogRetention)
    .default(DEFAULT_LOG_RETENTION_DAYS)
    .describe('How long CloudWatch keeps the logs of builds, in days; 0 for ever; default 90.'),
  logGroupKmsKeyId: text(checkKmsKeyArn)
    .exactOptional()
    .describe(
      'ARN of the KMS key with which CloudWatch encrypts the logs of builds; default its own encryption.',
    ),
  snsTopicArn: text(checkSnsTopicArn)
    .exactOptional()
    .describe('SNS topic that Image Builder itself tells the end of a build; default none.'),
  tests: z.boolean().default(true).describe('Test each new AMI on a fresh instance; default true.'),
  scanning: z
    .boolean()
    .default(false)
    .describe('Keep what Amazon Inspector finds on the build instance; default false.'),
  workflows: list(workflowSchema, { min: 1 })
    .exactOptional()
    .describe('Workflows in the place of those of Image Builder; default its own.'),
  distribution: distributionSchema
    .exactOptional()
    .describe('Where the AMIs go, and how they are called; default the Region of the file.'),
  schedule: schedule
    .exactOptional()
    .describe('Build regularly; default only when something in this file changes.'),
  pipelineEnabled: z
    .boolean()
    .default(true)
    .describe('Whether the pipeline may run at all, by schedule or by hand; default true.'),
  notifications: notificationsSchema
    .exactOptional()
    .describe('Whom to tell about failed builds and new AMIs; default nobody.'),
  retention: retention
    .exactOptional()
    .describe(
      'What becomes of older AMIs and their snapshots; needs the AWS CLI where Terraform runs; none leaves that step out; default all stay, and are listed when the stack is destroyed.',
    ),
  buildOnApply: z
    .boolean()
    .default(true)
    .describe('Build one image during the apply, which takes about an hour; default true.'),
  rebuild: textLike(REBUILD)
    .exactOptional()
    .describe('Any text; another text builds again without any other change; default none.'),
  timeoutMinutes: integer({ min: 60, max: 1440 })
    .default(180)
    .describe('How long Terraform waits for a build, in minutes (60 to 1440); default 180.'),
});
