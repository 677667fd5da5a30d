import { Fn, Op, Token } from 'cdktf';
import { escapeTerraformTemplate } from '../core';

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Operators, then condition keys, then the value or values that are asked for. */
export type PolicyConditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** A statement of a {@link PolicyDocument}. */
export interface PolicyStatement {
  /** Letters and digits, once in a document. */
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: PolicyConditions;
}

/** What a statement without a principal allows, as {@link allow} takes it. */
export interface Allowed {
  readonly actions: string | readonly string[];
  readonly resources: string | readonly string[];
  readonly conditions?: PolicyConditions;
}

/** A statement that allows something; keys in the order in which AWS writes them. */
export function allow(sid: string, { actions, resources, conditions }: Allowed): PolicyStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

/** Where a service-linked role is. */
export interface ServiceLinkedRole {
  readonly partition: string;
  readonly accountId: string;
  /** The service that works under it, such as `ssm.amazonaws.com`. */
  readonly service: string;
}

/** The ARN of the role under which a service works, in a policy. */
export function serviceLinkedRoleArn({ partition, accountId, service }: ServiceLinkedRole): string {
  return `arn:${partition}:iam::${accountId}:role/aws-service-role/${service}/*`;
}

/** Lets AWS make the role of a service, which it does in the name of who first needs it. */
export function allowServiceLinkedRole(sid: string, role: ServiceLinkedRole): PolicyStatement {
  return allow(sid, {
    actions: 'iam:CreateServiceLinkedRole',
    resources: serviceLinkedRoleArn(role),
    conditions: { StringEquals: { 'iam:AWSServiceName': role.service } },
  });
}

/** Makes a document of statements. */
export function policyOf(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** Writes a policy as the JSON text of a Terraform string. */
export function renderPolicy(policy: PolicyDocument): string {
  return escapeTerraformTemplate(JSON.stringify(policy));
}

/**
 * The size of a policy as IAM counts it, without white space. What only Terraform knows counts as
 * nothing, so that the size is never more than the real one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function policySize(policy: PolicyDocument): number {
  return JSON.stringify(policy).replace(/\$\{TfToken\[[^\]]*\]\}|\s/g, '').length;
}

/**
 * The name under which a service takes on a role in a partition. EC2 has another one in China; EKS
 * refuses a node role there that trusts `ec2.amazonaws.com`. Not by the provider's
 * `aws_service_principal`, which gave the wrong name until the spring of 2026.
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/47141
 */
export function servicePrincipal(service: string, partition: string): string {
  if (service !== 'ec2.amazonaws.com') return service;
  const inChina = `${service}.cn`;
  if (!Token.isUnresolved(partition)) return partition === 'aws-cn' ? inChina : service;
  return Token.asString(Fn.conditional(Op.eq(partition, 'aws-cn'), inChina, service));
}

/** Lets an AWS service take on a role: by name, such as `ec2.amazonaws.com`. */
export function serviceTrustPolicy(principal: string): PolicyDocument {
  return policyOf([
    { Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' },
  ]);
}
