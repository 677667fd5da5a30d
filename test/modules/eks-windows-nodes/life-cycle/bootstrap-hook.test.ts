import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable, Token } from 'cdktf';
import { bootstrapHookPolicy } from '../../../../modules/eks-windows-nodes';
import { checkNodeBootstrap } from '../../../../modules/eks-windows-nodes/bootstrap/node-bootstrap';
import {
  BOOTSTRAP_HOOK_NAME,
  buildBootstrapHook,
  buildCapacityTimeout,
} from '../../../../modules/eks-windows-nodes/life-cycle/bootstrap-hook';
import { expectGolden } from '../../../support/golden';
import { misfits, unknownActions } from '../../../support/iam';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';

describe('the hook of a group', () => {
  it('gives up nodes that do not say in time that their bootstrap went well', () => {
    const hook = {
      name: 'node-bootstrap',
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      defaultResult: 'ABANDON',
      heartbeatTimeout: 1800,
    };
    expect(buildBootstrapHook({ failedBootstrap: 'replace' })).toEqual([hook]);
    expect(
      buildBootstrapHook({ failedBootstrap: 'replace', bootstrapTimeoutSeconds: 900 }),
    ).toEqual([{ ...hook, heartbeatTimeout: 900 }]);
  });

  it.each([{}, { failedBootstrap: 'keep' as const, bootstrapTimeoutSeconds: 900 }])(
    'is not there with %j',
    (inputs) => {
      expect(buildBootstrapHook(inputs)).toEqual([]);
      expect(buildCapacityTimeout(inputs)).toEqual({});
    },
  );

  it('has a name that AWS takes', () => {
    expect(BOOTSTRAP_HOOK_NAME).toMatch(/^[A-Za-z0-9/_-]{1,255}$/);
  });

  it('makes an apply wait for longer than a node may take', () => {
    expect(buildCapacityTimeout({ failedBootstrap: 'replace' })).toEqual({
      waitForCapacityTimeout: '2400s',
    });
    const template = Template.of((stack) => {
      const { numberValue } = new TerraformVariable(stack, 'seconds', { type: 'number' });
      const inputs = { failedBootstrap: 'replace' as const, bootstrapTimeoutSeconds: numberValue };
      const value = { hook: buildBootstrapHook(inputs), ...buildCapacityTimeout(inputs) };
      new TerraformOutput(stack, 'Out', { value });
    });
    expect(template.part('output')['Out']).toMatchObject({
      value: {
        hook: [{ heartbeatTimeout: '${var.seconds}' }],
        waitForCapacityTimeout: '7800s',
      },
    });
  });

  const problemsOf = (bootstrapTimeoutSeconds: number): string[] =>
    checkNodeBootstrap({ failedBootstrap: 'replace', bootstrapTimeoutSeconds }).map(outline);

  it.each([30, 7200, Token.asNumber('${local.seconds}')])('waits %s seconds', (seconds) => {
    expect(problemsOf(seconds)).toEqual([]);
  });

  it.each([29, 7201, 30.5])('does not wait %s seconds', (seconds) => {
    expect(problemsOf(seconds)).toEqual([`\`bootstrapTimeoutSeconds\` integer-range: ${seconds}`]);
  });
});

describe('bootstrapHookPolicy', () => {
  const policyFor = (...groupNames: readonly string[]) =>
    bootstrapHookPolicy({
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      accountId: '111122223333',
      groupNames,
    });

  it('allows to answer the hooks of exactly these groups', () => {
    const policy = policyFor('demo-windows', 'batch');
    expectGolden('policy/answer-bootstrap-hook.json', `${JSON.stringify(policy, null, 2)}\n`);
  });

  it('is the same for the same groups in another order', () => {
    expect(policyFor('a', 'b', 'a')).toEqual(policyFor('b', 'a'));
  });

  it('has an action that AWS knows, on resources that it works on', async () => {
    const policy = policyFor('demo-windows');
    expect(await unknownActions(policy)).toEqual([]);
    const found = await Promise.all(policy.Statement.map(misfits));
    expect(found.flat()).toEqual([]);
  });
});
