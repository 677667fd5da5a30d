import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkLaunchTemplateName,
  checkSecurityGroupId,
  checkSubnetId,
  checkWindowsInstanceType,
  type Problem,
  withoutUndefined,
} from '../core';
import { checkSettings, list, type SettingProps, setting, text } from '../settings';

/** The instances that prepare snapshots, setting by setting. */
export const FAST_LAUNCH_TEMPLATE_SETTINGS = {
  /** Where the instances run that prepare the snapshots. @default - a subnet of the default VPC */
  subnetId: setting(text(checkSubnetId, '^subnet-'), {
    about: 'Subnet to prepare the snapshots in',
    change: 'in-place',
    otherwise: 'one of the default VPC',
  }),
  /** At least one. @default - the default security group of the VPC */
  securityGroupIds: setting(list(text(checkSecurityGroupId, '^sg-'), { min: 1 }), {
    about: 'Security groups of the preparing instances',
    change: 'in-place',
    otherwise: 'that of the VPC',
  }),
  /** Type of these instances; AWS suggests the default. @default t3.xlarge */
  instanceType: setting(text(checkWindowsInstanceType), {
    about: 'EC2 instance type that prepares the snapshots',
    change: 'in-place',
    default: 't3.xlarge',
  }),
};

/** Inputs of {@link FastLaunchTemplate}. */
export interface FastLaunchTemplateProps
  extends SettingProps<typeof FAST_LAUNCH_TEMPLATE_SETTINGS> {
  /** 3 to 125 letters, digits and `()./_-`. */
  readonly name: string;
  /**
   * Tags of the template, and of the instances that prepare snapshots and their volumes. EC2 gives
   * the snapshots tags of its own only, and refuses tags on network interfaces here.
   * @default - no tags beyond the provider's
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

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
      instanceType: props.instanceType ?? FAST_LAUNCH_TEMPLATE_SETTINGS.instanceType.default,
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
  return [
    ...checkLaunchTemplateName(['name'], props.name),
    ...checkSettings(FAST_LAUNCH_TEMPLATE_SETTINGS, props),
  ];
}
