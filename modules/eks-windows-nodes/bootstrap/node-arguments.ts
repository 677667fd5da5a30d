import type { TextRule } from '../../core';

/** Flags of a program of the node with their values. */
export type NodeArguments = Readonly<Record<string, string>>;

/** The name of a flag. */
export const ARGUMENT_FLAG: TextRule = {
  id: 'argument-flag',
  pattern: /^[a-z][a-z0-9-]*$/,
  rule: 'be a flag without dashes in front, such as v',
};

/** The value of a flag: the bootstrap script splits its arguments at blanks. */
export const ARGUMENT_VALUE: TextRule = {
  // `</powershell>` would end the user data.
  id: 'argument-value',
  pattern: /^(?!.*<\/)[A-Za-z0-9_.,:=/%<>+-]+$/,
  rule: 'be letters, digits and _ . , : = / % < > + - without blanks, quotes or </',
};

/** Flags as they stand on a command line, in one order. Empty without a flag. */
export function renderArguments(flags: NodeArguments): string {
  return sortedEntries(flags)
    .map(([flag, value]) => `--${flag}=${value}`)
    .join(' ');
}

/** The entries of a map, whatever the order of its keys. */
export function sortedEntries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
