import { z } from 'zod';
import { checkKeyPairName, checkLicenseConfigurationArn, TENANCIES } from '../../../modules/core';
import {
  CAPACITY_RESERVATION_PREFERENCES,
  CPU_CREDITS,
  HTTP_PUT_RESPONSE_HOP_LIMIT,
  NODE_VOLUME_TYPES,
} from '../../../modules/eks-windows-nodes/checks';
import { rootVolumeGiB, securityGroupIds, volumeSpeed } from '../fields/aws-fields';
import { checked, integer, list, plainText, text } from '../fields/field-types';

/** Structure only where the rules check the values, together, by the functions of the modules. */
const volumeOptions = {
  type: z.enum(NODE_VOLUME_TYPES).exactOptional().describe('EBS volume type; default gp3.'),
  ...volumeSpeed,
  kmsKeyId: plainText()
    .exactOptional()
    .describe(
      'ARN of the KMS key of the volume, which Auto Scaling must be allowed to use; default as EBS chooses.',
    ),
};

/** How the root volume of a node is. */
const nodeRootVolumeSchema = z.strictObject(volumeOptions);

/** A further volume of a node. */
const nodeDataVolumeSchema = z.strictObject({
  deviceName: plainText().describe('Name of the device: xvdb to xvdz, or xvdba to xvdcz.'),
  sizeGiB: integer({ min: 1 }).describe('Size of the volume in GiB.'),
  snapshotId: plainText()
    .exactOptional()
    .describe(
      'Snapshot that the volume begins with; default that of the AMI for the device, else an empty volume.',
    ),
  ...volumeOptions,
});

/** On which hardware nodes run. */
const nodeTenancySchema = z.strictObject({
  tenancy: z
    .enum(TENANCIES)
    .exactOptional()
    .describe('Tenancy of the nodes; default that of the VPC.'),
  hostId: plainText().exactOptional().describe('Dedicated Host to run on; default any.'),
  hostResourceGroupArn: plainText()
    .exactOptional()
    .describe('Host resource group to run in; default none.'),
  groupName: plainText().exactOptional().describe('Placement group to run in; default none.'),
});

/** In which Capacity Reservations nodes run. */
const capacityReservationSchema = z.strictObject({
  preference: z
    .enum(CAPACITY_RESERVATION_PREFERENCES)
    .exactOptional()
    .describe('Which reservations nodes may use; default open, any that fits.'),
  id: plainText().exactOptional().describe('The only reservation to run in; default none.'),
  resourceGroupArn: plainText()
    .exactOptional()
    .describe('Resource group of the reservations to run in; default none.'),
});

/** The keys of a group that say what kind of instances its nodes are. */
export const nodeInstanceFields = {
  rootVolumeGiB: rootVolumeGiB()
    .exactOptional()
    .describe('Size of the root volume of a node in GiB; default that of the AMI.'),
  rootVolume: nodeRootVolumeSchema
    .exactOptional()
    .describe('Type, speed and key of the root volume; default gp3, encrypted.'),
  dataVolumes: list(nodeDataVolumeSchema, { min: 1 })
    .exactOptional()
    .describe('Further volumes of each node, encrypted; default those of the AMI only.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe(
      'Security groups of the nodes; default nodes.securityGroup, else that of the cluster.',
    ),
  httpPutResponseHopLimit: integer(HTTP_PUT_RESPONSE_HOP_LIMIT)
    .exactOptional()
    .describe(
      'Network hops to the instance metadata: 1 for the node only, 2 for its pods too; default 1.',
    ),
  detailedMonitoring: z
    .boolean()
    .exactOptional()
    .describe('Metrics in CloudWatch each minute, which are billed; default false.'),
  tagNetworkInterfaces: z
    .boolean()
    .exactOptional()
    .describe('Tag network interfaces as instances and volumes are tagged; default false.'),
  keyName: checked(plainText(), checkKeyPairName)
    .exactOptional()
    .describe('EC2 key pair of the nodes; default none.'),
  cpuCredits: z
    .enum(CPU_CREDITS)
    .exactOptional()
    .describe('What T types do without CPU credits; default that of AWS, unlimited for T3.'),
  placement: nodeTenancySchema
    .exactOptional()
    .describe('On which hardware nodes run; default as EC2 chooses.'),
  capacityReservation: capacityReservationSchema
    .exactOptional()
    .describe('In which Capacity Reservations nodes run; default any open one that fits.'),
  licenseConfigurationArns: list(text(checkLicenseConfigurationArn), { min: 1 })
    .exactOptional()
    .describe('License Manager configurations that nodes count against; default none.'),
};
