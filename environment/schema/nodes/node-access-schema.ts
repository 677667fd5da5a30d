import { z } from 'zod';
import { checkExistingRole, NODE_ACCESS_SETTINGS } from '../../../modules/eks-windows-nodes/checks';
import { checked } from '../fields/field-types';
import { settingFields } from '../fields/setting-fields';

const fields = z.strictObject(
  settingFields(NODE_ACCESS_SETTINGS, ['entry', 'sessionManager', 'policyArns']),
);

/** Who the nodes are, to AWS and to the cluster. */
export const nodeAccessSchema = checked(fields, checkExistingRole);
