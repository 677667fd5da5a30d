import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { awsCliShell } from '../../../../modules/core';

const TELL = `printf '%s, key %s, profile %s' "$(describe_credentials)" "\${AWS_ACCESS_KEY_ID:-none}" "\${AWS_PROFILE-unset}"`;

/** What the AWS CLI would be called with, in words and in the environment. */
function told(environment: Readonly<Record<string, string>>): string {
  const settings = { PROGRAM: 'test', POLL_SECONDS: '0', TIMEOUT_SECONDS: '1' };
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', `${awsCliShell()}\n${TELL}`], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...settings, ...environment },
  });
  return status === 0 ? stdout : `status ${status}: ${stderr}`;
}

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('the credentials of a step', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string]>([
    [
      'are those of the machine when nothing is said',
      {},
      'the default credentials of the machine that runs Terraform, key none, profile unset',
    ],
    ['are keys in the environment', KEYS, 'the keys in the environment, key AKIA, profile unset'],
    [
      'are those of a profile of the machine',
      { AWS_PROFILE: 'machine' },
      'profile machine, key none, profile machine',
    ],
    [
      'are the keys where the machine has both, as for the AWS CLI and the provider',
      { ...KEYS, AWS_PROFILE: 'machine' },
      'the keys in the environment, key AKIA, profile machine',
    ],
    [
      'are those of the profile of the provider before all others',
      { ...KEYS, AWS_PROFILE: 'machine', PROVIDER_PROFILE: 'acme' },
      'profile acme, key none, profile acme',
    ],
    [
      'are not looked for under an empty name',
      { AWS_PROFILE: '', PROVIDER_PROFILE: '' },
      'the default credentials of the machine that runs Terraform, key none, profile unset',
    ],
  ])('%s', (_, environment, expected) => {
    expect(told(environment)).toBe(expected);
  });

  it('name a role that is to be assumed with them', () => {
    const role = { ASSUME_ROLE_ARN: 'arn:aws:iam::111122223333:role/deploy' };
    expect(told({ ...KEYS, ...role })).toContain(
      'the keys in the environment, role arn:aws:iam::111122223333:role/deploy',
    );
  });
});
