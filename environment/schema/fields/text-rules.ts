import type { TextRule } from '../../../modules/core';

/** Short, because names of stacks, roles and AMIs begin with it. */
export const ENVIRONMENT_NAME: TextRule = {
  id: 'environment-name',
  pattern: /^[a-z][a-z0-9-]{1,29}[a-z0-9]$/,
  rule: 'be 3 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash',
};

/** The name of a node group, unique within its file. */
export const GROUP_NAME: TextRule = {
  id: 'group-name',
  pattern: /^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$/,
  rule: 'be 1 to 31 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash',
};

const VERSION = '\\d+(?:\\.\\d+){0,2}(?:-[0-9A-Za-z.-]+)?';
const CONSTRAINT = `(?:(?:=|!=|>=?|<=?|~>) ?)?${VERSION}`;

/** @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
export const VERSION_CONSTRAINT: TextRule = {
  id: 'version-constraint',
  pattern: new RegExp(`^${CONSTRAINT}(?:, ?${CONSTRAINT})*$`),
  rule: 'be a Terraform version constraint such as "6.25.0", "~> 6.25" or ">= 6.20, < 7.0"',
};

/** A part of a path that is not made of dots alone, which some tools take for a folder above. */
const KEY_PART = '(?!\\.+(?:/|$))[A-Za-z0-9_.=-]+';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const KEY_PREFIX: TextRule = {
  id: 'key-prefix',
  pattern: new RegExp(`^(?=.{1,512}$)${KEY_PART}(?:/${KEY_PART})*$`),
  rule: 'be a folder such as windows/example: letters, digits and _ . = -, with / only in between',
};

/**
 * A folder of component documents. Fewer characters than a key of S3 may have, and no part longer
 * than 255: the key becomes the address of the document.
 */
export const DOCUMENT_FOLDER: TextRule = {
  id: 'document-folder',
  pattern: /^(?:(?!\.+(?:\/|$))[A-Za-z0-9_.-]{1,255}(?:\/(?!$)|$)){1,16}$/,
  rule: 'be a folder such as windows/example: up to 16 parts of letters, digits and _ . -, with / only in between',
};

/** The name of a component that Amazon provides, or the place of the image cache. */
export const AMAZON_COMPONENT: TextRule = {
  id: 'amazon-component',
  pattern: /^[a-z0-9](?:[a-z0-9-]{1,125}[a-z0-9])$/,
  rule: 'be the name of a component of Amazon such as update-windows, or image-cache',
};

/** The file's name becomes part of the component's. */
export const COMPONENT_FILE: TextRule = {
  id: 'component-file',
  pattern:
    /^(?:\.\.\/)*(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/)*[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?\.ya?ml$/,
  rule: 'be the path of a YAML file such as components/agent.yaml, beginning at the folder of this file',
  whatToDo: 'its name has letters and digits, and - and _ in between',
};

/** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-user-defined-variables.html */
export const PARAMETER_NAME: TextRule = {
  id: 'component-parameter-name',
  pattern: /^[A-Za-z0-9_-]{3,128}$/,
  rule: 'be the name of a parameter: 3 to 128 letters, digits, _ and -',
};

/** What stands in a file to build again. */
export const REBUILD: TextRule = {
  id: 'rebuild',
  pattern: /^[ -~]{1,100}$/,
  rule: 'be 1 to 100 characters that a keyboard has, such as a date or a ticket',
};

const NODE_FILE = '(?:\\.\\./)*(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*';

/** A script that nodes run. */
export const SCRIPT_FILE: TextRule = {
  id: 'script-file',
  pattern: new RegExp(`^${NODE_FILE}\\.ps1$`),
  rule: 'be the path of a PowerShell script such as scripts/node.ps1, beginning at the folder of this file',
};

/** Certificates that nodes trust. */
export const CERTIFICATE_FILE: TextRule = {
  id: 'certificate-file',
  pattern: new RegExp(`^${NODE_FILE}\\.(?:pem|crt|cer)$`),
  rule: 'be the path of a PEM file such as certificates/ca.pem, beginning at the folder of this file',
};
