import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type PolicyDocument, ServiceRole } from '../core';

/** Inputs of {@link ExecutionRole}. */
export interface ExecutionRoleProps {
  /** Unique in the account. */
  readonly name: string;
  /** The SSM parameter that Image Builder writes the AMI's id to, such as `/windows/ami-id`. */
  readonly amiParameterName: string;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The role that Image Builder itself works with, in place of its service-linked role: AWS's policy
 * for it covers parameters below `/imagebuilder/` only.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html#ami-distribution-prereqs-ssm-param
 */
export class ExecutionRole extends Construct {
  public readonly arn: string;
  /** Depend on it before a build starts. */
  public readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const role = new ServiceRole(this, 'Role', {
      name: props.name,
      description: 'EC2 Image Builder, building and distributing AMIs',
      service: 'imagebuilder.amazonaws.com',
      managedPolicies: ['EC2ImageBuilderExecutionPolicy'],
      tags: props.tags,
    });
    const policy = amiParameterPolicy(role.partition, props.amiParameterName);
    role.addPolicy('write-ami-parameter', policy);
    this.arn = role.arn;
    this.policies = role.policies;
  }
}

/** May write one parameter. Of type `aws:ec2:image`, so SSM checks the AMI as the writer. */
export function amiParameterPolicy(partition: string, parameterName: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'WriteAmiParameter',
        Effect: 'Allow',
        Action: 'ssm:PutParameter',
        Resource: `arn:${partition}:ssm:*:*:parameter${parameterName}`,
      },
      { Sid: 'CheckAmi', Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' },
    ],
  };
}
