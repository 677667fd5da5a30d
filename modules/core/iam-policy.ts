import { escapeTerraformTemplate } from './terraform-template';

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** A statement of a {@link PolicyDocument}. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** Writes a policy as the JSON text of a Terraform string. */
export function renderPolicy(policy: PolicyDocument): string {
  return escapeTerraformTemplate(JSON.stringify(policy));
}

/** Lets an AWS service, such as `ec2.amazonaws.com`, take on a role. */
export function serviceTrustPolicy(service: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}
