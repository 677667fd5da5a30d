import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkEach,
  checkKnown,
  checkListLength,
  checkOneOf,
  checkSnsTopicArn,
  checkText,
  checkUnique,
  type Path,
  type PolicyDocument,
  type Problem,
  policyOf,
  problem,
  renderPolicy,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkResourceName } from '../naming/resource-name';
import {
  buildEventTransformer,
  NOTIFIED_STATES,
  type NotifiedState,
  renderEventPattern,
} from './build-event';

/** Inputs of {@link BuildNotifications}. Either `topicArn` or `emails` is needed. */
export interface BuildNotificationsProps {
  /** Name of the rule and of the topic: 1 to 64 letters, digits, `-` and `_`, once in the Region. */
  readonly name: string;
  /** The recipe whose builds are told. */
  readonly recipeName: string;
  /** Which ends of a build are told. @default - `FAILED` and `AVAILABLE` */
  readonly states?: readonly NotifiedState[] | undefined;
  /**
   * ARN of the SNS topic that gets the messages. Its policy has to let `events.amazonaws.com`
   * publish, and so has its key when it is encrypted: the key `alias/aws/sns` cannot be used.
   * @default - a topic of its own for `emails`
   */
  readonly topicArn?: string | undefined;
  /**
   * Addresses that get the messages. AWS asks each of them first; nothing comes before someone
   * follows the link in that mail, which is valid for two days.
   * @default - none
   */
  readonly emails?: readonly string[] | undefined;
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

const DEFAULT_STATES: readonly NotifiedState[] = ['FAILED', 'AVAILABLE'];

/**
 * Tells how builds of an image end: an EventBridge rule whose target is an SNS topic. With `emails`
 * also the topic, to which nobody but that rule can publish, and a subscription for each address.
 * Costs next to nothing: the events are free, and so are the first thousand mails a month.
 *
 * Events arrive "best effort", as AWS calls it: now and then one may be missing. A subscription
 * that nobody has confirmed cannot be deleted; AWS drops it by itself.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-imagebuilder.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_rule
 */
export class BuildNotifications extends Construct {
  /** The topic that gets the messages. */
  public readonly topicArn: string;

  constructor(scope: Construct, id: string, props: BuildNotificationsProps) {
    super(scope, id);
    assertNoProblems(this, validateBuildNotificationsProps(props));
    const { name, recipeName, states = DEFAULT_STATES, emails = [] } = props;
    const tags = withoutUndefined({ tags: writtenTags(props.tags) });
    const rule = new CloudwatchEventRule(this, 'Rule', {
      name,
      description: `Builds of the image ${recipeName} that ended`,
      eventPattern: renderEventPattern(recipeName, states),
      ...tags,
    });
    this.topicArn = props.topicArn ?? this.createTopic(name, rule.arn, emails, tags);
    new CloudwatchEventTarget(this, 'Target', {
      rule: rule.name,
      arn: this.topicArn,
      inputTransformer: buildEventTransformer(recipeName),
    });
  }

  private createTopic(
    name: string,
    ruleArn: string,
    emails: readonly string[],
    tags: { readonly tags?: Record<string, string> },
  ): string {
    const { arn } = new SnsTopic(this, 'Topic', { name, ...tags });
    const policy = renderPolicy(topicPolicy(arn, ruleArn));
    new SnsTopicPolicy(this, 'TopicPolicy', { arn, policy });
    for (const email of emails) {
      // Named after the address, so that an address more or less leaves the others alone.
      const subscription = { topicArn: arn, protocol: 'email', endpoint: email };
      new SnsTopicSubscription(this, `Email-${email}`, subscription);
    }
    return arn;
  }
}

function topicPolicy(topicArn: string, ruleArn: string): PolicyDocument {
  return policyOf([
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topicArn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    },
  ]);
}

function validateBuildNotificationsProps(props: BuildNotificationsProps): Problem[] {
  const { name, states = DEFAULT_STATES } = props;
  return [
    ...checkText(['name'], name, {
      id: 'notifications-name',
      pattern: /^[A-Za-z0-9_-]{1,64}$/,
      rule: 'be 1 to 64 letters, digits, - and _',
    }),
    ...checkResourceName(['recipeName'], props.recipeName),
    ...checkListLength(['states'], states, { min: 1 }),
    ...checkUnique(['states'], states),
    ...checkEach(['states'], states, (path, one) => checkOneOf(path, one, NOTIFIED_STATES)),
    ...checkReceivers(props),
  ];
}

function checkReceivers({ topicArn, emails }: BuildNotificationsProps): Problem[] {
  if (emails === undefined) {
    if (topicArn !== undefined) return checkSnsTopicArn(['topicArn'], topicArn);
    return [
      problem('receiver-missing', ['topicArn'], 'be given when there are no `emails`', undefined),
    ];
  }
  if (topicArn !== undefined) {
    const advice = 'subscribe the addresses to that topic instead';
    return [
      problem(
        'receiver-twice',
        ['emails'],
        'be left out when there is a `topicArn`',
        emails,
        advice,
      ),
    ];
  }
  return [
    ...checkListLength(['emails'], emails, { min: 1 }),
    ...checkUnique(['emails'], emails),
    ...checkEach(['emails'], emails, checkEmail),
  ];
}

const EMAIL = {
  id: 'email',
  pattern: /^[^\s@]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/,
  rule: 'be an email address such as images@example.com',
};

function checkEmail(path: Path, email: string): Problem[] {
  // The address is part of the subscription's name in Terraform.
  return checkKnown(path, email, (at, value) => checkText(at, value, EMAIL));
}
