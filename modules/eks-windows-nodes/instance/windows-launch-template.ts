import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Fn, type ITerraformDependable, TerraformLocal, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkAmiId,
  checkLaunchTemplateName,
  escapeTerraformTemplate,
  type PlanCondition,
  type Problem,
} from '../../core';
import { checkUserDataLength } from '../bootstrap/windows-user-data';
import {
  buildNodeInstance,
  checkNodeInstance,
  type NodeInstance,
  taggedResourceTypes,
} from './node-instance';
import { checkTypeFeatures, checkWindowsNodeType } from './node-instance-type';

/** Inputs of {@link WindowsLaunchTemplate}. */
export interface WindowsLaunchTemplateProps extends Omit<NodeInstance, 'securityGroupIds'> {
  /** 3 to 125 letters, digits and `()./_-`. Also the name of the instances. */
  readonly name: string;
  readonly amiId: string;
  /** @default - that of whoever launches, such as a managed node group */
  readonly instanceType?: string | undefined;
  /** @default - that of whoever launches, such as a managed node group */
  readonly instanceProfileName?: string | undefined;
  readonly securityGroupIds: readonly string[];
  /** The text of the user data; see `renderWindowsUserData`. */
  readonly userData: string;
  /** What has to be there before an instance boots. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /** What must hold, or the plan stops. @default - nothing */
  readonly preconditions?: readonly PlanCondition[] | undefined;
  /** Tags of the template and of all that it launches. @default - a name only */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * How Windows nodes are launched: an `aws_launch_template` with IMDSv2 and encrypted
 * volumes. Every change is a new version, which {@link WindowsNodeGroup} rolls out.
 *
 * The user data can be read in plain text in the synthesized JSON (`locals`); a plan shows its
 * base64 form only. It holds no secret: the cluster's certificate authority is public.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template
 */
export class WindowsLaunchTemplate extends Construct {
  public readonly id: string;
  /** The number of the newest version. `$Latest` would hide every change from the group's plan. */
  public readonly latestVersion: string;
  /** The Terraform resource itself. */
  public readonly resource: LaunchTemplate;

  constructor(scope: Construct, id: string, props: WindowsLaunchTemplateProps) {
    super(scope, id);
    assertNoProblems(this, validateWindowsLaunchTemplateProps(props));
    const userData = new TerraformLocal(this, 'UserData', escapeTerraformTemplate(props.userData));
    this.resource = new LaunchTemplate(this, 'Resource', {
      name: props.name,
      imageId: props.amiId,
      ...buildInstanceChoice(props),
      vpcSecurityGroupIds: [...props.securityGroupIds],
      userData: Fn.base64encode(userData.asString),
      updateDefaultVersion: true,
      ...buildNodeInstance(props),
      tagSpecifications: buildTagSpecifications(props),
      tags: { ...props.tags },
      dependsOn: [...(props.dependsOn ?? [])],
      lifecycle: { precondition: [...(props.preconditions ?? [])] },
    });
    this.id = this.resource.id;
    this.latestVersion = Token.asString(this.resource.latestVersion);
  }
}

function buildInstanceChoice({ instanceType, instanceProfileName }: WindowsLaunchTemplateProps) {
  return {
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(instanceProfileName === undefined
      ? {}
      : { iamInstanceProfile: { name: instanceProfileName } }),
  };
}

function buildTagSpecifications(props: WindowsLaunchTemplateProps) {
  const tags = { ...props.tags, Name: props.name };
  return taggedResourceTypes(props).map((resourceType) => ({ resourceType, tags }));
}

function validateWindowsLaunchTemplateProps(props: WindowsLaunchTemplateProps): Problem[] {
  const types = props.instanceType === undefined ? [] : [props.instanceType];
  return [
    ...checkLaunchTemplateName(['name'], props.name),
    ...checkAmiId(['amiId'], props.amiId),
    ...types.flatMap((type) => checkWindowsNodeType(['instanceType'], type)),
    ...checkTypeFeatures({ ...props, instanceTypes: types }),
    ...checkNodeInstance(props),
    ...checkUserDataLength(['userData'], props.userData),
  ];
}
