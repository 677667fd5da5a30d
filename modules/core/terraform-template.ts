/**
 * Escapes text for `cdk.tf.json`, where every string is a Terraform template: `${` and `%{` would
 * be read as an expression. CDKTF's own place-holders (`${TfToken[...]}`) stay as they are.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function escapeTerraformTemplate(text: string): string {
  // The function form of replace keeps `$$` as it is; a replacement string would halve it.
  const escaped = text.replace(
    /\$\{(?!TfToken\[)|%\{/g,
    (opener) => `${opener.charAt(0)}${opener}`,
  );
  // A dollar sign right before a place-holder would make an escape of it.
  return escaped.replace(/\$(?=\$\{TfToken\[)/g, () => '${"$"}');
}
