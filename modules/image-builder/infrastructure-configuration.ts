import { ImagebuilderInfrastructureConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-infrastructure-configuration/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkEach,
  checkListLength,
  checkSecurityGroupId,
  checkSubnetId,
  checkUnique,
  checkWindowsInstanceType,
  type Problem,
  withoutUndefined,
} from '../core';
import { checkResourceName } from './resource-name';

/** Where build and test instances run. Both are needed: Image Builder takes neither alone. */
export interface BuildNetwork {
  /** A subnet from which SSM, ECR and the images' registries can be reached. */
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
}

/** Inputs of {@link InfrastructureConfiguration}. */
export interface InfrastructureConfigurationProps {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  readonly instanceProfileName: string;
  /**
   * Instance types to choose from; Image Builder takes one that is available.
   * @default m7i.xlarge
   */
  readonly instanceTypes?: readonly string[] | undefined;
  /** @default - the default VPC of the Region */
  readonly network?: BuildNetwork | undefined;
  /** Tags of the build and test instances too. @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Four cores and 16 GiB: unpacking Windows image layers is bound by one core and the disk. */
export const DEFAULT_BUILD_INSTANCE_TYPES = ['m7i.xlarge'] as const;

/**
 * The instances that build and test an image: an `aws_imagebuilder_infrastructure_configuration`.
 * They take IMDSv2 only, and end also when a build fails; while one runs it is billed as any EC2
 * instance. Changes are made in place; a new name is a new resource and builds the image again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_infrastructure_configuration
 */
export class InfrastructureConfiguration extends Construct {
  public readonly arn: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderInfrastructureConfiguration;

  constructor(scope: Construct, id: string, props: InfrastructureConfigurationProps) {
    super(scope, id);
    assertNoProblems(this, validateInfrastructureConfigurationProps(props));
    const { instanceTypes = DEFAULT_BUILD_INSTANCE_TYPES, network } = props;
    this.resource = new ImagebuilderInfrastructureConfiguration(this, 'Resource', {
      name: props.name,
      instanceProfileName: props.instanceProfileName,
      instanceTypes: [...instanceTypes],
      ...withoutUndefined({
        subnetId: network?.subnetId,
        securityGroupIds: network && [...network.securityGroupIds],
      }),
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      terminateInstanceOnFailure: true,
      resourceTags: { ...props.tags },
      tags: { ...props.tags },
      // A configuration that a pipeline uses cannot be deleted: on a new name, make the new first.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
  }
}

function validateInfrastructureConfigurationProps(
  props: InfrastructureConfigurationProps,
): Problem[] {
  const { instanceTypes = DEFAULT_BUILD_INSTANCE_TYPES, network } = props;
  return [
    ...checkResourceName(['name'], props.name),
    ...checkListLength(['instanceTypes'], instanceTypes, { min: 1 }),
    ...checkUnique(['instanceTypes'], instanceTypes),
    ...checkEach(['instanceTypes'], instanceTypes, checkWindowsInstanceType),
    ...(network === undefined ? [] : validateBuildNetwork(network)),
  ];
}

function validateBuildNetwork({ subnetId, securityGroupIds }: BuildNetwork): Problem[] {
  const groups = ['network', 'securityGroupIds'];
  return [
    ...checkSubnetId(['network', 'subnetId'], subnetId),
    ...checkListLength(groups, securityGroupIds, { min: 1 }),
    ...checkUnique(groups, securityGroupIds),
    ...checkEach(groups, securityGroupIds, checkSecurityGroupId),
  ];
}
