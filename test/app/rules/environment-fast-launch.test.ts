import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf as problemsOfText, withChanges } from '../full-environment';

const FAST_LAUNCH =
  'fastLaunch: { targetResourceCount: 5, maxParallelLaunches: 6, subnetId: subnet-0123456789abcdef0 }';

const withKeys = (keys: string): Change => [FAST_LAUNCH, `fastLaunch: { ${keys} }`];

const problemsOf = (...changes: readonly Change[]): string[] =>
  problemsOfText(withChanges(...changes)).map((one) => one.replace(/^e\.yaml:\d+:\d+ +/, ''));

describe('fastLaunch in an environment file', () => {
  it.each([
    'method: local-exec, enabled: false',
    'waitForEnabled: false, timeoutMinutes: 1440, onDestroy: leave, takeOver: true, driftCheck: false',
    'keyGrant: { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1", createServiceLinkedRole: true }',
    'method: distribution, targetResourceCount: 2, instanceType: t3.2xlarge',
    'method: none, takeOver: true',
  ])('may say %s', (keys) => {
    expect(problemsOf(withKeys(keys))).toEqual([]);
  });

  it.each([
    ['method: sometimes', '`fastLaunch.method` one-of: "sometimes"'],
    ['timeoutMinutes: 0', '`fastLaunch.timeoutMinutes` integer-range: 0'],
    ['onDestroy: keep', '`fastLaunch.onDestroy` one-of: "keep"'],
    [
      'keyGrant: { kmsKeyArn: alias/windows }',
      '`fastLaunch.keyGrant.kmsKeyArn` kms-key-arn: "alias/windows"',
    ],
  ])('may not say %s', (keys, problem) => {
    expect(problemsOf(withKeys(keys))).toEqual([problem]);
  });

  it('has no use for what only a step of Terraform does, when Image Builder switches it on', () => {
    const keys = 'method: distribution, waitForEnabled: true, onDestroy: disable, enabled: false';
    expect(problemsOf(withKeys(keys))).toEqual(
      [
        ['waitForEnabled', 'true'],
        ['onDestroy', '"disable"'],
        ['enabled', 'false'],
      ].map(([key, got]) => `\`fastLaunch.${key}\` key-of-local-exec: ${got}`),
    );
  });

  it('is for an AMI of this file when Image Builder switches it on', () => {
    const ami: Change = ['ami: built', 'ami: { imageId: ami-0123456789abcdef0 }'];
    expect(problemsOf(withKeys('method: distribution'), ami)).toEqual([
      '`nodes.ami` fast-launch-by-distribution: {"imageId":"ami-0123456789abcdef0"}',
    ]);
    expect(problemsOf(withKeys('method: local-exec'), ami)).toEqual([]);
  });

  it('allows AMIs of Amazon when nobody switches it on', () => {
    const ami: Change = ['ami: built', 'ami: eks-optimized'];
    expect(problemsOf(withKeys('method: none'), ami)).toEqual([]);
    expect(problemsOf(withKeys('method: distribution'), ami)).toEqual([
      '`nodes.ami` fast-launch-of-amazon: "eks-optimized"',
    ]);
  });
});

describe('provider in an environment file', () => {
  it('may name a profile and a role, with or without a version', () => {
    const role = 'roleArn: "arn:aws:iam::111122223333:role/deploy", externalId: acme-42';
    expect(
      problemsOf([
        'provider: { version: "6.25.0" }',
        `provider: { profile: acme, assumeRole: { ${role}, sessionName: terraform } }`,
      ]),
    ).toEqual([]);
  });

  it('names a role by its ARN', () => {
    expect(
      problemsOf([
        'provider: { version: "6.25.0" }',
        'provider: { assumeRole: { roleArn: deploy } }',
      ]),
    ).toEqual(['`provider.assumeRole.roleArn` role-arn: "deploy"']);
  });
});
