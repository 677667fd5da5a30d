import { z } from 'zod';
import {
  checkVpcCniWindowsOptions,
  WINDOWS_SUPPORT_MODES,
} from '../../modules/eks-windows-support';
import { checked, integer, plainText } from './fields/field-types';

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

/** Whether the cluster can run Windows pods. */
export const windowsSupportSchema = z.strictObject({
  mode: z
    .enum(WINDOWS_SUPPORT_MODES)
    .describe(
      'What to do: check (the plan stops when the managed VPC CNI add-on does not support Windows) or manage (make the add-on and the policy of the role of the cluster).',
    ),
  vpcCni: checked(vpcCni, checkVpcCniWindowsOptions)
    .exactOptional()
    .describe('What the VPC CNI add-on does for Windows; default addresses one by one.'),
  addonVersion: plainText()
    .exactOptional()
    .describe('Version of the add-on with mode manage; default the one EKS takes.'),
});
