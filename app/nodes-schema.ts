import { z } from 'zod';
import { checkAmiId, checkIpv4Cidr } from '../modules/core';
import {
  KUBELET_FLAG,
  KUBELET_VALUE,
  MAX_GROUP_SIZE,
  TAINT_EFFECTS,
} from '../modules/eks-windows-nodes';
import { instanceType, rootVolumeGiB, securityGroupIds, subnetId } from './aws-fields';
import { integer, list, plainText, text, textLike } from './field-types';
import { GROUP_NAME } from './text-rules';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const MAX_GROUP_INSTANCE_TYPES = 40;

const taint = z.strictObject({
  key: plainText().describe('Key of the taint.'),
  value: plainText().default('').describe('Value of the taint; default empty.'),
  effect: z.enum(TAINT_EFFECTS).describe('What happens to pods without the toleration.'),
});

const group = z.strictObject({
  name: textLike(GROUP_NAME).describe('Name of the group, unique in this file.'),
  subnetIds: list(subnetId(), { min: 1 }).describe('Subnets to start nodes in.'),
  instanceTypes: list(instanceType(), { min: 1, max: MAX_GROUP_INSTANCE_TYPES }).describe(
    'EC2 instance types of the nodes, 1 to 40.',
  ),
  minSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Smallest number of nodes.'),
  maxSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Largest number of nodes.'),
  labels: z
    .record(plainText(), plainText())
    .default({})
    .describe('Kubernetes labels of the nodes; default none.'),
  taints: list(taint).default([]).describe('Kubernetes taints of the nodes; default none.'),
  rootVolumeGiB: rootVolumeGiB()
    .exactOptional()
    .describe('Size of the root volume of a node in GiB; default that of the AMI.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe('Further security groups of the nodes; default only that of the cluster.'),
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
          builtVersion: integer({ min: 1 })
            .exactOptional()
            .describe('Version of the SSM parameter with an AMI that this file built earlier.'),
        }),
      ],
      { error: 'be "built", "eks-optimized", { imageId: ami-... } or { builtVersion: 3 }' },
    )
    .default('built')
    .describe(
      'AMI of the nodes: built (the newest image of this file), { builtVersion: 3 } (an earlier one), eks-optimized (that of Amazon) or { imageId: ami-... }; default built.',
    ),
  groups: list(group, { min: 1 }).describe('Groups of nodes that are alike.'),
  excludedSnatCidrs: list(text(checkIpv4Cidr), { min: 1 })
    .exactOptional()
    .describe('IPv4 ranges that pods reach with their own address; default none.'),
});
