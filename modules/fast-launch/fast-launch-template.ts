import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkEach,
  checkLaunchTemplateName,
  checkSecurityGroupId,
  checkSubnetId,
  checkUnique,
  checkWindowsInstanceType,
  type Problem,
  withoutUndefined,
} from '../core';

/** Inputs of {@link FastLaunchTemplate}. */
export interface FastLaunchTemplateProps {
  /** 3 to 125 letters, digits and `()./_-`. */
  readonly name: string;
  /** Where the instances run that prepare the snapshots. @default - a subnet of the default VPC */
  readonly subnetId?: string | undefined;
  /** @default - the default security group of the VPC */
  readonly securityGroupIds?: readonly string[] | undefined;
  /** Type of these instances. @default t3.xlarge */
  readonly instanceType?: string | undefined;
  /**
   * Tags of the template, and of the instances that prepare snapshots and their volumes. EC2 gives
   * the snapshots tags of its own only, and refuses tags on network interfaces here.
   * @default - no tags beyond the provider's
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The type that AWS suggests for preparing snapshots. */
export const DEFAULT_PREPARATION_INSTANCE_TYPE = 't3.xlarge';

/**
 * The launch template with which EC2 prepares the snapshots: an `aws_launch_template` of its own,
 * because EC2 refuses the nodes' one (user data, among others). Costs nothing by itself.
 *
 * It also marks what is ours: an AMI whose Fast Launch uses this template belongs to this stack.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-configure.html
 */
export class FastLaunchTemplate extends Construct {
  public readonly id: string;
  /** A number: with `$Latest` EC2 would take later versions without checking them. */
  public readonly version: string;
  /** The Terraform resource itself. */
  public readonly resource: LaunchTemplate;

  constructor(scope: Construct, id: string, props: FastLaunchTemplateProps) {
    super(scope, id);
    assertNoProblems(this, validateFastLaunchTemplateProps(props));
    this.resource = new LaunchTemplate(this, 'Resource', {
      name: props.name,
      description: 'EC2 Fast Launch prepares snapshots with it; not for instances',
      instanceType: props.instanceType ?? DEFAULT_PREPARATION_INSTANCE_TYPE,
      ...withoutUndefined({
        networkInterfaces: buildNetworkInterfaces(props),
        tagSpecifications: buildTagSpecifications(props),
      }),
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
      },
      tags: { ...props.tags },
    });
    this.id = this.resource.id;
    this.version = Token.asString(this.resource.latestVersion);
  }
}

/** The role of the service may tag these two when it launches. */
const TAGGED = ['instance', 'volume'];

function buildTagSpecifications({ tags = {} }: FastLaunchTemplateProps) {
  if (Object.keys(tags).length === 0) return undefined;
  return TAGGED.map((resourceType) => ({ resourceType, tags: { ...tags } }));
}

function buildNetworkInterfaces({ subnetId, securityGroupIds }: FastLaunchTemplateProps) {
  if (subnetId === undefined && securityGroupIds === undefined) return undefined;
  const securityGroups = securityGroupIds && [...securityGroupIds];
  return [{ deviceIndex: 0, ...withoutUndefined({ subnetId, securityGroups }) }];
}

function validateFastLaunchTemplateProps(props: FastLaunchTemplateProps): Problem[] {
  const {
    subnetId,
    securityGroupIds = [],
    instanceType = DEFAULT_PREPARATION_INSTANCE_TYPE,
  } = props;
  return [
    ...checkLaunchTemplateName(['name'], props.name),
    ...(subnetId === undefined ? [] : checkSubnetId(['subnetId'], subnetId)),
    ...checkUnique(['securityGroupIds'], securityGroupIds),
    ...checkEach(['securityGroupIds'], securityGroupIds, checkSecurityGroupId),
    ...checkWindowsInstanceType(['instanceType'], instanceType),
  ];
}
