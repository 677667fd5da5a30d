import { z } from 'zod';
import { KUBELET_FLAG, KUBELET_VALUE, TAINT_EFFECTS } from '../modules/eks-windows-nodes';
import { integer, list, plainText, textLike } from './field-types';

const taint = z.strictObject({
  key: plainText().describe('Key of the taint.'),
  value: plainText().default('').describe('Value of the taint; default empty.'),
  effect: z.enum(TAINT_EFFECTS).describe('What happens to pods without the toleration.'),
});

/** The keys of a group that say how its nodes join the cluster. */
export const nodeBootstrapFields = {
  labels: z
    .record(plainText(), plainText())
    .default({})
    .describe('Kubernetes labels of the nodes; default none.'),
  taints: list(taint).default([]).describe('Kubernetes taints of the nodes; default none.'),
  kubeletArguments: z
    .record(textLike(KUBELET_FLAG), textLike(KUBELET_VALUE))
    .exactOptional()
    .describe('Further kubelet flags, without the dashes in front; default none.'),
  imageGcThresholds: z
    .strictObject({
      highPercent: integer({ min: 2, max: 100 }).describe(
        'Above so much of the disk in use, in per cent, the kubelet deletes images.',
      ),
      lowPercent: integer({ min: 1, max: 99 }).describe(
        'It deletes until no more than this is in use, in per cent.',
      ),
    })
    .exactOptional()
    .describe('When the kubelet deletes container images; default 85 and 80 per cent.'),
};
