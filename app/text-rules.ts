import type { TextRule } from '../modules/core';

/** Short, because names of stacks, roles and AMIs begin with it. */
export const ENVIRONMENT_NAME: TextRule = {
  pattern: /^[a-z][a-z0-9-]{1,29}[a-z0-9]$/,
  rule: 'be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash',
};

/** The name of a node group, unique within its file. */
export const GROUP_NAME: TextRule = {
  pattern: /^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$/,
  rule: 'be 1 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash',
};

/**
 * The key of a tag. EC2 also takes blanks and @, but Image Builder does not, and its resources get
 * the tags too.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_TagResource.html
 */
export const TAG_KEY: TextRule = {
  pattern: /^(?![Aa][Ww][Ss]:)[A-Za-z0-9_.:/=+-]{1,128}$/,
  rule: 'be a tag key: 1 to 128 letters, digits and _ . : / = + -, not beginning with aws:',
};

/**
 * The value of a tag.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const TAG_VALUE: TextRule = {
  pattern: /^(?![Aa][Ww][Ss]:)[A-Za-z0-9 _.:/=+@-]{0,256}$/,
  rule: 'be a tag value: up to 256 letters, digits, blanks and _ . : / = + - @, not beginning with aws:',
};

const VERSION = '\\d+(?:\\.\\d+){0,2}(?:-[0-9A-Za-z.-]+)?';
const CONSTRAINT = `(?:(?:=|!=|>=?|<=?|~>) ?)?${VERSION}`;

/** @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
export const VERSION_CONSTRAINT: TextRule = {
  pattern: new RegExp(`^${CONSTRAINT}(?:, ?${CONSTRAINT})*$`),
  rule: 'be a Terraform version constraint such as "6.25.0", "~> 6.25" or ">= 6.20, < 7.0"',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET: TextRule = {
  pattern: /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  rule: 'be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and dashes',
};

/** A part of a path that is not made of dots alone, which some tools take for a folder above. */
const KEY_PART = '(?!\\.+(?:/|$))[A-Za-z0-9_.=-]+';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const KEY_PREFIX: TextRule = {
  pattern: new RegExp(`^(?=.{1,512}$)${KEY_PART}(?:/${KEY_PART})*$`),
  rule: 'be a folder such as windows/example: letters, digits and _ . = -, with / only in between',
};
