import { Fn, Token } from 'cdktf';
import type { TextRule } from './check';

/** Tags of a resource: names and values. */
export type Tags = Readonly<Record<string, string>>;

/**
 * Of every service here.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const MAX_TAG_KEY_LENGTH = 128;

/** Of every service here. */
export const MAX_TAG_VALUE_LENGTH = 256;

/** AWS keeps these for itself, however they are spelled. */
const NOT_OF_AWS = '(?![Aa][Ww][Ss]:)';

/**
 * The key of a tag. EC2 also takes blanks and @, but Image Builder does not, and its resources get
 * the tags too.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_TagResource.html
 */
export const TAG_KEY: TextRule = {
  id: 'tag-key',
  pattern: new RegExp(`^${NOT_OF_AWS}[A-Za-z0-9_.:/=+-]{1,${MAX_TAG_KEY_LENGTH}}$`),
  rule: `be a tag key: 1 to ${MAX_TAG_KEY_LENGTH} letters, digits and _ . : / = + -, not beginning with aws:`,
};

/**
 * The value of a tag.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const TAG_VALUE: TextRule = {
  id: 'tag-value',
  pattern: new RegExp(`^${NOT_OF_AWS}[A-Za-z0-9 _.:/=+@-]{0,${MAX_TAG_VALUE_LENGTH}}$`),
  rule: `be a tag value: up to ${MAX_TAG_VALUE_LENGTH} letters, digits, blanks and _ . : / = + - @, not beginning with aws:`,
};

/**
 * The key of a tag of an AMI, which may have blanks and @.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_AmiDistributionConfiguration.html
 */
export const AMI_TAG_KEY: TextRule = {
  id: 'ami-tag-key',
  pattern: new RegExp(`^${NOT_OF_AWS}[a-zA-Z0-9\\s_.:/=+\\-@]{1,${MAX_TAG_KEY_LENGTH}}$`),
  rule: `have a key of 1 to ${MAX_TAG_KEY_LENGTH} letters, digits, blanks and _.:/=+-@ not beginning aws:`,
};

/**
 * Tags to write, or nothing when there are none: an empty block in the output says nothing. Later
 * maps win over earlier ones.
 */
export function writtenTags(
  ...maps: readonly (Tags | undefined)[]
): Record<string, string> | undefined {
  const present = maps.filter((map) => map !== undefined);
  // A map that only Terraform knows has no entries here, so that Terraform has to merge it.
  if (present.some((map) => Token.isUnresolved(map))) {
    return present.length === 1 ? present[0] : Token.asStringMap(Fn.merge(present));
  }
  const tags = Object.assign({}, ...maps) as Record<string, string>;
  return Object.keys(tags).length === 0 ? undefined : tags;
}
