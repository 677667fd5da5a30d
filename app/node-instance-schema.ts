import { rootVolumeGiB, securityGroupIds } from './aws-fields';

/** The keys of a group that say what kind of instances its nodes are. */
export const nodeInstanceFields = {
  rootVolumeGiB: rootVolumeGiB()
    .exactOptional()
    .describe('Size of the root volume of a node in GiB; default that of the AMI.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe('Security groups of the nodes; default only that of the cluster.'),
};
