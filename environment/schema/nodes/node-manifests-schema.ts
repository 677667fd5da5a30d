import { z } from 'zod';

/** Kubernetes manifests that are written for review, and never applied. */
export const nodeManifestsSchema = z.strictObject({
  runtimeClass: z
    .boolean()
    .default(false)
    .describe(
      'Write a RuntimeClass with which pods find nodes of this Windows release; default false.',
    ),
  karpenter: z
    .boolean()
    .default(false)
    .describe('Write an EC2NodeClass and a NodePool of Karpenter for each group; default false.'),
});
