import type { SettingProps, SettingTable } from './setting';

/** Of some props, those that a table describes: to hand them on, without a word on each. */
export function pickSettings<Table extends SettingTable>(
  table: Table,
  props: SettingProps<Table>,
): SettingProps<Table> {
  const entries = Object.keys(table).map((key) => [key, Reflect.get(props, key)]);
  return Object.fromEntries(entries);
}
