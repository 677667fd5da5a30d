import { z } from 'zod';
import { checkScheduleExpression, checkTimezone } from '../modules/image-builder/build-schedule';
import { DEFAULT_ROOT_VOLUME_GIB } from '../modules/windows-base';
import { instanceType, rootVolumeGiB, securityGroupIds, subnetId } from './aws-fields';
import { integer, list, plainText, text } from './field-types';

/** The image that is built. */
export const imageSchema = z.strictObject({
  rootVolumeGiB: rootVolumeGiB()
    .default(DEFAULT_ROOT_VOLUME_GIB)
    .describe('Size of the root volume of the image in GiB; default 100.'),
  instanceTypes: list(instanceType(), { min: 1 })
    .default(['m7i.xlarge'])
    .describe('EC2 instance types to build on, of which AWS takes one; default m7i.xlarge.'),
  network: z
    .strictObject({
      subnetId: subnetId().describe('Subnet to build in; it needs a way to the internet.'),
      securityGroupIds: securityGroupIds().describe('Security groups of the build instance.'),
    })
    .exactOptional()
    .describe('Where to build; default the default VPC of the account.'),
  cachedImages: list(plainText(), { min: 1 }).describe(
    'Container images to put into the image, at least one, each with a tag or a digest.',
  ),
  schedule: z
    .strictObject({
      cron: text(checkScheduleExpression).describe(
        'When to build: cron(minute hour day-of-month month day-of-week year), or rate(7 days).',
      ),
      timezone: text(checkTimezone)
        .default('Etc/UTC')
        .describe('Time zone of the schedule, such as Europe/Berlin; default Etc/UTC.'),
    })
    .exactOptional()
    .describe('Build regularly; default only when something in this file changes.'),
  buildOnApply: z
    .boolean()
    .default(true)
    .describe('Build one image during the apply, which takes about an hour; default true.'),
  revision: integer({ min: 0 })
    .default(0)
    .describe('Any whole number; raise it to build again without another change; default 0.'),
  timeoutMinutes: integer({ min: 60, max: 1440 })
    .default(180)
    .describe('How long Terraform waits for a build, in minutes (60 to 1440); default 180.'),
});
