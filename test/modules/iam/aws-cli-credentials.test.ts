import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import {
  type AssumedRole,
  AWS_CLI_CREDENTIALS_SETTINGS,
  type AwsCliCredentials,
  awsCliEnvironment,
} from '../../../modules/iam';
import { checkSettings } from '../../../modules/settings';
import { outline } from '../../support/problem';

const ROLE = 'arn:aws:iam::111122223333:role/teams/deploy';

const problemsOf = (credentials: AwsCliCredentials): string[] =>
  checkSettings(AWS_CLI_CREDENTIALS_SETTINGS, credentials, ['credentials']).map(outline);

describe('awsCliEnvironment', () => {
  it('leaves everything to the machine when nothing is said', () => {
    expect(awsCliEnvironment()).toEqual({});
    expect(awsCliEnvironment({})).toEqual({});
  });

  it('names a profile', () => {
    expect(awsCliEnvironment({ profile: 'acme' })).toEqual({ PROVIDER_PROFILE: 'acme' });
  });

  it('names a role, with all that goes with it', () => {
    const assumeRole = { roleArn: ROLE, externalId: 'acme-42', sessionName: 'terraform' };
    expect(awsCliEnvironment({ assumeRole })).toEqual({
      ASSUME_ROLE_ARN: ROLE,
      ASSUME_ROLE_EXTERNAL_ID: 'acme-42',
      ASSUME_ROLE_SESSION_NAME: 'terraform',
    });
  });
});

describe('the settings', () => {
  it('lets right values pass', () => {
    const assumeRole = { roleArn: ROLE, externalId: 'a/b:c=1', sessionName: 'ci@acme' };
    expect(problemsOf({ profile: 'acme-prod.eu', assumeRole })).toEqual([]);
  });

  it('lists all that is wrong', () => {
    const assumeRole = { roleArn: 'deploy', externalId: 'x', sessionName: 'a b' };
    expect(problemsOf({ profile: '', assumeRole })).toEqual([
      '`credentials.profile` aws-profile: ""',
      '`credentials.assumeRole.roleArn` role-arn: "deploy"',
      '`credentials.assumeRole.externalId` external-id: "x"',
      '`credentials.assumeRole.sessionName` role-session-name: "a b"',
    ]);
  });

  it('refuses references, which a destroy step could not look up', () => {
    const roleArn = Token.asString({ resolve: () => ROLE });
    expect(problemsOf({ assumeRole: { roleArn } })).toEqual([
      '`credentials.assumeRole.roleArn` known: "a reference"',
    ]);
    const whole = Token.asAny({ resolve: () => ({ roleArn: ROLE }) }) as unknown as AssumedRole;
    expect(problemsOf({ assumeRole: whole })).toEqual([
      '`credentials.assumeRole` known: "a reference"',
    ]);
  });
});
