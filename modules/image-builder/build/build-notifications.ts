import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkSnsTopicArn,
  checkText,
  type Problem,
  problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { type PolicyDocument, policyOf, renderPolicy } from '../../iam';
import {
  checkSettings,
  choice,
  freeText,
  known,
  list,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import { checkResourceName } from '../naming/resource-name';
import { buildEventTransformer, NOTIFIED_STATES, renderEventPattern } from './build-event';

const EMAIL = {
  id: 'email',
  pattern: /^[^\s@]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/,
  rule: 'be an email address such as images@example.com',
};

/** Of what to tell whom. */
export const BUILD_NOTIFICATION_SETTINGS = {
  /** Which ends of a build are told. @default ["FAILED", "AVAILABLE"] */
  states: setting(list(choice(NOTIFIED_STATES), { min: 1 }), {
    about: 'Which states of an image to tell',
    default: ['FAILED', 'AVAILABLE'],
    change: 'in-place',
  }),
  /**
   * ARN of the SNS topic that gets the messages. Its policy has to let `events.amazonaws.com`
   * publish, and so has its key when it is encrypted: the key `alias/aws/sns` cannot be used.
   * @default - a topic of its own for `emails`
   */
  topicArn: setting(text(checkSnsTopicArn), {
    about: 'SNS topic to tell',
    otherwise: 'one that is made for the emails',
    change: 'in-place',
  }),
  /**
   * Addresses that get the messages. AWS asks each of them first; nothing comes before someone
   * follows the link in that mail, which is valid for two days.
   * @default - none
   */
  // Known, because an address is part of the subscription's name in Terraform.
  emails: setting(list(known(freeText((path, one) => checkText(path, one, EMAIL))), { min: 1 }), {
    about: 'Addresses to tell; AWS asks each of them for confirmation',
    otherwise: 'none',
    change: 'in-place',
  }),
};

/** Inputs of {@link BuildNotifications}. Either `topicArn` or `emails` is needed. */
export interface BuildNotificationsProps extends SettingProps<typeof BUILD_NOTIFICATION_SETTINGS> {
  /** Name of the rule and of the topic: 1 to 64 letters, digits, `-` and `_`, once in the Region. */
  readonly name: string;
  /** The recipe whose builds are told. */
  readonly recipeName: string;
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

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
    const { name, recipeName, emails = [] } = props;
    const { states = BUILD_NOTIFICATION_SETTINGS.states.default } = props;
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
  return [
    ...checkText(['name'], props.name, {
      id: 'notifications-name',
      pattern: /^[A-Za-z0-9_-]{1,64}$/,
      rule: 'be 1 to 64 letters, digits, - and _',
    }),
    ...checkResourceName(['recipeName'], props.recipeName),
    ...checkSettings(BUILD_NOTIFICATION_SETTINGS, props),
    ...checkReceivers(props),
  ];
}

/** Who hears of a build: a topic, or addresses. */
export function checkReceivers(
  props: Pick<BuildNotificationsProps, 'topicArn' | 'emails'>,
): Problem[] {
  const { topicArn, emails } = props;
  if ((topicArn === undefined) !== (emails === undefined)) return [];
  if (topicArn === undefined) {
    return [
      problem('receiver-missing', ['topicArn'], 'be given when there are no `emails`', undefined),
    ];
  }
  const advice = 'subscribe the addresses to that topic instead';
  return [
    problem('receiver-twice', ['emails'], 'be left out when there is a `topicArn`', emails, advice),
  ];
}
