import { type Json, listOfJson, objectOf } from '../front/json-fields';
import { textOf } from '../front/wire-format';
import { BuildFailure } from './build-failure';
import { bucketExists, keyIsUsable, keyPairExists, topicExists } from './resources/named-resources';
import { requireParentAmi } from './resources/parent-image';
import type { RuleContext } from './resources/rule-context';
import { checkInfrastructure } from './rules/infrastructure-rules';

/** Volume types that take a number of I/O operations. */
const WITH_IOPS = new Set(['gp3', 'io1', 'io2']);

/**
 * What only shows when the build instance is started: the parent, volumes, keys, and what the
 * infrastructure configuration names.
 * @throws BuildFailure or ApiError
 */
export async function requireBuildable(context: RuleContext, image: Json): Promise<void> {
  const recipe = objectOf(image, 'imageRecipe');
  for (const device of listOfJson(recipe['blockDeviceMappings'])) {
    await requireVolume(context, objectOf(device, 'ebs'));
  }
  await requireRootVolume(context, recipe);
  await requireInfrastructure(context, objectOf(image, 'infrastructureConfiguration'));
}

/** The EBS settings of the root volume in a recipe. */
export function rootVolume(recipe: Json, rootDeviceName: string): Json {
  const devices = listOfJson(recipe['blockDeviceMappings']);
  const root = devices.find((device) => device['deviceName'] === rootDeviceName);
  return root === undefined ? {} : objectOf(root, 'ebs');
}

async function requireRootVolume(context: RuleContext, recipe: Json): Promise<void> {
  const parentId = await requireParentAmi(context, textOf(recipe, 'parentImage'));
  if (parentId === undefined) return;
  const parent = context.amis.find(context.store.region, parentId);
  if (parent === undefined) return;
  const size = rootVolume(recipe, parent.rootDeviceName)['volumeSize'];
  if (size === undefined || size === null || Number(size) >= parent.volumeSizeGib) return;
  throw new BuildFailure(
    `Volume of size ${Number(size)}GB is smaller than snapshot '${parent.snapshotId}', ` +
      `expect size>= ${parent.volumeSizeGib}GB`,
  );
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html */
async function requireVolume(context: RuleContext, ebs: Json): Promise<void> {
  const type = textOf(ebs, 'volumeType') || 'gp2';
  if (textOf(ebs, 'iops') !== '' && !WITH_IOPS.has(type)) {
    throw new BuildFailure(`The parameter iops is not supported for ${type} volumes.`);
  }
  if (textOf(ebs, 'iops') === '' && type.startsWith('io')) {
    throw new BuildFailure(`The parameter iops must be specified for ${type} volumes.`);
  }
  if (textOf(ebs, 'throughput') !== '' && type !== 'gp3') {
    throw new BuildFailure(`The parameter throughput is not supported for ${type} volumes.`);
  }
  const key = textOf(ebs, 'kmsKeyId');
  if (key === '') return;
  if (ebs['encrypted'] !== true) {
    throw new BuildFailure('The parameter KmsKeyId requires the parameter Encrypted to be set.');
  }
  if (!(await keyIsUsable(context, key))) {
    throw new BuildFailure(`The KMS key '${key}' does not exist or cannot be used.`);
  }
}

async function requireInfrastructure(context: RuleContext, infrastructure: Json): Promise<void> {
  // What was there when it was written may be gone since.
  await checkInfrastructure(context, infrastructure);
  const logs = objectOf(objectOf(infrastructure, 'logging'), 's3Logs');
  const bucket = textOf(logs, 's3BucketName');
  if (bucket !== '' && !(await bucketExists(context, bucket))) {
    throw new BuildFailure(`The S3 bucket '${bucket}' for logs does not exist.`);
  }
  const topic = textOf(infrastructure, 'snsTopicArn');
  if (topic !== '' && !(await topicExists(context, topic))) {
    throw new BuildFailure(`The SNS topic '${topic}' does not exist.`);
  }
  const keyPair = textOf(infrastructure, 'keyPair');
  if (keyPair !== '' && !(await keyPairExists(context, keyPair))) {
    throw new BuildFailure(`The key pair '${keyPair}' does not exist`);
  }
}
