import { describe, expect, it } from '@jest/globals';
import { Token } from 'cdktf';
import {
  type AwsCliCredentials,
  awsCliEnvironment,
  checkAwsCliCredentials,
  formatProblem,
} from '../../../modules/core';

const ROLE = 'arn:aws:iam::111122223333:role/teams/deploy';

const problemsOf = (credentials: AwsCliCredentials): string[] =>
  checkAwsCliCredentials(['credentials'], credentials).map(formatProblem);

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

describe('checkAwsCliCredentials', () => {
  it('lets right values pass', () => {
    const assumeRole = { roleArn: ROLE, externalId: 'a/b:c=1', sessionName: 'ci@acme' };
    expect(problemsOf({ profile: 'acme-prod.eu', assumeRole })).toEqual([]);
  });

  it('lists all that is wrong', () => {
    const assumeRole = { roleArn: 'deploy', externalId: 'x', sessionName: 'a b' };
    expect(problemsOf({ profile: '', assumeRole })).toEqual([
      '`credentials.profile` must be the name of a profile: 1 to 128 letters, digits and _ . @ + -, got: ""',
      '`credentials.assumeRole.roleArn` must be the ARN of a role such as arn:aws:iam::111122223333:role/windows-nodes, got: "deploy"',
      '`credentials.assumeRole.externalId` must be an external id: 2 to 1,224 letters, digits and _ + = , . @ : / -, got: "x"',
      '`credentials.assumeRole.sessionName` must be a session name: 2 to 64 letters, digits and _ + = , . @ -, got: "a b"',
    ]);
  });

  it('refuses references, which a destroy step could not look up', () => {
    const roleArn = Token.asString({ resolve: () => ROLE });
    expect(problemsOf({ assumeRole: { roleArn } })).toEqual([
      '`credentials.assumeRole.roleArn` must be known when the stack is built, got: "a reference"',
    ]);
  });
});
