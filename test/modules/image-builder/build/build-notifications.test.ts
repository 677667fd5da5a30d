import { describe, expect, it } from '@jest/globals';
import { Fn, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  BuildNotifications,
  type BuildNotificationsProps,
} from '../../../../modules/image-builder';
import { renderEventPattern } from '../../../../modules/image-builder/build/build-event';
import { refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

const TOPIC_ARN = 'arn:aws:sns:us-east-1:111122223333:images';

const notificationsWith = (props: Partial<BuildNotificationsProps>) => (stack: TerraformStack) =>
  new BuildNotifications(stack, 'notifications', {
    name: 'windows-builds',
    recipeName: 'windows',
    ...props,
  });

const RULE = {
  name: 'windows-builds',
  description: 'Builds of the image windows that ended',
  event_pattern: renderEventPattern('windows', ['FAILED', 'AVAILABLE']),
};

const INPUT_TRANSFORMER = {
  input_paths: {
    image: '$.resources[0]',
    status: '$.detail.state.status',
    reason: '$.detail.state.reason',
  },
  input_template:
    '"Image Builder image <image> is <status>, its log group is /aws/imagebuilder/windows. <reason>"',
};

const onlyName = (template: Template, type: string) => Object.keys(template.resources(type))[0];

describe('BuildNotifications', () => {
  it('sends failures and new images to a topic that is there', () => {
    const template = Template.of(notificationsWith({ topicArn: TOPIC_ARN }));
    expect(template.resource('aws_cloudwatch_event_rule')).toEqual(RULE);
    const rule = onlyName(template, 'aws_cloudwatch_event_rule');
    expect(template.resource('aws_cloudwatch_event_target')).toEqual({
      rule: `\${aws_cloudwatch_event_rule.${rule}.name}`,
      arn: TOPIC_ARN,
      input_transformer: INPUT_TRANSFORMER,
    });
    expect(template.counts()).toEqual({
      aws_cloudwatch_event_rule: 1,
      aws_cloudwatch_event_target: 1,
    });
  });

  it('makes a topic for addresses, to which only its rule can publish', () => {
    const emails = ['a@example.com', 'b@mail.example.com'];
    const template = Template.of(notificationsWith({ emails }));
    const topic = `aws_sns_topic.${onlyName(template, 'aws_sns_topic')}`;
    const rule = `aws_cloudwatch_event_rule.${onlyName(template, 'aws_cloudwatch_event_rule')}`;
    expect(template.resource('aws_sns_topic')).toEqual({ name: 'windows-builds' });
    const policy = template.resource('aws_sns_topic_policy');
    expect(policy['arn']).toBe(`\${${topic}.arn}`);
    expect(JSON.parse(String(policy['policy']))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: `\${${topic}.arn}`,
          Condition: { ArnEquals: { 'aws:SourceArn': `\${${rule}.arn}` } },
        },
      ],
    });
    expect(Object.values(template.resources('aws_sns_topic_subscription'))).toEqual(
      emails.map((endpoint) => ({
        topic_arn: `\${${topic}.arn}`,
        protocol: 'email',
        endpoint,
      })),
    );
    expect(template.resource('aws_cloudwatch_event_target')['arn']).toBe(`\${${topic}.arn}`);
  });

  it('leaves a subscription alone when another address comes or goes', () => {
    const subscriptions = (...emails: string[]) =>
      Object.entries(
        Template.of(notificationsWith({ emails })).resources('aws_sns_topic_subscription'),
      ).map(([name, block]) => `${name} ${block['endpoint']}`);
    const [second] = subscriptions('b@example.com');
    expect(subscriptions('a@example.com', 'b@example.com', 'c@example.com')).toContain(second);
  });

  it('takes states and tags', () => {
    const tags = { team: 'windows' };
    const template = Template.of(
      notificationsWith({ states: ['CANCELLED'], emails: ['a@example.com'], tags }),
    );
    expect(template.resource('aws_cloudwatch_event_rule')).toEqual({
      ...RULE,
      event_pattern: renderEventPattern('windows', ['CANCELLED']),
      tags,
    });
    expect(template.resource('aws_sns_topic')).toEqual({ name: 'windows-builds', tags });
  });

  it('passes inputs that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const { topicArn } = notificationsWith({ name: text, topicArn: text })(stack);
      expect(topicArn).toBe(text);
    });
    expect(template.resource('aws_cloudwatch_event_target')['arn']).toBe('${var.text}');
  });

  it.each<[string, Partial<BuildNotificationsProps>, string]>([
    ['nobody to tell', {}, '`topicArn` receiver-missing: nothing'],
    [
      'both a topic and addresses',
      { topicArn: TOPIC_ARN, emails: ['a@example.com'] },
      '`emails` receiver-twice: ["a@example.com"]',
    ],
    ['no address', { emails: [] }, '`emails` list-length: 0'],
    [
      'an address twice',
      { emails: ['a@example.com', 'a@example.com'] },
      '`emails[1]` unique: "a@example.com"',
    ],
    [
      'an address without a domain',
      { emails: ['a@localhost'] },
      '`emails[0]` email: "a@localhost"',
    ],
    [
      'a name in front of the address',
      { emails: ['A <a@example.com>'] },
      '`emails[0]` email: "A <a@example.com>"',
    ],
    [
      'an address that only Terraform knows',
      { emails: [Fn.lower('A@EXAMPLE.COM')] },
      '`emails[0]` known: "a reference"',
    ],
    ['a bad topic', { topicArn: 'images' }, '`topicArn` sns-topic-arn: "images"'],
    [
      'a name with a blank',
      { topicArn: TOPIC_ARN, name: 'my builds' },
      '`name` notifications-name: "my builds"',
    ],
    [
      'a bad recipe name',
      { topicArn: TOPIC_ARN, recipeName: 'x' },
      '`recipeName` resource-name: "x"',
    ],
    ['no state', { topicArn: TOPIC_ARN, states: [] }, '`states` list-length: 0'],
    [
      'a state twice',
      { topicArn: TOPIC_ARN, states: ['FAILED', 'FAILED'] },
      '`states[1]` unique: "FAILED"',
    ],
    [
      'an unknown state',
      { topicArn: TOPIC_ARN, states: ['DONE' as 'FAILED'] },
      '`states[0]` one-of: "DONE"',
    ],
  ])('refuses %s', (_, props, expected) => {
    expect(refusedBy(() => Template.of(notificationsWith(props)))).toEqual([expected]);
  });
});
