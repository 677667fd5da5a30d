import type { ImageConfigurationInput } from './image-configuration-input';

type Json = Readonly<Record<string, unknown>>;

const OTHER = { provider: 'aws.other' };

/** What an image uses besides Image Builder: keys, buckets, logs, notifications, IAM, network. */
export function supportingResources(input: ImageConfigurationInput): Json {
  return {
    ...keysAndSecrets(),
    ...buckets(input),
    ...notifications(),
    ...roles(),
    ...computeResources(input),
  };
}

function keysAndSecrets(): Json {
  const key = { deletion_window_in_days: 7, enable_key_rotation: true };
  return {
    aws_kms_key: {
      this: { ...key, description: 'Images', policy: keyPolicy() },
      other: { ...key, ...OTHER, description: 'Images elsewhere' },
    },
    aws_kms_alias: {
      this: { name: 'alias/images', target_key_id: '${aws_kms_key.this.key_id}' },
    },
    aws_secretsmanager_secret: {
      this: { name: 'registry', recovery_window_in_days: 0 },
    },
    aws_secretsmanager_secret_version: {
      this: { secret_id: '${aws_secretsmanager_secret.this.id}', secret_string: 'user:password' },
    },
  };
}

function buckets(input: ImageConfigurationInput): Json {
  return {
    aws_s3_bucket: {
      documents: { bucket: 'full-documents' },
      logs: { bucket: 'full-logs', force_destroy: true },
    },
    aws_s3_bucket_versioning: {
      documents: {
        bucket: '${aws_s3_bucket.documents.id}',
        versioning_configuration: [{ status: 'Enabled' }],
      },
    },
    aws_s3_bucket_public_access_block: {
      documents: {
        bucket: '${aws_s3_bucket.documents.id}',
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_policy: {
      logs: { bucket: '${aws_s3_bucket.logs.id}', policy: tlsOnly('full-logs') },
    },
    aws_s3_object: {
      document: {
        bucket: '${aws_s3_bucket.documents.bucket}',
        key: 'components/stored document.yaml',
        content: input.largeDocument.replaceAll('${', '$${'),
        force_destroy: true,
      },
    },
  };
}

function notifications(): Json {
  return {
    aws_cloudwatch_log_group: {
      builds: { name: '/aws/imagebuilder/full', retention_in_days: 30 },
    },
    aws_sns_topic: { this: { name: 'full-builds' } },
    aws_sns_topic_policy: {
      this: { arn: '${aws_sns_topic.this.arn}', policy: topicPolicy() },
    },
    aws_sns_topic_subscription: {
      this: {
        topic_arn: '${aws_sns_topic.this.arn}',
        protocol: 'email',
        endpoint: 'images@example.com',
      },
    },
    aws_cloudwatch_event_rule: {
      this: {
        name: 'full-builds',
        description: 'Ends of builds',
        event_pattern: JSON.stringify({
          source: ['aws.imagebuilder'],
          'detail-type': ['EC2 Image Builder Image State Change'],
        }),
      },
    },
    aws_cloudwatch_event_target: {
      this: {
        rule: '${aws_cloudwatch_event_rule.this.name}',
        arn: '${aws_sns_topic.this.arn}',
        input_transformer: [
          {
            input_paths: { image: '$.resources[0]', state: '$.detail.state.status' },
            input_template: '"The image <image> is <state>."',
          },
        ],
      },
    },
  };
}

function roles(): Json {
  return {
    aws_iam_role: {
      this: { name: 'full', assume_role_policy: trust('ec2', 'imagebuilder'), path: '/images/' },
    },
    aws_iam_role_policy: {
      logs: {
        name: 'logs',
        role: '${aws_iam_role.this.id}',
        policy: policy({ Action: 's3:PutObject', Resource: '${aws_s3_bucket.logs.arn}/*' }),
      },
    },
    aws_iam_role_policy_attachment: {
      execution: {
        role: '${aws_iam_role.this.name}',
        policy_arn: 'arn:aws:iam::aws:policy/EC2ImageBuilderExecutionPolicy',
      },
      lifecycle: {
        role: '${aws_iam_role.this.name}',
        policy_arn: 'arn:aws:iam::aws:policy/service-role/EC2ImageBuilderLifecycleExecutionPolicy',
      },
    },
    aws_iam_instance_profile: { this: { name: 'full', role: '${aws_iam_role.this.name}' } },
  };
}

function computeResources(input: ImageConfigurationInput): Json {
  const fast = { name: 'fast-launch', instance_type: 'm5.xlarge' };
  // Image Builder adds versions with the new AMI.
  const nodes = {
    name: 'nodes',
    instance_type: 'm5.xlarge',
    lifecycle: { ignore_changes: ['image_id', 'default_version'] },
  };
  return {
    aws_launch_template: {
      fast_own: fast,
      fast_other: { ...fast, ...OTHER },
      nodes_own: nodes,
      nodes_other: { ...nodes, ...OTHER },
    },
    aws_key_pair: {
      this: { key_name: 'full', public_key: `ssh-ed25519 ${ED25519_KEY} builds` },
    },
    aws_security_group: {
      this: { name: 'full', description: 'Image builds', vpc_id: input.vpcId },
    },
    aws_vpc_security_group_egress_rule: {
      this: {
        security_group_id: '${aws_security_group.this.id}',
        ip_protocol: '-1',
        cidr_ipv4: '0.0.0.0/0',
      },
    },
  };
}

/** A public key whose private half was never kept. */
const ED25519_KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ7ay9bV8gEwjQ0VvzqRpyfJBV4wCwWxkC9DE2mHOqZr';

function policy(statement: Json): string {
  const Statement = [{ Effect: 'Allow', ...statement }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function trust(...services: readonly string[]): string {
  const Service = services.map((service) => `${service}.amazonaws.com`);
  return policy({ Principal: { Service }, Action: 'sts:AssumeRole' });
}

function topicPolicy(): string {
  const Principal = { Service: 'events.amazonaws.com' };
  return policy({ Principal, Action: 'sns:Publish', Resource: '${aws_sns_topic.this.arn}' });
}

function keyPolicy(): string {
  const Principal = { AWS: 'arn:aws:iam::123456789012:root' };
  return policy({ Sid: 'Account', Principal, Action: 'kms:*', Resource: '*' });
}

function tlsOnly(bucket: string): string {
  return policy({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
