import { allow, type PolicyDocument, policyOf } from '../../iam';

/** What {@link terminationHandlerPolicy} is for. */
export interface TerminationHandlerResources {
  /** ARN of the queue that it reads. */
  readonly queueArn: string;
  /** ARNs of the Auto Scaling groups whose nodes it drains. */
  readonly autoScalingGroupArns: readonly string[];
  /** ARN of the key of the queue. @default - none: SQS's own key needs no right */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * What aws-node-termination-handler has to be allowed in queue mode: to read the queue, to look
 * nodes up, and to tell Auto Scaling that a node is drained. AWS knows no narrower resource than
 * all for looking up.
 * @see https://github.com/aws/aws-node-termination-handler#5-create-an-iam-role-for-the-pods
 */
export function terminationHandlerPolicy(resources: TerminationHandlerResources): PolicyDocument {
  const { queueArn, autoScalingGroupArns, kmsKeyArn } = resources;
  return policyOf([
    allow('ReadQueue', {
      actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
      resources: queueArn,
    }),
    allow('LookUpNodes', {
      actions: [
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeTags',
        'ec2:DescribeInstances',
      ],
      resources: '*',
    }),
    allow('LetNodesGo', {
      actions: 'autoscaling:CompleteLifecycleAction',
      resources: autoScalingGroupArns,
    }),
    ...(kmsKeyArn === undefined
      ? []
      : [allow('ReadEncryptedQueue', { actions: 'kms:Decrypt', resources: kmsKeyArn })]),
  ]);
}
