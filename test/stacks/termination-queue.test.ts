import { describe, expect, it } from '@jest/globals';
import { type Change, problemsOf, withChanges } from '../app/full-environment';
import { addressOf, SECOND_GROUP, synthesizeEnvironment } from './synthesized-environment';

const withQueue = (settings = '{}'): Change => [
  '  ami: built\n',
  `  ami: built\n  terminationQueue: ${settings}\n`,
];

describe('the termination queue of an environment', () => {
  it('is one for all groups, with a hook for each of them', () => {
    const { nodes } = synthesizeEnvironment(SECOND_GROUP, withQueue());
    expect(nodes.resource('aws_sqs_queue')).toMatchObject({
      name: 'example-windows-nodes',
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
    });
    const hooks = Object.values(nodes.resources('aws_autoscaling_lifecycle_hook'));
    expect(hooks.map((hook) => [hook['name'], hook['heartbeat_timeout']])).toEqual([
      ['drain', 300],
      ['drain', 300],
    ]);
    const rules = Object.values(nodes.resources('aws_cloudwatch_event_rule'));
    const pattern = rules.map((rule) => String(rule['event_pattern']));
    expect(pattern.filter((text) => text.includes('AutoScalingGroupName'))).toEqual([
      '{"source":["aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"],"detail":{"AutoScalingGroupName":["example-windows-nodes-apps","example-windows-nodes-batch"]}}',
    ]);
  });

  it('puts out what the handler needs: the address of the queue and its policy', () => {
    const { nodes } = synthesizeEnvironment(withQueue());
    const queue = addressOf(nodes, 'aws_sqs_queue', 'TerminationQueue');
    const group = addressOf(nodes, 'aws_autoscaling_group', 'Group-apps_AutoScalingGroup');
    const outputs = nodes.part('output') as Record<string, { readonly value: string }>;
    expect(outputs['termination_queue_url']).toEqual({ value: `\${${queue}.url}` });
    const { Statement: statements } = JSON.parse(
      outputs['termination_handler_policy']?.value ?? '',
    );
    const resources = statements.map((one: { Resource: unknown }) => one.Resource);
    expect(resources).toEqual([`\${${queue}.arn}`, '*', [`\${${group}.arn}`]]);
  });

  it('takes its settings', () => {
    const settings = '{ heartbeatTimeoutSeconds: 1200, messageRetentionSeconds: 600 }';
    const { nodes } = synthesizeEnvironment(withQueue(settings));
    expect(nodes.resource('aws_sqs_queue')['message_retention_seconds']).toBe(600);
    expect(nodes.resource('aws_autoscaling_lifecycle_hook')['heartbeat_timeout']).toBe(1200);
  });

  it('is checked with its place in the file', () => {
    expect(problemsOf(withChanges(withQueue('{ kmsKeyId: alias/aws/sqs }')))).toEqual([
      'e.yaml:21:33  `nodes.terminationQueue.kmsKeyId` kms-key-arn: "alias/aws/sqs"',
    ]);
    const hook =
      'lifecycleHooks: [{ name: drain, lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" }]';
    const withHook: Change = ['      maxSize: 5\n', `      maxSize: 5\n      ${hook}\n`];
    expect(problemsOf(withChanges(withQueue(), withHook))).toEqual([
      'e.yaml:28:32  `nodes.groups[0].lifecycleHooks[0].name` hook-name-is-free: "drain"',
    ]);
    expect(problemsOf(withChanges(withHook))).toEqual([]);
  });
});
