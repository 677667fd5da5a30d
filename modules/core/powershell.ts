import { Fn, Token } from 'cdktf';

/**
 * PowerShell takes the typographic single quotes for the plain one, also as the end of a string.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
const SINGLE_QUOTES = /['\u2018\u2019\u201a\u201b]/g;

/**
 * Writes a value as a single-quoted PowerShell string, in which nothing is expanded. The only
 * place where data enters PowerShell.
 *
 * A value that only Terraform knows is quoted by Terraform, with the same rule.
 */
export function quotePowerShell(value: string): string {
  if (Token.isUnresolved(value)) {
    return `'${Fn.replace(value, "/(['\u2018\u2019\u201a\u201b])/", '$1$1')}'`;
  }
  return `'${value.replace(SINGLE_QUOTES, (quote) => quote + quote)}'`;
}

/** Writes a list as a PowerShell array, one item a line, each line but the first indented. */
export function quotePowerShellArray(values: readonly string[], indent = ''): string {
  const items = values.map((value) => `${indent}  ${quotePowerShell(value)}`);
  return ['@(', ...items, `${indent})`].join('\n');
}
