import { z } from 'zod';
import { IAM_SETTINGS } from '../../modules/iam';
import { ROLE_PERMISSIONS_SETTINGS } from '../../modules/image-builder/checks';
import { settingFields } from './fields/setting-fields';

/** What an organization asks of every role that is made. */
export const iamSchema = z.strictObject({
  ...settingFields(ROLE_PERMISSIONS_SETTINGS, ['permissions']),
  ...settingFields(IAM_SETTINGS),
});
