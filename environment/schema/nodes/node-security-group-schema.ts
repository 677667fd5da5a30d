import { z } from 'zod';
import { POD_TRAFFIC } from '../../../modules/eks-windows-nodes/checks';

/** A security group of their own for the nodes. */
export const nodeSecurityGroupSchema = z.strictObject({
  podTraffic: z
    .enum(POD_TRAFFIC)
    .exactOptional()
    .describe(
      'Which pods reach each other: all, or windows-only (beside DNS, kubelet and API server); default all.',
    ),
});
