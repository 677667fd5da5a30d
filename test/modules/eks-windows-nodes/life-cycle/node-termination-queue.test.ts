import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import {
  NodeTerminationQueue,
  type NodeTerminationQueueProps,
  terminationHandlerPolicy,
} from '../../../../modules/eks-windows-nodes';
import { buildTerminationEvents } from '../../../../modules/eks-windows-nodes/life-cycle/termination-events';
import { expectGolden } from '../../../support/golden';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const SMALLEST: NodeTerminationQueueProps = {
  name: 'demo-nodes',
  autoScalingGroupNames: ['demo-b', 'demo-a'],
};
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const synth = (props: Partial<NodeTerminationQueueProps> = {}): Template =>
  Template.of((stack) => {
    new NodeTerminationQueue(stack, 'Drain', { ...SMALLEST, ...props });
  });

describe('NodeTerminationQueue', () => {
  it('makes an encrypted queue that forgets what nobody reads', () => {
    expect(synth().resource('aws_sqs_queue')).toEqual({
      name: 'demo-nodes',
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
    });
  });

  it('takes a key of its own, a time and tags', () => {
    const tags = { team: 'windows' };
    const template = synth({ kmsKeyId: KEY, messageRetentionSeconds: 60, tags });
    expect(template.resource('aws_sqs_queue')).toEqual({
      name: 'demo-nodes',
      message_retention_seconds: 60,
      kms_master_key_id: KEY,
      tags,
    });
    const rules = Object.values(template.resources('aws_cloudwatch_event_rule'));
    expect(rules.map((rule) => rule['tags'])).toEqual([tags, tags, tags, tags, tags]);
  });

  it('has a rule and a target for each kind of event', () => {
    const template = synth();
    const rules = Object.entries(template.resources('aws_cloudwatch_event_rule'));
    expect(rules.map(([, rule]) => rule['name'])).toEqual([
      'demo-nodes-rebalance',
      'demo-nodes-health',
      'demo-nodes-spot',
      'demo-nodes-state',
      'demo-nodes-terminate',
    ]);
    const targets = Object.values(template.resources('aws_cloudwatch_event_target'));
    const [queue] = Object.keys(template.resources('aws_sqs_queue'));
    expect(targets).toEqual(
      rules.map(([id]) => ({
        rule: `\${aws_cloudwatch_event_rule.${id}.name}`,
        arn: `\${aws_sqs_queue.${queue}.arn}`,
      })),
    );
  });

  it('lets nobody but its rules send', () => {
    const template = synth();
    const policy = JSON.parse(String(template.resource('aws_sqs_queue_policy')['policy']));
    const rules = Object.keys(template.resources('aws_cloudwatch_event_rule'));
    const [{ Condition: condition, Resource: resource, ...statement }] = policy.Statement;
    expect(statement).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
    });
    expect(resource).toBe(
      `\${aws_sqs_queue.${Object.keys(template.resources('aws_sqs_queue'))[0]}.arn}`,
    );
    expect([...condition.ArnEquals['aws:SourceArn']].sort()).toEqual(
      rules.map((id) => `\${aws_cloudwatch_event_rule.${id}.arn}`).sort(),
    );
  });

  it('tells groups how to hold a node', () => {
    Template.of((stack) => {
      const queue = (id: string, props: Partial<NodeTerminationQueueProps> = {}) =>
        new NodeTerminationQueue(stack, id, { ...SMALLEST, ...props });
      expect(queue('Default').lifecycleHook).toEqual({
        name: 'drain',
        lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        heartbeatTimeoutSeconds: 300,
        defaultResult: 'CONTINUE',
      });
      const { lifecycleHook } = queue('Slow', { heartbeatTimeoutSeconds: 1200 });
      expect(lifecycleHook.heartbeatTimeoutSeconds).toBe(1200);
    });
  });

  it('lists all that is wrong with its inputs', () => {
    const wrong = {
      name: 'a b',
      autoScalingGroupNames: [],
      heartbeatTimeoutSeconds: 29,
      messageRetentionSeconds: 59,
      kmsKeyId: 'alias/aws/sqs',
    };
    expect(refusedBy(() => synth(wrong))).toEqual([
      '`name` queue-name: "a b"',
      '`autoScalingGroupNames` list-length: 0',
      '`heartbeatTimeoutSeconds` integer-range: 29',
      '`messageRetentionSeconds` integer-range: 59',
      '`kmsKeyId` kms-key-arn: "alias/aws/sqs"',
    ]);
  });

  it('takes what only Terraform knows', () => {
    const template = Template.of((stack) => {
      const { stringValue, numberValue } = new TerraformVariable(stack, 'value', {});
      new NodeTerminationQueue(stack, 'Drain', {
        ...SMALLEST,
        kmsKeyId: stringValue,
        messageRetentionSeconds: numberValue,
        heartbeatTimeoutSeconds: numberValue,
      });
    });
    expect(template.resource('aws_sqs_queue')).toMatchObject({
      kms_master_key_id: '${var.value}',
      message_retention_seconds: '${var.value}',
    });
  });
});

describe('buildTerminationEvents', () => {
  it('asks for the ends of these groups, and for all events of EC2 that tell of an end', () => {
    const events = buildTerminationEvents(['demo-b', 'demo-a']);
    expect(events.map(({ id, pattern }) => [id, JSON.parse(pattern)])).toEqual([
      [
        'Termination',
        {
          source: ['aws.autoscaling'],
          'detail-type': ['EC2 Instance-terminate Lifecycle Action'],
          detail: { AutoScalingGroupName: ['demo-a', 'demo-b'] },
        },
      ],
      [
        'SpotInterruption',
        { source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] },
      ],
      [
        'Rebalance',
        { source: ['aws.ec2'], 'detail-type': ['EC2 Instance Rebalance Recommendation'] },
      ],
      [
        'StateChange',
        { source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'] },
      ],
      [
        'ScheduledChange',
        {
          source: ['aws.health'],
          'detail-type': ['AWS Health Event'],
          detail: { service: ['EC2'], eventTypeCategory: ['scheduledChange'] },
        },
      ],
    ]);
  });
});

describe('terminationHandlerPolicy', () => {
  const queueArn = 'arn:aws:sqs:us-east-1:111122223333:demo-nodes';
  const autoScalingGroupArns = [
    'arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:12345678-1234-1234-1234-123456789012:autoScalingGroupName/demo-a',
  ];

  it.each([
    ['termination-handler', undefined],
    ['termination-handler-own-key', KEY],
  ])('is %s', (file, kmsKeyArn) => {
    const policy = terminationHandlerPolicy({ queueArn, autoScalingGroupArns, kmsKeyArn });
    expectGolden(`policy/${file}.json`, `${JSON.stringify(policy, null, 2)}\n`);
  });
});
