import { type Json, listOfJson, objectOf } from '../../front/json-fields';
import { textOf } from '../../front/wire-format';
import { invalidValue, type RuleContext } from './rule-context';

/** Images of Amazon that recipes may start from. */
const AMAZON_IMAGES = new Set([
  ...['windows-server-2019-english-core-base-x86', 'windows-server-2019-english-full-base-x86'],
  ...['windows-server-2022-english-core-base-x86', 'windows-server-2022-english-full-base-x86'],
  ...['windows-server-2025-english-core-base-x86', 'windows-server-2025-english-full-base-x86'],
]);

/** The AMI that a recipe starts from; undefined for an image of Amazon, whose AMI nobody knows. */
export type ParentAmiId = string | undefined;

/**
 * The AMI a recipe starts from: an AMI id, `ssm:` and the name or ARN of a parameter, or the ARN of
 * an image, perhaps with `x` in its version.
 * @throws ApiError when there is none.
 */
export async function requireParentAmi(context: RuleContext, parent: string): Promise<ParentAmiId> {
  const { region } = context.store;
  if (isAmazonImage(region, parent)) return undefined;
  const id = await parentAmiId(context, parent);
  // Nothing can be launched from a disabled AMI.
  if (id !== undefined && context.amis.find(region, id)?.state === 'available') return id;
  throw invalidValue('parentImage', `The image '${parent}' does not exist.`);
}

/** Whether the ARN of an image asks for its newest version. */
export function hasWildcard(arn: string): boolean {
  return /\/(\d+|x)\.(\d+|x)\.x$/.test(arn);
}

async function parentAmiId(context: RuleContext, parent: string): Promise<string | undefined> {
  const { region } = context.store;
  if (parent.startsWith('ssm:')) {
    return context.parameters.valueOf(region, parent.slice('ssm:'.length));
  }
  if (!parent.startsWith('arn:')) return parent;
  const image = context.store.find(parent)?.content;
  return image === undefined ? undefined : amiOf(image, region);
}

/** The AMI of an image in a region. */
function amiOf(image: Json, region: string): string | undefined {
  const amis = listOfJson(objectOf(image, 'outputResources')['amis']);
  const found = amis.find((ami) => ami['region'] === region);
  return found === undefined ? undefined : textOf(found, 'image');
}

function isAmazonImage(region: string, parent: string): boolean {
  const prefix = `arn:aws:imagebuilder:${region}:aws:image/`;
  if (!parent.startsWith(prefix)) return false;
  const [name = '', version = ''] = parent.slice(prefix.length).split('/');
  return AMAZON_IMAGES.has(name) && /^(\d+|x)\.(\d+|x)\.(\d+|x)$/.test(version);
}
