import { Token } from 'cdktf';
import type { Path, Problem } from '../core';
import {
  checkEach,
  checkInteger,
  checkKnown,
  checkKnownKeys,
  checkListLength,
  checkOneOf,
  checkText,
  checkUnique,
  type IntegerRange,
  type TextRule,
} from '../core';
import { checkSettings } from './check-settings';
import type { Check, SettingProps, SettingTable, SettingValue } from './setting';

const NOTHING = (): Problem[] => [];

/** True or false. */
export const boolean = (): SettingValue<boolean> => ({
  form: { kind: 'boolean' },
  check: NOTHING,
});

/** A whole number within a range. */
export const integer = (range: IntegerRange): SettingValue<number> => ({
  form: { kind: 'integer', range },
  check: (path, value) => checkInteger(path, value, range),
});

/** A number within limits that a check of its own holds. */
export const number = (
  limits: { readonly min: number; readonly max: number },
  check: Check<number>,
): SettingValue<number> => ({ form: { kind: 'number', ...limits }, check });

/** Text with a rule or a check, which leaves no expression of Terraform in it. */
export function text(
  rule: TextRule | Check<string>,
  pattern: string | undefined = typeof rule === 'function' ? undefined : rule.pattern.source,
): SettingValue<string> {
  const check: Check<string> =
    typeof rule === 'function' ? rule : (path, value) => checkText(path, value, rule);
  return { form: { kind: 'text', pattern }, check };
}

/** Any text, or what a check leaves of it. A caller may compose it of references. */
export const freeText = (check: Check<string> = NOTHING): SettingValue<string> => ({
  form: { kind: 'free-text' },
  check,
});

/** One of a closed set. */
export const choice = <const Values extends readonly string[]>(
  values: Values,
): SettingValue<Values[number]> => ({
  form: { kind: 'choice', values },
  check: (path, value) => checkOneOf(path, value, values),
});

/**
 * A list in which nothing of texts stands twice, with the rules on more than one item. Without
 * limits it may be empty.
 */
export function list<T>(
  item: SettingValue<T>,
  { min = 0, max }: { readonly min?: number; readonly max?: number } = {},
  rules: Check<readonly T[]> = NOTHING,
): SettingValue<readonly T[]> {
  const range = max === undefined ? { min } : { min, max };
  return {
    form: { kind: 'list', item, min, max },
    check: (path, items) => {
      // What only Terraform knows may be no list to walk over.
      if (Token.isUnresolved(items)) return [];
      return [
        ...checkListLength(path, items, range),
        ...checkUnique(path, textsOf(items)),
        ...checkEach(path, items, item.check),
        ...rules(path, items),
      ];
    },
  };
}

/**
 * A list that code may leave empty, because it may compute it. In a file an empty one is a mistake:
 * there its key is left out.
 */
export function listOrEmpty<T>(
  item: SettingValue<T>,
  limits: { readonly max?: number } = {},
  rules: Check<readonly T[]> = NOTHING,
): SettingValue<readonly T[]> {
  return { form: list(item, { ...limits, min: 1 }).form, check: list(item, limits, rules).check };
}

/** Items that are no texts are each like no other. */
const textsOf = (items: readonly unknown[]): string[] =>
  items.map((item, index) => (typeof item === 'string' ? item : `item ${index}`));

/** Texts by keys, which have to be known when the stack is built. */
export function map<T>(
  key: SettingValue<string>,
  value: SettingValue<T>,
): SettingValue<Readonly<Record<string, T>>> {
  return {
    form: { kind: 'map', key, value },
    check: (path, entries) => {
      if (Token.isUnresolved(entries)) return checkKnownKeys(path, entries);
      return Object.entries(entries).flatMap(([name, one]) => [
        ...key.check([...path, name], name),
        ...value.check([...path, name], one),
      ]);
    },
  };
}

/** Settings that belong together, with the rules on more than one of them. */
export function group<const Table extends SettingTable>(
  settings: Table,
  rules: Check<SettingProps<Table>> = NOTHING,
): SettingValue<SettingProps<Table>> {
  return {
    form: { kind: 'group', settings },
    check: (path: Path, values) =>
      Token.isUnresolved(values)
        ? []
        : [...checkSettings(settings, values, path), ...rules(path, values)],
  };
}

/** Values of a form with another check of all of one; or with none, where what has them does it. */
export const checkedBy = <T>(
  { form }: SettingValue<T>,
  check: Check<NoInfer<T>> = NOTHING,
): SettingValue<T> => ({ form, check });

/** A value that has to be known when the stack is built: no reference may stand for it. */
export const known = <T>({ form, check }: SettingValue<T>): SettingValue<T> => ({
  form,
  check: (path, value) => checkKnown(path, value, check),
});
