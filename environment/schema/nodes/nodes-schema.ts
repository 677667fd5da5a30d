import { z } from 'zod';
import { checkAmiId } from '../../../modules/core';
import {
  checkAmiOwner,
  KUBELET_SKEW,
  NODE_GROUP_SETTINGS,
  POD_NETWORK_SETTINGS,
} from '../../../modules/eks-windows-nodes/checks';
import { integer, list, text, textLike } from '../fields/field-types';
import { settingFields } from '../fields/setting-fields';
import { GROUP_NAME } from '../fields/text-rules';
import { nodeAccessSchema } from './node-access-schema';
import { nodeBootstrapFields } from './node-bootstrap-schema';
import { nodeInstanceFields } from './node-instance-schema';
import { nodeManifestsSchema } from './node-manifests-schema';
import { nodeScalingFields } from './node-scaling-schema';
import { nodeSecurityGroupSchema } from './node-security-group-schema';
import { terminationQueueSchema } from './termination-queue-schema';

const group = z.strictObject({
  name: textLike(GROUP_NAME).describe('Name of the group, unique in this file.'),
  ...settingFields(NODE_GROUP_SETTINGS),
  ...nodeScalingFields,
  ...nodeBootstrapFields,
  ...nodeInstanceFields,
});

/** The node groups, and the AMI they run. */
export const nodesSchema = z.strictObject({
  ami: z
    .union(
      [
        z.enum(['built', 'eks-optimized']),
        z.strictObject({
          imageId: text(checkAmiId)
            .meta({ pattern: '^ami-' })
            .exactOptional()
            .describe('Id of an AMI of your own.'),
          owner: text(checkAmiOwner)
            .exactOptional()
            .describe(
              'Account that shares the AMI with this one, in quotes: "111122223333"; default this account, Amazon and the AWS Marketplace.',
            ),
          builtVersion: integer({ min: 1 })
            .exactOptional()
            .describe('Version of the SSM parameter with an AMI that this file built earlier.'),
        }),
      ],
      { error: 'be "built", "eks-optimized", { imageId: ami-... } or { builtVersion: 3 }' },
    )
    .default('built')
    .describe(
      'AMI of the nodes: built (the newest image of this file), { builtVersion: 3 } (an earlier one), eks-optimized (that of Amazon) or { imageId: ami-... }, with owner: "111122223333" when another account shares it; default built.',
    ),
  allowedKubeletSkew: integer({ min: 0, max: KUBELET_SKEW })
    .exactOptional()
    .describe('How many minor versions the nodes may be older than the cluster; default 3.'),
  access: nodeAccessSchema
    .exactOptional()
    .describe('The role of the nodes, and how it gets into the cluster; default both are made.'),
  securityGroup: nodeSecurityGroupSchema
    .exactOptional()
    .describe(
      'Make a security group for all groups without securityGroupIds; default none, they get that of the cluster.',
    ),
  manifests: nodeManifestsSchema
    .exactOptional()
    .describe('Kubernetes manifests to write beside the stack, for you to apply; default none.'),
  groups: list(group, { min: 1 }).describe('Groups of nodes that are alike.'),
  ...settingFields(POD_NETWORK_SETTINGS),
  terminationQueue: terminationQueueSchema
    .exactOptional()
    .describe(
      'Hold nodes at their end until aws-node-termination-handler, which is yours to run, has drained them; default nobody drains.',
    ),
});
