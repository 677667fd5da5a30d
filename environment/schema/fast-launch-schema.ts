import { z } from 'zod';
import {
  FAST_LAUNCH_KEY_GRANT_SETTINGS,
  FAST_LAUNCH_SETTINGS,
  FAST_LAUNCH_TEMPLATE_SETTINGS,
  SNAPSHOT_PRICE_SETTINGS,
} from '../../modules/fast-launch/checks';
import { choice, group, setting } from '../../modules/settings';
import { settingFields } from './fields/setting-fields';

/** Keys that only the step of the method `local-exec` reads. */
export const LOCAL_EXEC_KEYS = [
  'enabled',
  'waitForEnabled',
  'timeoutMinutes',
  'onDestroy',
  'takeOver',
  'driftCheck',
] as const;

/** What the stacks of an environment make of Fast Launch, beside what its constructs do. */
const METHOD_SETTINGS = {
  /**
   * Who switches Fast Launch on: Terraform, by a step that calls the AWS CLI; Image Builder, when it
   * distributes the AMI; or nobody. With the last two no stack has a `local-exec` step.
   * @default local-exec
   */
  method: setting(choice(['local-exec', 'distribution', 'none']), {
    about:
      'Who switches it on: local-exec (a step of Terraform that calls the AWS CLI, waits, and switches old AMIs off), distribution (Image Builder after each build; nothing waits, and nothing switches off) or none',
    change: 'in-place',
    default: 'local-exec',
  }),
};

const KEY_GRANT_SETTINGS = {
  /** The customer managed KMS key of the AMI. @default - none */
  keyGrant: setting(group(FAST_LAUNCH_KEY_GRANT_SETTINGS), {
    about: 'Lets EC2 Fast Launch use the customer managed KMS key of the AMI',
    change: 'in-place',
    otherwise: 'none',
  }),
};

/** Fast Launch for the AMI of the nodes. */
export const fastLaunchSchema = z.strictObject({
  ...settingFields(METHOD_SETTINGS, ['method']),
  ...settingFields(FAST_LAUNCH_SETTINGS, ['targetResourceCount', 'maxParallelLaunches']),
  ...settingFields(KEY_GRANT_SETTINGS),
  ...settingFields(FAST_LAUNCH_TEMPLATE_SETTINGS),
  ...settingFields(SNAPSHOT_PRICE_SETTINGS),
});
