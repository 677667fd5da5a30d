import { z } from 'zod';
import { NODE_SECURITY_GROUP_SETTINGS } from '../../../modules/eks-windows-nodes/checks';
import { settingFields } from '../fields/setting-fields';

/** A security group of their own for the nodes. */
export const nodeSecurityGroupSchema = z.strictObject(settingFields(NODE_SECURITY_GROUP_SETTINGS));
