import { checkIamRoleArn, type TextRule } from '../core';
import { group, known, type SettingProps, setting, text } from '../settings';

/** It becomes an argument of the AWS CLI, and part of a line of its configuration file. */
const AWS_PROFILE: TextRule = {
  id: 'aws-profile',
  pattern: /^[A-Za-z0-9_.@+-]{1,128}$/,
  rule: 'be the name of a profile: 1 to 128 letters, digits and _ . @ + -',
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const EXTERNAL_ID: TextRule = {
  id: 'external-id',
  pattern: /^[\w+=,.@:/-]{2,1224}$/,
  rule: 'be an external id: 2 to 1,224 letters, digits and _ + = , . @ : / -',
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const ROLE_SESSION_NAME: TextRule = {
  id: 'role-session-name',
  pattern: /^[\w+=,.@-]{2,64}$/,
  rule: 'be a session name: 2 to 64 letters, digits and _ + = , . @ -',
};

const ASSUMED_ROLE_SETTINGS = {
  /** ARN of the role. */
  roleArn: setting(known(text(checkIamRoleArn)), {
    about: 'ARN of the role',
    change: 'nothing',
    required: true,
  }),
  /** What the role's trust policy may ask for: 2 to 1,224 characters. @default - none */
  externalId: setting(known(text(EXTERNAL_ID)), {
    about: 'What the trust policy of the role asks for',
    change: 'nothing',
    otherwise: 'none',
  }),
  /** How CloudTrail names the session. @default - as the program chooses that calls */
  sessionName: setting(known(text(ROLE_SESSION_NAME)), {
    about: 'How CloudTrail names the session',
    change: 'nothing',
    otherwise: 'as the program chooses that calls',
  }),
};

/** A role to assume. */
export interface AssumedRole extends SettingProps<typeof ASSUMED_ROLE_SETTINGS> {}

/** A destroy step may refer to nothing but its own resource: no reference is among them. */
export const AWS_CLI_CREDENTIALS_SETTINGS = {
  /** Name of a profile in the AWS configuration of Terraform's machine. @default - what is set there */
  profile: setting(known(text(AWS_PROFILE)), {
    about: 'Profile in the AWS configuration of the machine that runs Terraform',
    change: 'nothing',
    otherwise: 'what is set there',
  }),
  /**
   * Assumed with the credentials there are, for an hour at a time, and renewed while a step waits.
   * @default - none
   */
  assumeRole: setting(known(group(ASSUMED_ROLE_SETTINGS)), {
    about: 'Role to assume, with the credentials there are',
    change: 'nothing',
    otherwise: 'none',
  }),
};

/**
 * With which credentials a step calls the AWS CLI. Terraform gives its provider's profile and role
 * to no local-exec step: say here what the AWS provider of the stack has. All of it has to be known
 * when the stack is built, because a destroy step may refer to nothing but its own resource.
 *
 * Steps of Fast Launch and of instance refreshes stop, and have changed nothing, when their account is
 * not the one that Terraform works in.
 */
export interface AwsCliCredentials extends SettingProps<typeof AWS_CLI_CREDENTIALS_SETTINGS> {}

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
