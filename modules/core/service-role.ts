import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { checkText } from './check';
import { type PolicyDocument, renderPolicy, serviceTrustPolicy } from './iam-policy';
import { assertNoProblems } from './problem';

/** Inputs of {@link ServiceRole}. */
export interface ServiceRoleProps {
  /** 1 to 64 letters, digits and `_+=,.@-`; unique in the account, in all Regions. */
  readonly name: string;
  readonly description: string;
  /** The AWS service that takes on the role, such as `ec2.amazonaws.com`. */
  readonly service: string;
  /** Names of AWS-managed policies, with their path if they have one. */
  readonly managedPolicies: readonly string[];
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME = {
  pattern: /^[A-Za-z0-9_+=,.@-]{1,64}$/,
  rule: 'be 1 to 64 letters, digits and _+=,.@-',
};

/** An IAM role for an AWS service, with its policies: `aws_iam_role` and one resource a policy. */
export class ServiceRole extends Construct {
  public readonly name: string;
  public readonly arn: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: begins the ARNs of policies. */
  public readonly partition: string;
  private readonly attachments: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    assertNoProblems(this, checkText(['name'], props.name, ROLE_NAME));
    const role = new IamRole(this, 'Resource', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: renderPolicy(serviceTrustPolicy(props.service)),
      tags: { ...props.tags },
    });
    this.name = role.name;
    this.arn = role.arn;
    this.partition = new DataAwsPartition(this, 'Partition').partition;
    this.attachments = props.managedPolicies.map((name) => this.attachManagedPolicy(name));
  }

  /**
   * What has to be there before the role is of use. Depend on it, or AWS may be called with a role
   * that has no rights yet, and a destroy may take the rights away first.
   */
  public get policies(): readonly ITerraformDependable[] {
    return [...this.attachments];
  }

  /** Gives the role a policy of its own. The name is also the construct's id. */
  public addPolicy(name: string, policy: PolicyDocument): void {
    const config = { name, role: this.name, policy: renderPolicy(policy) };
    this.attachments.push(new IamRolePolicy(this, name, config));
  }

  private attachManagedPolicy(name: string): ITerraformDependable {
    return new IamRolePolicyAttachment(this, name, {
      role: this.name,
      policyArn: `arn:${this.partition}:iam::aws:policy/${name}`,
    });
  }
}
