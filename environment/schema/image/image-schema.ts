import { z } from 'zod';
import { AMI_RETENTION_SETTINGS } from '../../../modules/ami-retention/checks';
import { BUCKET_NAME, checkAmiId, type TextRule } from '../../../modules/core';
import {
  BUILD_LOG_BUCKET_SETTINGS,
  BUILD_SCHEDULE_SETTINGS,
  BUILD_SETTINGS,
  BUILT_IMAGE_SETTINGS,
  IMAGE_CACHE_SETTINGS,
  IMAGE_RECIPE_SETTINGS,
  INFRASTRUCTURE_SETTINGS,
  WINDOWS_IMAGE_SETTINGS,
} from '../../../modules/image-builder/checks';
import type { SettingChange } from '../../../modules/settings';
import { list, text, textLike } from '../fields/field-types';
import { changes, eachChanges, settingFieldOf, settingFields } from '../fields/setting-fields';
import { DOCUMENT_FOLDER, KEY_PREFIX, REBUILD } from '../fields/text-rules';
import { componentsSchema } from './component-schema';

const base = z.union(
  [
    z.enum(['eks-optimized', 'plain-windows']),
    z.strictObject({
      imageId: changes(
        text(checkAmiId).meta({ pattern: '^ami-' }).describe('Id of an AMI of your own.'),
        'builds',
      ),
    }),
  ],
  { error: 'be "eks-optimized", "plain-windows" or { imageId: ami-... }' },
);

const bucketFolder = (what: string, change: SettingChange, folder: TextRule = KEY_PREFIX) => {
  const keys = {
    bucket: textLike(BUCKET_NAME).describe('Name of an S3 bucket that exists already.'),
    keyPrefix: textLike(folder)
      .exactOptional()
      .describe(`Folder in the bucket for ${what}; default its top.`),
  };
  return z.strictObject(eachChanges(keys, change));
};

/** Components need no key: what they read, they are allowed in `kmsKeyArns`. */
const logs = z.strictObject({
  ...settingFields(BUILD_LOG_BUCKET_SETTINGS),
  keyPrefix: settingFieldOf(BUILD_LOG_BUCKET_SETTINGS.keyPrefix, textLike(KEY_PREFIX)),
});

const schedule = z.strictObject(settingFields(BUILD_SCHEDULE_SETTINGS, ['timezone']));

const retention = z.union(
  [z.enum(['none']), z.strictObject(settingFields(AMI_RETENTION_SETTINGS))],
  { error: 'be "none" or keys such as { older: delete, keep: 3 }' },
);

/** The image that is built. */
export const imageSchema = z.strictObject({
  base: changes(
    base
      .default('eks-optimized')
      .describe(
        'What the image starts from: eks-optimized (see windows), plain-windows (then Amazon installs the EKS components during the build) or { imageId: ami-... }; default eks-optimized.',
      ),
    'builds',
  ),
  components: changes(
    componentsSchema
      .default([])
      .describe(
        'What to install, in this order; image-cache stands for the image cache; default none.',
      ),
    'builds',
  ),
  componentBucket: bucketFolder('component documents', 'builds', DOCUMENT_FOLDER)
    .exactOptional()
    .describe('Where long component documents go; default nowhere.'),
  componentFiles: list(bucketFolder('files that components read', 'in-place'), { min: 1 })
    .exactOptional()
    .describe('Objects in S3 that components read, such as installers; default none.'),
  ...settingFields(IMAGE_CACHE_SETTINGS),
  ...settingFields(IMAGE_RECIPE_SETTINGS, ['rootVolumeGiB']),
  rebuild: settingFieldOf(IMAGE_RECIPE_SETTINGS.rebuild, textLike(REBUILD)),
  ...settingFields(INFRASTRUCTURE_SETTINGS, ['instanceTypes', 'terminateOnFailure']),
  logs: settingFieldOf(INFRASTRUCTURE_SETTINGS.logs, logs),
  ...settingFields(BUILD_SETTINGS, ['tests', 'scanning']),
  ...settingFields(WINDOWS_IMAGE_SETTINGS, [
    'cachedImages',
    'logRetentionDays',
    'pipelineEnabled',
    'buildOnApply',
  ]),
  schedule: settingFieldOf(WINDOWS_IMAGE_SETTINGS.schedule, schedule),
  retention: changes(
    retention
      .exactOptional()
      .describe(
        'What becomes of older AMIs and their snapshots; needs the AWS CLI where Terraform runs; none leaves that step out; default all stay, and are listed when the stack is destroyed.',
      ),
    'in-place',
  ),
  ...settingFields(BUILT_IMAGE_SETTINGS, ['timeoutMinutes']),
});
