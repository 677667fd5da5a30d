import type { Json } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { readComponentDocument } from '../resources/component-document';
import { keyIsUsable } from '../resources/named-resources';
import { checkVersion } from '../resources/resource-versions';
import {
  checkChoice,
  invalidCombination,
  invalidValue,
  type RuleContext,
} from '../resources/rule-context';

const DATA_LENGTH = 16_000;
/**
 * Size of a document in S3: the quota that the user guide of 2023 names; AWS may have raised it.
 * Source: https://github.com/awsdocs/ec2-image-builder-user-guide
 */
const DOCUMENT_BYTES = 64 * 1024;

/**
 * Checks a component and reads its document, from the request or from S3.
 * @throws ApiError when Image Builder would refuse it.
 */
export async function checkComponent(context: RuleContext, content: Json): Promise<Json> {
  checkVersion(textOf(content, 'version'), /^\d+\.\d+\.\d+$/);
  checkChoice(content, 'platform', ['Windows', 'Linux', 'macOS']);
  const { uri, ...rest } = content as Record<string, unknown>;
  const inline = textOf(content, 'data');
  if ((inline === '') === (uri === undefined)) {
    throw invalidCombination('Exactly one of data and uri must be provided.');
  }
  if (inline.length > DATA_LENGTH) {
    throw invalidValue(
      'data',
      `It must have 1 to ${DATA_LENGTH} characters, got: ${inline.length}`,
    );
  }
  const parameter = uri === undefined ? 'data' : 'uri';
  const data = uri === undefined ? inline : await readFromS3(context, String(uri));
  try {
    readComponentDocument(data);
  } catch (error) {
    throw invalidValue(parameter, error instanceof Error ? error.message : String(error));
  }
  const key = textOf(content, 'kmsKeyId');
  if (key !== '' && !(await keyIsUsable(context, key))) {
    throw invalidValue('kmsKeyId', `The key '${key}' does not exist.`);
  }
  return { ...rest, data };
}

async function readFromS3(context: RuleContext, uri: string): Promise<string> {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) {
    throw invalidValue('uri', `It must have the form s3://bucket/key, got: ${uri}`);
  }
  const path = key.split('/').map(encodeURIComponent).join('/');
  const answer = await context.moto.s3('GET', `/${bucket}/${path}`, '', context.store.region);
  if (answer.status !== 200) {
    throw invalidValue('uri', `The object '${uri}' does not exist or cannot be read.`);
  }
  const bytes = Buffer.byteLength(answer.body);
  if (bytes > DOCUMENT_BYTES) {
    throw invalidValue(
      'uri',
      `The document must have at most ${DOCUMENT_BYTES} bytes, got: ${bytes}`,
    );
  }
  return answer.body;
}
