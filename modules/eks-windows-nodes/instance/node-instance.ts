import type { LaunchTemplateConfig } from '@cdktf/provider-aws/lib/launch-template/index.js';
import {
  checkEach,
  checkInteger,
  checkKeyPairName,
  checkLicenseConfigurationArn,
  checkListLength,
  checkOneOf,
  checkSecurityGroupId,
  checkUnique,
  type Path,
  type Problem,
  withoutUndefined,
} from '../../core';
import { DEFAULT_ROOT_VOLUME_GIB, ROOT_VOLUME_GIB } from '../../windows-base/windows-server';
import { CPU_CREDITS, type CpuCredits } from './node-instance-type';
import { buildNodeVolumes, checkNodeVolumes, type NodeVolumes } from './node-volume';
import {
  buildCapacityReservation,
  buildNodeTenancy,
  type CapacityReservation,
  checkCapacityReservation,
  checkNodeTenancy,
  checkReservationTenancy,
  type NodeTenancy,
} from './tenancy-and-reservation';

/**
 * What kind of instances the nodes of a group are. A change is a new template version, which an
 * instance refresh brings to all nodes.
 */
export interface NodeInstance extends NodeVolumes {
  /**
   * In place of the cluster's own; they have to let the nodes join. EC2 takes 5 for an instance
   * unless the quota is raised, 16 at most.
   * @default - the cluster's own security group
   */
  readonly securityGroupIds?: readonly string[] | undefined;
  /**
   * Network hops to the instance metadata, which always needs a token (IMDSv2). With 1 only
   * processes of the node itself reach it: pods have no credentials of the node, and get their own
   * by IAM roles for service accounts; EKS Pod Identity is not there for Windows. With 2 pods reach
   * it, and can be all that the node's role is.
   * @default 1
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  readonly httpPutResponseHopLimit?: number | undefined;
  /** Whether CloudWatch gets metrics each minute instead of each 5 minutes. Billed. @default false */
  readonly detailedMonitoring?: boolean | undefined;
  /** Whether network interfaces have the tags too that instances and volumes have. @default false */
  readonly tagNetworkInterfaces?: boolean | undefined;
  /**
   * Name of an EC2 key pair that exists, with which the password of the administrator can be
   * decrypted. Session Manager needs none.
   * @default - none
   */
  readonly keyName?: string | undefined;
  /**
   * What T instances do without CPU credits: `standard` is slow, `unlimited` is billed. Refused when
   * a type of the group is no T type.
   * @default - AWS's own: unlimited for T3 and T3a
   */
  readonly cpuCredits?: CpuCredits | undefined;
  /** On which hardware nodes run. @default - shared hardware, as EC2 chooses */
  readonly placement?: NodeTenancy | undefined;
  /** In which Capacity Reservations nodes run. @default - any open one that fits, else On-Demand */
  readonly capacityReservation?: CapacityReservation | undefined;
  /**
   * License Manager licence configurations that nodes count against. Needed with a host resource
   * group, unless they are associated with the AMI.
   * @default - none
   */
  readonly licenseConfigurationArns?: readonly string[] | undefined;
}

/**
 * One hop ends at the node itself, the second one at its pods.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export const HTTP_PUT_RESPONSE_HOP_LIMIT = { min: 1, max: 2 };

/** What a launch template says about the instance; security groups are left to the caller. */
export function buildNodeInstance(instance: NodeInstance): Partial<LaunchTemplateConfig> {
  const { httpPutResponseHopLimit = 1, detailedMonitoring, cpuCredits } = instance;
  const { placement, capacityReservation, licenseConfigurationArns: licences } = instance;
  return withoutUndefined({
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: httpPutResponseHopLimit,
    },
    blockDeviceMappings: buildNodeVolumes(instance),
    monitoring: detailedMonitoring === undefined ? undefined : { enabled: detailedMonitoring },
    keyName: instance.keyName,
    creditSpecification: cpuCredits === undefined ? undefined : { cpuCredits },
    placement: placement && buildNodeTenancy(placement),
    capacityReservationSpecification:
      capacityReservation && buildCapacityReservation(capacityReservation),
    licenseSpecification: licences?.map((arn) => ({ licenseConfigurationArn: arn })),
  });
}

/** What gets the tags of a node. */
export function taggedResourceTypes({ tagNetworkInterfaces }: NodeInstance): string[] {
  return ['instance', 'volume', ...(tagNetworkInterfaces ? ['network-interface'] : [])];
}

/** Lists what is wrong with the instances of a group. */
export function checkNodeInstance(instance: NodeInstance): Problem[] {
  const { rootVolumeGiB = DEFAULT_ROOT_VOLUME_GIB, httpPutResponseHopLimit = 1 } = instance;
  const { securityGroupIds, keyName, cpuCredits, placement, capacityReservation } = instance;
  return [
    ...checkList(['securityGroupIds'], securityGroupIds, checkSecurityGroupId),
    ...checkInteger(['rootVolumeGiB'], rootVolumeGiB, ROOT_VOLUME_GIB),
    ...checkNodeVolumes(instance),
    ...checkInteger(
      ['httpPutResponseHopLimit'],
      httpPutResponseHopLimit,
      HTTP_PUT_RESPONSE_HOP_LIMIT,
    ),
    ...(keyName === undefined ? [] : checkKeyPairName(['keyName'], keyName)),
    ...(cpuCredits === undefined ? [] : checkOneOf(['cpuCredits'], cpuCredits, CPU_CREDITS)),
    ...(placement === undefined ? [] : checkNodeTenancy(['placement'], placement)),
    ...(capacityReservation === undefined
      ? []
      : [
          ...checkCapacityReservation(['capacityReservation'], capacityReservation),
          ...checkReservationTenancy(['capacityReservation'], capacityReservation, placement ?? {}),
        ]),
    ...checkList(
      ['licenseConfigurationArns'],
      instance.licenseConfigurationArns,
      checkLicenseConfigurationArn,
    ),
  ];
}

function checkList(
  path: Path,
  list: readonly string[] | undefined,
  check: (path: Path, value: string) => readonly Problem[],
): Problem[] {
  if (list === undefined) return [];
  return [
    ...checkListLength(path, list, { min: 1 }),
    ...checkUnique(path, list),
    ...checkEach(path, list, check),
  ];
}
