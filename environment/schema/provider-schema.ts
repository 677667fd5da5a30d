import { z } from 'zod';
import { AWS_CLI_CREDENTIALS_SETTINGS } from '../../modules/iam';
import { setting, text } from '../../modules/settings';
import { settingFields } from './fields/setting-fields';
import { VERSION_CONSTRAINT } from './fields/text-rules';

/** Of the provider alone: no step knows it. */
const PROVIDER_SETTINGS = {
  /**
   * The bindings ask for exactly one; what another one knows in addition has no key here.
   * @default - 6.25.0, which the bindings were made from
   */
  version: setting(text(VERSION_CONSTRAINT), {
    about: 'Version of the AWS provider, such as "6.25.0" or "~> 6.25"',
    change: 'nothing',
    otherwise: '6.25.0, which the bindings were made from',
  }),
};

/** The AWS provider of both stacks; the steps that call the AWS CLI get the same credentials. */
export const providerSchema = z.strictObject({
  ...settingFields(PROVIDER_SETTINGS),
  ...settingFields(AWS_CLI_CREDENTIALS_SETTINGS),
});
