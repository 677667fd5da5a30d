import { describe, expect, it } from '@jest/globals';
import { fastLaunchRunnerPolicy } from '../../../modules/fast-launch';
import { renderFastLaunchScript } from '../../../modules/fast-launch/scripts';
import type { PolicyDocument } from '../../../modules/iam';
import { expectGolden } from '../../support/golden';
import { actionsOf, misfits, unknownActions, unknownConditionKeys } from '../../support/iam';

const POLICIES: readonly (readonly [string, PolicyDocument])[] = [
  ['fast-launch-runner', fastLaunchRunnerPolicy({ region: 'us-east-1' })],
  [
    'fast-launch-runner-for-one-image',
    fastLaunchRunnerPolicy({
      region: 'eu-central-1',
      accountId: '111122223333',
      imageName: 'shop-windows',
      kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d',
    }),
  ],
  ['fast-launch-runner-in-china', fastLaunchRunnerPolicy({ region: 'cn-north-1' })],
];

describe.each(POLICIES)('the policy %s', (name, policy) => {
  it('is the one that a person has read', () => {
    expectGolden(`policy/${name}.json`, `${JSON.stringify(policy, null, 2)}\n`);
  });

  it('names only actions and conditions that AWS knows', async () => {
    expect(await unknownActions(policy)).toEqual([]);
    expect((await Promise.all(policy.Statement.map(unknownConditionKeys))).flat()).toEqual([]);
  });

  it('allows actions on resources of their kind', async () => {
    expect((await Promise.all(policy.Statement.map(misfits))).flat()).toEqual([]);
  });

  it('allows each call of EC2 that the scripts make', () => {
    const scripts = [renderFastLaunchScript('enable'), renderFastLaunchScript('disable')].join(
      '\n',
    );
    const called = [...scripts.matchAll(/call ec2 ([a-z-]+)/g)].map(([, command = '']) => {
      const words = command.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      return `ec2:${words.join('')}`;
    });
    expect(called.length).toBeGreaterThan(3);
    expect(called.filter((action) => !actionsOf(policy).includes(action))).toEqual([]);
  });
});
