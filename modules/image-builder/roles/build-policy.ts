import { allow, type PolicyDocument, type PolicyStatement, policyOf } from '../../iam';
import { ecrPullStatements } from './ecr-pull-policy';
import { type PolicyScope, sorted, viaService } from './policy-scope';

/** Objects of an S3 bucket. */
export interface BucketObjects {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Only objects below it, such as `image-builder/logs`. @default - all objects */
  readonly keyPrefix?: string | undefined;
}

/** What a particular build reads and writes beyond what every build does. */
export interface BuildResources {
  /** @default - none */
  readonly cachedImages?: readonly string[] | undefined;
  /** @default - none */
  readonly pullThroughCachePrefixes?: readonly string[] | undefined;
  /** @default - none */
  readonly secretArns?: readonly string[] | undefined;
  /** Customer keys of the secrets. @default - the secrets are under the key aws/secretsmanager */
  readonly secretKmsKeyArns?: readonly string[] | undefined;
  /** Where logs go, with the customer key of the bucket, if it has one. @default - not to S3 */
  readonly logs?: (BucketObjects & { readonly kmsKeyArn?: string | undefined }) | undefined;
  /** Where component documents and their files lie. @default - none */
  readonly componentFiles?: readonly BucketObjects[] | undefined;
  /** Further rights, such as those of your own components. @default - none */
  readonly statements?: readonly PolicyStatement[] | undefined;
}

/**
 * What every build and test instance needs, in place of AWS's policies
 * `EC2InstanceProfileForImageBuilder` and `AmazonSSMManagedInstanceCore`. Left out of them: all SSM
 * parameters, ISO files and snapshots (import of disk images), Marketplace components, Distributor
 * packages and patch baselines.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/EC2InstanceProfileForImageBuilder.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
 */
export function buildPolicy(scope: PolicyScope): PolicyDocument {
  return policyOf([...agentStatements(scope), ...imageBuilderStatements(scope)]);
}

/**
 * What the agent of Systems Manager needs: commands come over `ssmmessages`, or over `ec2messages`
 * where that is not to be had; the inventory is an association with an Amazon document.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
 */
function agentStatements({ partition }: PolicyScope): PolicyStatement[] {
  return [
    allow('RunSystemsManagerAgent', {
      actions: [
        'ec2messages:AcknowledgeMessage',
        'ec2messages:DeleteMessage',
        'ec2messages:FailMessage',
        'ec2messages:GetEndpoint',
        'ec2messages:GetMessages',
        'ec2messages:SendReply',
        'ssm:ListAssociations',
        'ssm:ListInstanceAssociations',
        'ssm:PutComplianceItems',
        'ssm:PutInventory',
        'ssm:UpdateInstanceAssociationStatus',
        'ssm:UpdateInstanceInformation',
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      resources: '*',
    }),
    allow('ReadAmazonCommandDocuments', {
      actions: ['ssm:DescribeAssociation', 'ssm:DescribeDocument', 'ssm:GetDocument'],
      resources: [
        `arn:${partition}:ec2:*:*:instance/*`,
        `arn:${partition}:ssm:*:*:association/*`,
        `arn:${partition}:ssm:*:*:document/AWS-*`,
        `arn:${partition}:ssm:*:*:document/AWSEC2-*`,
      ],
    }),
  ];
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/vpc-interface-endpoints.html */
function imageBuilderStatements({ partition, region }: PolicyScope): PolicyStatement[] {
  const bucket = (kind: string): string =>
    `arn:${partition}:s3:::ec2imagebuilder-${kind}-${region}-prod/*`;
  return [
    allow('ReadComponents', {
      actions: 'imagebuilder:GetComponent',
      // The account of Amazon's own components is `aws`.
      resources: `arn:${partition}:imagebuilder:${region}:*:component/*`,
    }),
    allow('DecryptComponents', {
      actions: 'kms:Decrypt',
      resources: `arn:${partition}:kms:${region}:*:key/*`,
      conditions: {
        'ForAnyValue:StringEquals': {
          'kms:EncryptionContextKeys': 'aws:imagebuilder:arn',
          'aws:CalledVia': 'imagebuilder.amazonaws.com',
        },
      },
    }),
    allow('DownloadImageBuilderTools', {
      actions: 's3:GetObject',
      resources: [bucket('managed-resources'), bucket('toe')],
    }),
    allow('WriteBuildLogs', {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: `arn:${partition}:logs:${region}:*:log-group:/aws/imagebuilder/*`,
    }),
  ];
}

/** What one particular build needs, or nothing when it needs no more than every build. */
export function buildResourcesPolicy(
  scope: PolicyScope,
  resources: BuildResources,
): PolicyDocument | undefined {
  const { cachedImages = [], pullThroughCachePrefixes, statements = [] } = resources;
  const all = [
    ...ecrPullStatements(cachedImages, pullThroughCachePrefixes),
    ...secretStatements(resources),
    ...logStatements(scope, resources.logs),
    ...fileStatements(scope, resources.componentFiles ?? []),
    ...statements,
  ];
  return all.length === 0 ? undefined : policyOf(all);
}

function secretStatements({ secretArns = [], secretKmsKeyArns = [] }: BuildResources) {
  const statements: PolicyStatement[] = [];
  if (secretArns.length > 0) {
    const actions = 'secretsmanager:GetSecretValue';
    statements.push(allow('ReadSecrets', { actions, resources: sorted(secretArns) }));
  }
  if (secretKmsKeyArns.length > 0) {
    const resources = sorted(secretKmsKeyArns);
    const conditions = viaService('secretsmanager');
    statements.push(allow('DecryptSecrets', { actions: 'kms:Decrypt', resources, conditions }));
  }
  return statements;
}

function logStatements({ partition }: PolicyScope, logs: BuildResources['logs']) {
  if (logs === undefined) return [];
  const { kmsKeyArn } = logs;
  const statements = [
    allow('WriteLogsToBucket', {
      actions: 's3:PutObject',
      resources: objectsArn(partition, logs),
    }),
  ];
  if (kmsKeyArn !== undefined) {
    statements.push(
      allow('EncryptLogs', {
        // A bundle in several parts is decrypted to be put together.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: kmsKeyArn,
        conditions: viaService('s3'),
      }),
    );
  }
  return statements;
}

function fileStatements(
  { partition }: PolicyScope,
  files: readonly BucketObjects[],
): PolicyStatement[] {
  if (files.length === 0) return [];
  const resources = sorted(files.map((objects) => objectsArn(partition, objects)));
  return [allow('ReadComponentFiles', { actions: 's3:GetObject', resources })];
}

function objectsArn(partition: string, { bucket, keyPrefix = '' }: BucketObjects): string {
  const prefix = keyPrefix.replace(/^\/+|\/+$/g, '');
  return `arn:${partition}:s3:::${bucket}/${prefix === '' ? '' : `${prefix}/`}*`;
}
