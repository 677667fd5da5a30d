import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkSubnetId,
  type Problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkResourceName } from '../naming/resource-name';

/** Inputs of {@link BuildSecurityGroup}. */
export interface BuildSecurityGroupProps {
  /** 3 to 127 letters, digits, `-` and `_`; the group's name is `image-build-<name>-<suffix>`. */
  readonly name: string;
  /** The group is made in this subnet's VPC, which is looked up at plan. */
  readonly subnetId: string;
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/**
 * A security group for build and test instances that lets everything out and nothing in: an
 * `aws_security_group` with one egress rule each for IPv4 and IPv6. Nothing has to get in, because
 * Image Builder reaches its instances through Systems Manager. Costs nothing.
 *
 * Terraform chooses the end of the name: a group that replaces another one exists beside it until
 * the infrastructure configuration has moved on, and two groups of a VPC cannot share a name. The
 * old group cannot be deleted while a build that uses it runs; the apply waits 15 minutes for that,
 * and the next one tries again.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
 */
export class BuildSecurityGroup extends Construct {
  public readonly securityGroupId: string;
  /** Without these an instance of the group reaches nothing: depend on them before a build. */
  public readonly egressRules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BuildSecurityGroupProps) {
    super(scope, id);
    assertNoProblems(this, validateBuildSecurityGroupProps(props));
    const { vpcId } = new DataAwsSubnet(this, 'Subnet', { id: props.subnetId });
    const tags = withoutUndefined({ tags: writtenTags(props.tags) });
    const group = new SecurityGroup(this, 'Resource', {
      namePrefix: `image-build-${props.name}-`,
      description: 'Instances that build and test images',
      vpcId,
      ...tags,
      lifecycle: { createBeforeDestroy: true },
    });
    this.securityGroupId = group.id;
    const everything = { securityGroupId: group.id, ipProtocol: '-1', ...tags };
    this.egressRules = [
      new VpcSecurityGroupEgressRule(this, 'Ipv4', { ...everything, cidrIpv4: '0.0.0.0/0' }),
      new VpcSecurityGroupEgressRule(this, 'Ipv6', { ...everything, cidrIpv6: '::/0' }),
    ];
  }
}

function validateBuildSecurityGroupProps({ name, subnetId }: BuildSecurityGroupProps): Problem[] {
  return [...checkResourceName(['name'], name), ...checkSubnetId(['subnetId'], subnetId)];
}
