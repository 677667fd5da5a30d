import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { LifecycleHook } from '../../../../modules/eks-windows-nodes';
import {
  createLifecycleHooks,
  lifecycleHooks,
} from '../../../../modules/eks-windows-nodes/life-cycle/lifecycle-hook';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';

const LAUNCH: LifecycleHook = {
  name: 'boot',
  lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
};
const TOLD: LifecycleHook = {
  name: 'ci/end',
  lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  heartbeatTimeoutSeconds: 30,
  defaultResult: 'CONTINUE',
  notificationMetadata: 'team windows',
  notificationTargetArn: 'arn:aws:sqs:us-east-1:111122223333:ends',
  roleArn: 'arn:aws:iam::111122223333:role/hooks',
};

const problems = (hook: Partial<LifecycleHook>): string[] =>
  lifecycleHooks.check(['lifecycleHooks'], [{ ...LAUNCH, ...hook }]).map(outline);

describe('createLifecycleHooks', () => {
  it('makes a resource for each hook, named after it', () => {
    const template = Template.of((stack) => createLifecycleHooks(stack, 'apps', [LAUNCH, TOLD]));
    expect(template.resources('aws_autoscaling_lifecycle_hook')).toEqual({
      'LifecycleHook-boot': {
        autoscaling_group_name: 'apps',
        name: 'boot',
        lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      },
      'LifecycleHook-ci-end': {
        autoscaling_group_name: 'apps',
        name: 'ci/end',
        lifecycle_transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        heartbeat_timeout: 30,
        default_result: 'CONTINUE',
        notification_metadata: 'team windows',
        notification_target_arn: 'arn:aws:sqs:us-east-1:111122223333:ends',
        role_arn: 'arn:aws:iam::111122223333:role/hooks',
      },
    });
  });
});

describe('the hooks of a group', () => {
  it('takes hooks with and without options', () => {
    expect(lifecycleHooks.check([], [LAUNCH, TOLD])).toEqual([]);
    expect(problems({ heartbeatTimeoutSeconds: 7200, defaultResult: 'ABANDON' })).toEqual([]);
  });

  it.each<readonly [Partial<LifecycleHook>, string]>([
    [{ name: 'a b' }, '`lifecycleHooks[0].name` lifecycle-hook-name: "a b"'],
    [
      { lifecycleTransition: 'launching' as never },
      '`lifecycleHooks[0].lifecycleTransition` one-of: "launching"',
    ],
    [
      { heartbeatTimeoutSeconds: 29 },
      '`lifecycleHooks[0].heartbeatTimeoutSeconds` integer-range: 29',
    ],
    [{ defaultResult: 'STOP' as never }, '`lifecycleHooks[0].defaultResult` one-of: "STOP"'],
    [{ notificationMetadata: '' }, '`lifecycleHooks[0].notificationMetadata` hook-metadata: ""'],
    [
      {
        notificationTargetArn: 'arn:aws:sqs:us-east-1:111122223333:ends.fifo',
        roleArn: TOLD.roleArn,
      },
      '`lifecycleHooks[0].notificationTargetArn` hook-target-arn: "arn:aws:sqs:us-east-1:111122223333:ends.fifo"',
    ],
    [
      { notificationTargetArn: TOLD.notificationTargetArn },
      '`lifecycleHooks[0].roleArn` hook-role-without-target: nothing',
    ],
    [
      { roleArn: TOLD.roleArn },
      '`lifecycleHooks[0].notificationTargetArn` hook-target-without-role: nothing',
    ],
    [
      { notificationTargetArn: TOLD.notificationTargetArn, roleArn: 'hooks' },
      '`lifecycleHooks[0].roleArn` role-arn: "hooks"',
    ],
  ])('refuses %j', (hook, problem) => {
    expect(problems(hook)).toEqual([problem]);
  });

  it('refuses a name that is used twice, and more than 50 hooks', () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ ...LAUNCH, name: `hook-${index}` }));
    expect(lifecycleHooks.check(['hooks'], many).map(outline)).toEqual(['`hooks` list-length: 51']);
    expect(lifecycleHooks.check(['hooks'], [LAUNCH, LAUNCH]).map(outline)).toEqual([
      '`hooks[1].name` unique: "boot"',
    ]);
  });

  it('takes what only Terraform knows, except for the name', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { stringValue, numberValue } = new TerraformVariable(stack, 'value', {});
    expect(
      problems({
        heartbeatTimeoutSeconds: numberValue,
        notificationMetadata: stringValue,
        notificationTargetArn: stringValue,
        roleArn: stringValue,
      }),
    ).toEqual([]);
    expect(problems({ name: stringValue })).toEqual([
      '`lifecycleHooks[0].name` known: "a reference"',
    ]);
  });
});
