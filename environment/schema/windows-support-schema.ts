import { z } from 'zod';
import { WINDOWS_SUPPORT_SETTINGS } from '../../modules/eks-windows-support/checks';
import { checked } from './fields/field-types';
import { checkPlainData } from './fields/plain-value';
import { changes, settingFields } from './fields/setting-fields';

/** Whether the cluster can run Windows pods. */
export const windowsSupportSchema = z.strictObject({
  ...settingFields(WINDOWS_SUPPORT_SETTINGS),
  configuration: changes(
    checked(z.record(z.string(), z.unknown()), checkPlainData)
      .exactOptional()
      .describe(
        'All else of the configuration of the add-on with mode manage, by the keys of the add-on; default nothing, so that the add-on takes its own.',
      ),
    'in-place',
  ),
});
