import { Token } from 'cdktf';

/** A number as text; one that only Terraform knows stays a reference. */
export function numberText(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}
