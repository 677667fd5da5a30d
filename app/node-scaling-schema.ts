import { MAX_GROUP_SIZE } from '../modules/eks-windows-nodes';
import { instanceType } from './aws-fields';
import { integer, list } from './field-types';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const MAX_GROUP_INSTANCE_TYPES = 40;

/** The keys of a group that say how many nodes it has, and of which types. */
export const nodeScalingFields = {
  instanceTypes: list(instanceType(), { min: 1, max: MAX_GROUP_INSTANCE_TYPES }).describe(
    'EC2 instance types of the nodes, 1 to 40.',
  ),
  minSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Smallest number of nodes.'),
  maxSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Largest number of nodes.'),
};
