import { createHash } from 'node:crypto';
import { Fn, Token } from 'cdktf';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * 7 hex digits are at most 268,435,455; Image Builder takes version parts below 2^30.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
const HASH_DIGITS = 7;

/**
 * A fingerprint of an ordered list of inputs: 64 hex digits, the same whether a part is known now
 * or only to Terraform at plan (an AMI id from SSM, say). Order matters.
 */
export function contentHash(parts: readonly string[]): string {
  const hashes = parts.map((part) => (Token.isUnresolved(part) ? Fn.sha256(part) : sha256(part)));
  // Each part is hashed by itself, so that no separator inside one can imitate another list.
  return hashes.some((hash) => Token.isUnresolved(hash))
    ? Fn.sha256(Fn.join(',', hashes))
    : sha256(hashes.join(','));
}

/**
 * A semantic version that changes exactly when its content does: `1.0.<hash>`. Image Builder's
 * components and recipes are immutable and refuse a used version with new content; with this
 * version a change always is a new version, and the same content always is the same one.
 *
 * Pass every input that forces the replacement of the resource. An input left out makes Terraform
 * create a version that exists already.
 */
export function contentVersion(parts: readonly string[]): string {
  const hash = contentHash(parts);
  if (!Token.isUnresolved(hash)) return `1.0.${Number.parseInt(hash.slice(0, HASH_DIGITS), 16)}`;
  return `1.0.${Token.asString(Fn.parseint(Fn.substr(hash, 0, HASH_DIGITS), 16))}`;
}
