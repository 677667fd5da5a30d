import type { Json } from '../../front/json-fields';
import { ApiError, textOf } from '../../front/wire-format';
import type { RuleContext } from './rule-context';

/** Whether a KMS key exists, is enabled and is of this region; by id, ARN or alias. */
export async function keyIsUsable(
  context: RuleContext,
  keyId: string,
  region: string = context.store.region,
): Promise<boolean> {
  const arnRegion = /^arn:aws:kms:([^:]+):/.exec(keyId)?.[1];
  if (arnRegion !== undefined && arnRegion !== region) return false;
  const answer = await ifAccepted(
    context.moto.json('kms', 'DescribeKey', { KeyId: keyId }, region),
  );
  const metadata = (answer?.['KeyMetadata'] ?? {}) as Json;
  return textOf(metadata, 'KeyState') === 'Enabled';
}

/** Whether an SNS topic of this region exists. */
export async function topicExists(context: RuleContext, topicArn: string): Promise<boolean> {
  const { region } = context.store;
  if (!topicArn.startsWith(`arn:aws:sns:${region}:`)) return false;
  const named = { TopicArn: topicArn };
  const answer = await ifAccepted(context.moto.query('sns', 'GetTopicAttributes', named, region));
  return answer !== undefined;
}

/** Whether an S3 bucket exists. */
export async function bucketExists(context: RuleContext, bucket: string): Promise<boolean> {
  const answer = await context.moto.s3('HEAD', `/${bucket}`, '', context.store.region);
  return answer.status === 200;
}

/** Whether a key pair of this region exists. */
export async function keyPairExists(context: RuleContext, name: string): Promise<boolean> {
  const named = { 'KeyName.1': name };
  const { region } = context.store;
  const answer = await ifAccepted(context.moto.query('ec2', 'DescribeKeyPairs', named, region));
  return answer !== undefined;
}

async function ifAccepted<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
