import { type Json, objectOf } from '../front/json-fields';
import { ApiError, textOf } from '../front/wire-format';
import type { Resource } from './resources/image-builder-store';
import type { RuleContext } from './resources/rule-context';

/**
 * Writes the logs of a build where Image Builder writes them: to a log group, which it makes when
 * there is none and which nothing removes, and to the bucket of the infrastructure configuration.
 */
export async function writeBuildLogs(context: RuleContext, image: Resource): Promise<void> {
  const { region } = context.store;
  const [name, version] = [textOf(image.content, 'name'), textOf(image.content, 'version')];
  const logGroupName = `/aws/imagebuilder/${name}`;
  await unlessThere(context.moto.json('logs', 'CreateLogGroup', { logGroupName }, region));
  const stream = { logGroupName, logStreamName: version };
  await unlessThere(context.moto.json('logs', 'CreateLogStream', stream, region));
  const bucket = logBucket(image.content);
  if (bucket === undefined) return;
  const key = [bucket.prefix, name, version, 'console.log'].filter((part) => part !== '').join('/');
  await context.moto.s3('PUT', `/${bucket.name}/${key}`, 'TOE has completed execution', region);
}

function logBucket(image: Json): { readonly name: string; readonly prefix: string } | undefined {
  const infrastructure = objectOf(image, 'infrastructureConfiguration');
  const logs = objectOf(objectOf(infrastructure, 'logging'), 's3Logs');
  const name = textOf(logs, 's3BucketName');
  if (name === '') return undefined;
  return { name, prefix: textOf(logs, 's3KeyPrefix').replace(/^\/|\/$/g, '') };
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'ResourceAlreadyExistsException') return;
    throw error;
  }
}
