import { z } from 'zod';
import { checkNodeAccess, NODE_ACCESS_ENTRIES } from '../../../modules/eks-windows-nodes/checks';
import { checked, list, plainText } from '../fields/field-types';

const fields = z.strictObject({
  entry: z
    .enum(NODE_ACCESS_ENTRIES)
    .default('access-entry')
    .describe(
      'How the cluster gets to know the role: access-entry (one is made), existing-entry (it is there already), aws-auth (add the output aws_auth_map_roles to the ConfigMap yourself) or none; default access-entry.',
    ),
  roleArn: plainText()
    .exactOptional()
    .describe(
      'ARN of a role that exists already, and that no Linux node has; default one is made.',
    ),
  instanceProfileName: plainText()
    .exactOptional()
    .describe(
      'Name of an instance profile that exists already, with its role; default one is made.',
    ),
  sessionManager: z
    .boolean()
    .default(false)
    .describe('Let people open sessions on the nodes with Session Manager; default false.'),
  policyArns: list(plainText())
    .default([])
    .describe('ARNs of further policies of the role that is made; default none.'),
});

/** Who the nodes are, to AWS and to the cluster. */
export const nodeAccessSchema = checked(fields, checkNodeAccess);
