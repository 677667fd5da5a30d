import { z } from 'zod';
import {
  checkManagedVpcCni,
  checkVpcCniWindowsOptions,
  WINDOWS_SUPPORT_MODES,
} from '../../modules/eks-windows-support/checks';
import { checked, integer, plainText } from './fields/field-types';
import { checkPlainData } from './fields/plain-value';

const vpcCni = z.strictObject({
  prefixDelegation: z
    .boolean()
    .default(false)
    .describe('Give Windows nodes prefixes of 16 addresses, for more pods; default false.'),
  warmPrefixTarget: integer({ min: 0 })
    .exactOptional()
    .describe('Free prefixes that a node keeps; default that of the add-on.'),
  warmIpTarget: integer({ min: 0 })
    .exactOptional()
    .describe('Free addresses that a node keeps; default that of the add-on.'),
  minimumIpTarget: integer({ min: 0 })
    .exactOptional()
    .describe('Addresses that a node has at least; default that of the add-on.'),
});

const fields = z.strictObject({
  mode: z
    .enum(WINDOWS_SUPPORT_MODES)
    .describe(
      'What to do: check (the plan stops when the managed VPC CNI add-on does not support Windows) or manage (make the add-on and the policy of the role of the cluster).',
    ),
  vpcCni: checked(vpcCni, checkVpcCniWindowsOptions)
    .exactOptional()
    .describe('What the VPC CNI add-on does for Windows; default addresses one by one.'),
  configuration: checked(z.record(z.string(), z.unknown()), checkPlainData)
    .exactOptional()
    .describe(
      'All else of the configuration of the add-on with mode manage, by the keys of the add-on; default nothing, so that the add-on takes its own.',
    ),
  addonVersion: plainText()
    .exactOptional()
    .describe('Version of the add-on with mode manage; default the one EKS takes.'),
});

/** Whether the cluster can run Windows pods. */
export const windowsSupportSchema = checked(fields, checkManagedVpcCni);
