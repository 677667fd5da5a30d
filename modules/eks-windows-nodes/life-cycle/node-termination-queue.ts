import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkKmsKeyArn,
  checkListLength,
  checkText,
  type Path,
  type Problem,
  type Tags,
  type TextRule,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { type PolicyDocument, policyOf, renderPolicy } from '../../iam';
import { checkSettings, integer, type SettingProps, setting, text } from '../../settings';
import {
  checkHookNameIsFree,
  HEARTBEAT_TIMEOUT_SECONDS,
  type LifecycleHook,
  type NamedHook,
} from './lifecycle-hook';
import { buildTerminationEvents } from './termination-events';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const MESSAGE_RETENTION_SECONDS = { min: 60, max: 1_209_600 };

/** The settings of {@link TerminationQueue}. */
export const TERMINATION_QUEUE_SETTINGS = {
  /**
   * Seconds that a node may take to drain before AWS ends it anyway, 30 to 7,200. Longer than the
   * longest grace period of its pods. The end of a Spot node comes after two minutes whatever this
   * says.
   * @default 300
   */
  heartbeatTimeoutSeconds: setting(integer(HEARTBEAT_TIMEOUT_SECONDS), {
    about: 'Seconds that a node may take to drain, 30 to 7200',
    default: 300,
    change: 'in-place',
  }),
  /**
   * Seconds that the queue keeps what nobody reads, 60 to 1,209,600. What is old is of no use: the
   * node is gone.
   * @default 300
   */
  messageRetentionSeconds: setting(integer(MESSAGE_RETENTION_SECONDS), {
    about: 'Seconds that the queue keeps what nobody reads',
    default: 300,
    change: 'in-place',
  }),
  /**
   * ARN of a key of your own that encrypts the queue. Its policy has to let `events.amazonaws.com`
   * use `kms:GenerateDataKey` and `kms:Decrypt`, or nothing arrives.
   * @default - a key of SQS, which costs nothing
   */
  kmsKeyId: setting(text(checkKmsKeyArn), {
    about: 'ARN of a key of your own that encrypts the queue',
    otherwise: 'a key of SQS',
    change: 'in-place',
  }),
};

/** How a queue for the drain of nodes is set up. */
export interface TerminationQueue extends SettingProps<typeof TERMINATION_QUEUE_SETTINGS> {}

/** Inputs of {@link NodeTerminationQueue}. */
export interface NodeTerminationQueueProps extends TerminationQueue {
  /** Name of the queue, and the beginning of the names of its rules: 1 to 54 letters, digits, `-`
   * and `_`; once in the Region. */
  readonly name: string;
  /** Names of the Auto Scaling groups whose nodes are drained. */
  readonly autoScalingGroupNames: readonly string[];
  /** @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/** The tag by which aws-node-termination-handler knows its nodes; the value does not matter. */
export const TERMINATION_HANDLER_TAG = 'aws-node-termination-handler/managed';

/** The name of the hook that holds a node until it is drained. */
const DRAIN_HOOK = 'drain';

const NAME: TextRule = {
  id: 'queue-name',
  pattern: /^[A-Za-z0-9_-]{1,54}$/,
  rule: 'be 1 to 54 letters, digits, - and _',
};

/**
 * What aws-node-termination-handler reads in queue mode to drain nodes before they end: an
 * `aws_sqs_queue` with its policy, and an EventBridge rule for each kind of event. The handler itself
 * is a Helm chart that runs on a Linux node and drains Windows nodes through the API; without it a
 * node with the hook waits out its time at every end.
 *
 * Hand it to `WindowsNodeGroup` as `terminationQueue`, which adds the hook and the tag. Costs next
 * to nothing: the events are free, and so are the first million requests to SQS a month.
 *
 * @see https://github.com/aws/aws-node-termination-handler
 */
export class NodeTerminationQueue extends Construct {
  public readonly queueArn: string;
  /** The chart's `queueURL`. */
  public readonly queueUrl: string;
  /** ARN of the key of one's own, if there is one. */
  public readonly kmsKeyId: string | undefined;
  private readonly heartbeatTimeoutSeconds: number;

  constructor(scope: Construct, id: string, props: NodeTerminationQueueProps) {
    super(scope, id);
    assertNoProblems(this, validateNodeTerminationQueueProps(props));
    const queue = this.createQueue(props);
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.kmsKeyId = props.kmsKeyId;
    this.heartbeatTimeoutSeconds =
      props.heartbeatTimeoutSeconds ?? TERMINATION_QUEUE_SETTINGS.heartbeatTimeoutSeconds.default;
    const ruleArns = this.createRules(props);
    new SqsQueuePolicy(this, 'QueuePolicy', {
      queueUrl: queue.url,
      policy: renderPolicy(queuePolicy(queue.arn, ruleArns)),
    });
  }

  /** What holds a node of a group until it is drained. */
  public get lifecycleHook(): LifecycleHook {
    return {
      name: DRAIN_HOOK,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeoutSeconds: this.heartbeatTimeoutSeconds,
      defaultResult: 'CONTINUE',
    };
  }

  private createQueue(props: NodeTerminationQueueProps): SqsQueue {
    const { name, kmsKeyId } = props;
    const { messageRetentionSeconds = TERMINATION_QUEUE_SETTINGS.messageRetentionSeconds.default } =
      props;
    return new SqsQueue(
      this,
      'Queue',
      withoutUndefined({
        name,
        messageRetentionSeconds,
        sqsManagedSseEnabled: kmsKeyId === undefined ? true : undefined,
        kmsMasterKeyId: kmsKeyId,
        tags: writtenTags(props.tags),
      }),
    );
  }

  private createRules({ name, autoScalingGroupNames, tags }: NodeTerminationQueueProps): string[] {
    return buildTerminationEvents(autoScalingGroupNames).map(({ id, suffix, pattern, what }) => {
      const rule = new CloudwatchEventRule(
        this,
        `${id}Rule`,
        withoutUndefined({
          name: `${name}-${suffix}`,
          description: what,
          eventPattern: pattern,
          tags: writtenTags(tags),
        }),
      );
      new CloudwatchEventTarget(this, `${id}Target`, { rule: rule.name, arn: this.queueArn });
      return rule.arn;
    });
  }
}

/** Nobody but the rules may send: whoever can send can have nodes drained. */
function queuePolicy(queueArn: string, ruleArns: readonly string[]): PolicyDocument {
  return policyOf([
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArns } },
    },
  ]);
}

/** The name is taken in a group whose nodes are drained. */
export function checkNoDrainHook(path: Path, hooks: readonly NamedHook[]): Problem[] {
  return checkHookNameIsFree(path, hooks, DRAIN_HOOK, 'the termination queue');
}

function validateNodeTerminationQueueProps(props: NodeTerminationQueueProps): Problem[] {
  return [
    ...checkText(['name'], props.name, NAME),
    ...checkListLength(['autoScalingGroupNames'], props.autoScalingGroupNames, { min: 1 }),
    ...checkSettings(TERMINATION_QUEUE_SETTINGS, props),
  ];
}
