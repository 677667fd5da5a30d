import type { PolicyStatement } from '../../iam';

/** Inputs of {@link nodeVolumeKeyStatements}. */
export interface NodeVolumeKeyUser {
  /** The account of the nodes, 12 digits. */
  readonly accountId: string;
  /** @default aws */
  readonly partition?: string | undefined;
}

/**
 * What the policy of a KMS key has to allow, so that Auto Scaling can start nodes with volumes that
 * the key encrypts: its service-linked role may use the key, and may let EBS use it. Without this
 * each launch ends with `Client.InternalError` or `Client.InvalidKMSKey.InvalidState`.
 *
 * The role has to exist, or KMS refuses the policy; the first Auto Scaling group of an account makes
 * it. A key of another account needs a grant as well, which somebody in the nodes' account makes for
 * the same role: `aws kms create-grant`.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function nodeVolumeKeyStatements(user: NodeVolumeKeyUser): PolicyStatement[] {
  const { accountId, partition = 'aws' } = user;
  const role = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
  const common = {
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${accountId}:${role}` },
  } as const;
  return [
    {
      Sid: 'UseForNodeVolumes',
      ...common,
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:DescribeKey',
      ],
      Resource: '*',
    },
    {
      Sid: 'GrantToNodeVolumes',
      ...common,
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}
