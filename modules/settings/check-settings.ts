import type { Path, Problem } from '../core';
import type { SettingProps, SettingTable } from './setting';

/**
 * Lists what is wrong with each value by itself. What is left out passes, and so does what only
 * Terraform knows; rules on more than one value are checks of their own.
 *
 * @param path where the values stand
 */
export function checkSettings<Table extends SettingTable>(
  table: Table,
  values: SettingProps<Table>,
  path: Path = [],
): Problem[] {
  return Object.entries(table).flatMap(([key, { check }]) => {
    const value = Reflect.get(values, key) as never;
    return value === undefined ? [] : check([...path, key], value);
  });
}
