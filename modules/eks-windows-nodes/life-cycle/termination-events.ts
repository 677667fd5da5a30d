/** A kind of event that says that a node is about to go, as EventBridge knows it. */
export interface TerminationEvent {
  /** Begins the construct ids. */
  readonly id: string;
  /** Ends the name of the rule. */
  readonly suffix: string;
  /** What the rule tells, for its description. */
  readonly what: string;
  /** JSON. */
  readonly pattern: string;
}

/**
 * The events that aws-node-termination-handler understands in queue mode. Those of EC2 name no
 * group, so that all of the Region come; the handler looks at the tag of the instance.
 * @see https://github.com/aws/aws-node-termination-handler#4-create-amazon-eventbridge-rules
 */
export function buildTerminationEvents(
  autoScalingGroupNames: readonly string[],
): readonly TerminationEvent[] {
  return [
    {
      id: 'Termination',
      suffix: 'terminate',
      what: 'Nodes that Auto Scaling ends',
      pattern: JSON.stringify({
        source: ['aws.autoscaling'],
        'detail-type': ['EC2 Instance-terminate Lifecycle Action'],
        detail: { AutoScalingGroupName: [...autoScalingGroupNames].sort() },
      }),
    },
    {
      id: 'SpotInterruption',
      suffix: 'spot',
      what: 'Spot nodes that are taken away in two minutes',
      pattern: ofEc2('EC2 Spot Instance Interruption Warning'),
    },
    {
      id: 'Rebalance',
      suffix: 'rebalance',
      what: 'Spot nodes at risk',
      pattern: ofEc2('EC2 Instance Rebalance Recommendation'),
    },
    {
      id: 'StateChange',
      suffix: 'state',
      what: 'Nodes that somebody stops or terminates',
      pattern: ofEc2('EC2 Instance State-change Notification'),
    },
    {
      id: 'ScheduledChange',
      suffix: 'health',
      what: 'Nodes whose host AWS maintains',
      pattern: JSON.stringify({
        source: ['aws.health'],
        'detail-type': ['AWS Health Event'],
        detail: { service: ['EC2'], eventTypeCategory: ['scheduledChange'] },
      }),
    },
  ];
}

function ofEc2(detailType: string): string {
  return JSON.stringify({ source: ['aws.ec2'], 'detail-type': [detailType] });
}
