import { z } from 'zod';
import { TERMINATION_QUEUE_SETTINGS } from '../../../modules/eks-windows-nodes/checks';
import { settingFields } from '../fields/setting-fields';

/** The queue that aws-node-termination-handler reads. */
export const terminationQueueSchema = z.strictObject(settingFields(TERMINATION_QUEUE_SETTINGS));
