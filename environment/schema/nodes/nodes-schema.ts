import { z } from 'zod';
import {
  AMI_GUARD_SETTINGS,
  NODE_GROUP_SETTINGS,
  POD_NETWORK_SETTINGS,
} from '../../../modules/eks-windows-nodes/checks';
import { setting, text } from '../../../modules/settings';
import { list } from '../fields/field-types';
import { settingFields } from '../fields/setting-fields';
import { GROUP_NAME } from '../fields/text-rules';
import { nodeAccessSchema } from './node-access-schema';
import { nodeAmiSchema } from './node-ami-schema';
import { nodeBootstrapFields } from './node-bootstrap-schema';
import { nodeInstanceFields } from './node-instance-schema';
import { nodeManifestsSchema } from './node-manifests-schema';
import { nodeScalingFields } from './node-scaling-schema';
import { nodeSecurityGroupSchema } from './node-security-group-schema';
import { terminationQueueSchema } from './termination-queue-schema';

const GROUP_NAME_SETTINGS = {
  /** It is a part of the names of its resources, so that another name is another group. */
  name: setting(text(GROUP_NAME), {
    about: 'Name of the group, unique in this file',
    change: 'ends',
    required: true,
  }),
};

const group = z.strictObject({
  ...settingFields(GROUP_NAME_SETTINGS),
  ...settingFields(NODE_GROUP_SETTINGS),
  ...nodeScalingFields,
  ...nodeBootstrapFields,
  ...nodeInstanceFields,
});

/** The node groups, and the AMI they run. */
export const nodesSchema = z.strictObject({
  ami: nodeAmiSchema,
  ...settingFields({ allowedKubeletSkew: AMI_GUARD_SETTINGS.allowedSkew }),
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
