import { z } from 'zod';
import {
  checkTerminationQueue,
  HEARTBEAT_TIMEOUT_SECONDS,
  MESSAGE_RETENTION_SECONDS,
} from '../../../modules/eks-windows-nodes/checks';
import { checked, integer, plainText } from '../fields/field-types';

const fields = z.strictObject({
  heartbeatTimeoutSeconds: integer(HEARTBEAT_TIMEOUT_SECONDS)
    .exactOptional()
    .describe('Seconds that a node may take to drain, 30 to 7200; default 300.'),
  messageRetentionSeconds: integer(MESSAGE_RETENTION_SECONDS)
    .exactOptional()
    .describe('Seconds that the queue keeps what nobody reads; default 300.'),
  kmsKeyId: plainText()
    .exactOptional()
    .describe('ARN of a key of your own that encrypts the queue; default a key of SQS.'),
});

/** The queue that aws-node-termination-handler reads. */
export const terminationQueueSchema = checked(fields, checkTerminationQueue);
