import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { assertNoProblems, problem, withoutUndefined, writtenTags } from '../core';
import type { IamOptions } from './iam-options';
import {
  type PolicyDocument,
  policySize,
  renderPolicy,
  servicePrincipal,
  serviceTrustPolicy,
} from './iam-policy';
import { checkIamName, iamName } from './role-name';

/** Inputs of {@link ServiceRole}. */
export interface ServiceRoleProps {
  /** 1 to 64 letters, digits and `_+=,.@-`; unique in the account, in all Regions. */
  readonly name: string;
  readonly description: string;
  /** The AWS service that takes on the role, such as `ec2.amazonaws.com`, in every partition. */
  readonly service: string;
  /** Names of AWS-managed policies, with their path if they have one. */
  readonly managedPolicies: readonly string[];
  /** @default - path /, no boundary, the name as it is */
  readonly iam?: IamOptions | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * All inline policies of a role together, without white space.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_INLINE_POLICY_CHARACTERS = 10_240;

/** An IAM role for an AWS service, with its policies: `aws_iam_role` and one resource a policy. */
export class ServiceRole extends Construct {
  public readonly name: string;
  public readonly arn: string;
  /** `aws`, `aws-cn`, `aws-eusc` or `aws-us-gov`: begins the ARNs of policies. */
  public readonly partition: string;
  private readonly props: ServiceRoleProps;
  private readonly attachments: ITerraformDependable[];
  private inlineCharacters = 0;
  private callerIdentity: DataAwsCallerIdentity | undefined;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    assertNoProblems(this, checkIamName([], props.name, props.iam));
    this.props = props;
    this.partition = new DataAwsPartition(this, 'Partition').partition;
    const role = this.createRole();
    this.name = role.name;
    this.arn = role.arn;
    this.attachments = props.managedPolicies.map((name) => this.attachManagedPolicy(name));
  }

  /** Id of the account of the provider, known at plan. Asked for only when something needs it. */
  public get accountId(): string {
    this.callerIdentity ??= new DataAwsCallerIdentity(this, 'CallerIdentity');
    return this.callerIdentity.accountId;
  }

  /**
   * What has to be there before the role is of use. Depend on it, or AWS may be called with a role
   * that has no rights yet, and a destroy may take the rights away first.
   */
  public get policies(): readonly ITerraformDependable[] {
    return [...this.attachments];
  }

  /**
   * Gives the role a policy of its own. The name is also the construct's id.
   * @throws ValidationError when the role's own policies together are longer than IAM takes.
   */
  public addPolicy(name: string, policy: PolicyDocument): void {
    this.inlineCharacters += policySize(policy);
    this.assertPoliciesFit();
    const config = { name, role: this.name, policy: renderPolicy(policy) };
    this.attachments.push(new IamRolePolicy(this, name, config));
  }

  /** Makes the instance profile of a role of EC2 instances, with the role's name and path. */
  public createInstanceProfile(scope: Construct, id: string): IamInstanceProfile {
    const config = { ...this.sharedConfig(), role: this.name };
    return new IamInstanceProfile(scope, id, config);
  }

  private createRole(): IamRole {
    const { description, service, iam } = this.props;
    const principal = servicePrincipal(service, this.partition);
    return new IamRole(
      this,
      'Resource',
      withoutUndefined({
        ...this.sharedConfig(),
        description,
        assumeRolePolicy: renderPolicy(serviceTrustPolicy(principal)),
        permissionsBoundary: iam?.permissionsBoundary,
      }),
    );
  }

  /** What a role and its instance profile have in common. */
  private sharedConfig() {
    const { name, iam, tags } = this.props;
    return withoutUndefined({
      name: iamName(name, iam),
      path: iam?.path,
      tags: writtenTags(tags),
    });
  }

  private assertPoliciesFit(): void {
    if (this.inlineCharacters <= MAX_INLINE_POLICY_CHARACTERS) return;
    const { description } = this.props;
    const role = Token.isUnresolved(description) ? 'the role' : `the role "${description}"`;
    const rule = `have at most ${MAX_INLINE_POLICY_CHARACTERS} characters in all inline policies of ${role}`;
    const advice = 'name fewer images, parameters, keys or statements, or take another role';
    assertNoProblems(this, [
      problem('inline-policies-length', ['policies'], rule, this.inlineCharacters, advice),
    ]);
  }

  private attachManagedPolicy(name: string): ITerraformDependable {
    return new IamRolePolicyAttachment(this, name, {
      role: this.name,
      policyArn: `arn:${this.partition}:iam::aws:policy/${name}`,
    });
  }
}
