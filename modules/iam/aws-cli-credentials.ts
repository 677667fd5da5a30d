import {
  checkIamRoleArn,
  checkKnown,
  checkText,
  type Path,
  type Problem,
  type TextRule,
} from '../core';

/** A role to assume. */
export interface AssumedRole {
  /** ARN of the role. */
  readonly roleArn: string;
  /** What the role's trust policy may ask for. @default - none */
  readonly externalId?: string | undefined;
  /** How CloudTrail names the session. @default - the name of the program that calls */
  readonly sessionName?: string | undefined;
}

/**
 * With which credentials a step calls the AWS CLI. Terraform gives its provider's profile and role
 * to no local-exec step: say here what the AWS provider of the stack has. All of it has to be known
 * when the stack is built, because a destroy step may refer to nothing but its own resource.
 *
 * Steps of Fast Launch and of instance refreshes stop, and have changed nothing, when their account is
 * not the one that Terraform works in.
 */
export interface AwsCliCredentials {
  /** Name of a profile in the AWS configuration of Terraform's machine. @default - none */
  readonly profile?: string | undefined;
  /**
   * Assumed with the credentials there are, for an hour at a time, and renewed while a step waits.
   * @default - none
   */
  readonly assumeRole?: AssumedRole | undefined;
}

/** It becomes an argument of the AWS CLI, and part of a line of its configuration file. */
export const AWS_PROFILE: TextRule = {
  id: 'aws-profile',
  pattern: /^[A-Za-z0-9_.@+-]{1,128}$/,
  rule: 'be the name of a profile: 1 to 128 letters, digits and _ . @ + -',
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const EXTERNAL_ID: TextRule = {
  id: 'external-id',
  pattern: /^[\w+=,.@:/-]{2,1224}$/,
  rule: 'be an external id: 2 to 1,224 letters, digits and _ + = , . @ : / -',
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const ROLE_SESSION_NAME: TextRule = {
  id: 'role-session-name',
  pattern: /^[\w+=,.@-]{2,64}$/,
  rule: 'be a session name: 2 to 64 letters, digits and _ + = , . @ -',
};

/** As the environment of a step; what is not said is left to the machine that runs Terraform. */
export function awsCliEnvironment(credentials: AwsCliCredentials = {}): Record<string, string> {
  const { profile, assumeRole } = credentials;
  const variables = {
    // Not AWS_PROFILE: before that one the CLI takes keys in the environment, and the provider does
    // not when it names a profile.
    PROVIDER_PROFILE: profile,
    ASSUME_ROLE_ARN: assumeRole?.roleArn,
    ASSUME_ROLE_EXTERNAL_ID: assumeRole?.externalId,
    ASSUME_ROLE_SESSION_NAME: assumeRole?.sessionName,
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Checks each value, and that none is a reference. */
export function checkAwsCliCredentials(
  path: Path,
  { profile, assumeRole }: AwsCliCredentials,
): Problem[] {
  const role = [...path, 'assumeRole'];
  return [
    ...checkKnown([...path, 'profile'], profile, (at, value) => checkText(at, value, AWS_PROFILE)),
    ...checkKnown([...role, 'roleArn'], assumeRole?.roleArn, checkIamRoleArn),
    ...checkKnown([...role, 'externalId'], assumeRole?.externalId, (at, value) =>
      checkText(at, value, EXTERNAL_ID),
    ),
    ...checkKnown([...role, 'sessionName'], assumeRole?.sessionName, (at, value) =>
      checkText(at, value, ROLE_SESSION_NAME),
    ),
  ];
}
