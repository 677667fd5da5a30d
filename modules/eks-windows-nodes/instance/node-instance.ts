import type { LaunchTemplateConfig } from '@cdktf/provider-aws/lib/launch-template/index.js';
import {
  checkKeyPairName,
  checkLicenseConfigurationArn,
  checkSecurityGroupId,
  type Problem,
  withoutUndefined,
} from '../../core';
import {
  boolean,
  checkSettings,
  choice,
  freeText,
  integer,
  list,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import { cpuOptions } from './cpu-options';
import { CPU_CREDITS } from './node-instance-type';
import { buildNodeVolumes, checkNodeVolumes, type NodeVolumes } from './node-volume';
import {
  buildCapacityReservation,
  buildNodeTenancy,
  capacityReservation,
  checkReservationTenancy,
  nodeTenancy,
} from './tenancy-and-reservation';

/**
 * One hop ends at the node itself, the second one at its pods.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const HTTP_PUT_RESPONSE_HOP_LIMIT = { min: 1, max: 2 };

/** The settings of {@link NodeInstance} beside those of its volumes. */
export const NODE_INSTANCE_SETTINGS = {
  /**
   * In place of the cluster's own; they have to let the nodes join. EC2 takes 5 for an instance
   * unless the quota is raised, 16 at most.
   * @default - the cluster's own security group
   */
  securityGroupIds: setting(list(text(checkSecurityGroupId, '^sg-'), { min: 1 }), {
    about: 'Security groups of the nodes',
    otherwise: 'that made for all groups, else that of the cluster',
    change: 'rolls',
  }),
  /**
   * Network hops to the instance metadata, which always needs a token (IMDSv2). With 1 only
   * processes of the node itself reach it: pods have no credentials of the node, and get their own
   * by IAM roles for service accounts; EKS Pod Identity is not there for Windows. With 2 pods reach
   * it, and can be all that the node's role is.
   * @default 1
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  httpPutResponseHopLimit: setting(integer(HTTP_PUT_RESPONSE_HOP_LIMIT), {
    about: 'Network hops to the instance metadata: 1 for the node only, 2 for its pods too',
    default: 1,
    change: 'rolls',
  }),
  /** Whether CloudWatch gets metrics each minute instead of each 5 minutes. Billed. @default false */
  detailedMonitoring: setting(boolean(), {
    about: 'Metrics in CloudWatch each minute, which are billed',
    default: false,
    change: 'rolls',
  }),
  /** Whether network interfaces have the tags too that instances and volumes have. @default false */
  tagNetworkInterfaces: setting(boolean(), {
    about: 'Tag network interfaces as instances and volumes are tagged',
    default: false,
    change: 'rolls',
  }),
  /**
   * Name of an EC2 key pair that exists, with which the password of the administrator can be
   * decrypted. Session Manager needs none.
   * @default - none
   */
  keyName: setting(freeText(checkKeyPairName), {
    about: 'EC2 key pair of the nodes',
    otherwise: 'none',
    change: 'rolls',
  }),
  /**
   * What T instances do without CPU credits: `standard` is slow, `unlimited` is billed. Refused when
   * a type of the group is no T type.
   * @default - AWS's own: unlimited for T3 and T3a
   */
  cpuCredits: setting(choice(CPU_CREDITS), {
    about: 'What T types do without CPU credits',
    otherwise: 'that of AWS, unlimited for T3',
    change: 'rolls',
  }),
  /** On which hardware nodes run. @default - shared hardware, as EC2 chooses */
  placement: setting(nodeTenancy, {
    about: 'On which hardware nodes run',
    otherwise: 'as EC2 chooses',
    change: 'rolls',
  }),
  /**
   * Fewer cores than the type has, or one thread for each. Refused when a type of the group has not
   * so many.
   * @default - those of the type
   */
  cpuOptions: setting(cpuOptions, {
    about: 'Cores of a node and their threads',
    otherwise: 'those of the type',
    change: 'rolls',
  }),
  /**
   * Whether EC2 moves a node to other hardware when its own fails, with its disk and addresses as
   * they were; on a Dedicated Host it does not. `disabled` leaves it to the Auto Scaling group, which
   * ends the node and launches another. The group does so too for a node that fails its checks.
   * @default - AWS's own: `default`, where the type can be moved
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-configuration-recovery.html
   */
  autoRecovery: setting(choice(['default', 'disabled']), {
    about: 'Whether EC2 moves a node to other hardware when its own fails',
    otherwise: 'that of AWS, where the type can',
    change: 'rolls',
  }),
  /** In which Capacity Reservations nodes run. @default - any open one that fits, else On-Demand */
  capacityReservation: setting(capacityReservation, {
    about: 'In which Capacity Reservations nodes run',
    otherwise: 'any open one that fits',
    change: 'rolls',
  }),
  /**
   * License Manager licence configurations that nodes count against. Needed with a host resource
   * group, unless they are associated with the AMI.
   * @default - none
   */
  licenseConfigurationArns: setting(list(text(checkLicenseConfigurationArn), { min: 1 }), {
    about: 'License Manager configurations that nodes count against',
    otherwise: 'none',
    change: 'rolls',
  }),
};

/**
 * What kind of instances the nodes of a group are. A change is a new template version, which an
 * instance refresh brings to all nodes.
 */
export interface NodeInstance extends NodeVolumes, SettingProps<typeof NODE_INSTANCE_SETTINGS> {}

/** What a launch template says about the instance; security groups are left to the caller. */
export function buildNodeInstance(instance: NodeInstance): Partial<LaunchTemplateConfig> {
  const { httpPutResponseHopLimit = NODE_INSTANCE_SETTINGS.httpPutResponseHopLimit.default } =
    instance;
  const { detailedMonitoring, cpuCredits, autoRecovery, placement } = instance;
  const { capacityReservation: reservation, licenseConfigurationArns: licences } = instance;
  return withoutUndefined({
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: httpPutResponseHopLimit,
    },
    blockDeviceMappings: buildNodeVolumes(instance),
    monitoring: detailedMonitoring ? { enabled: detailedMonitoring } : undefined,
    keyName: instance.keyName,
    creditSpecification: cpuCredits === undefined ? undefined : { cpuCredits },
    cpuOptions: instance.cpuOptions,
    maintenanceOptions: autoRecovery && { autoRecovery },
    // The provider (5.100) makes no new version of a template for these options alone; for its text
    // it does.
    description: autoRecovery && `autoRecovery: ${autoRecovery}`,
    placement: placement && buildNodeTenancy(placement),
    capacityReservationSpecification: reservation && buildCapacityReservation(reservation),
    licenseSpecification: licences?.map((arn) => ({ licenseConfigurationArn: arn })),
  });
}

/** What gets the tags of a node. */
export function taggedResourceTypes({
  tagNetworkInterfaces = NODE_INSTANCE_SETTINGS.tagNetworkInterfaces.default,
}: NodeInstance): string[] {
  return ['instance', 'volume', ...(tagNetworkInterfaces ? ['network-interface'] : [])];
}

/** Lists what is wrong with the instances of a group. */
export function checkNodeInstance(instance: NodeInstance): Problem[] {
  const { placement = {}, capacityReservation: reservation } = instance;
  return [
    ...checkSettings(NODE_INSTANCE_SETTINGS, instance),
    ...checkNodeVolumes(instance),
    ...(reservation === undefined
      ? []
      : checkReservationTenancy(['capacityReservation'], reservation, placement)),
  ];
}
