import { z } from 'zod';
import type {
  AnySetting,
  AnySettingValue,
  Check,
  SettingChange,
  SettingTable,
} from '../../../modules/settings';
import { checked, checkNoExpression, integer, list } from './field-types';

/**
 * From the settings of the modules to keys of an environment file: form, check, limits for editors
 * and description all come from the setting, and are written nowhere else.
 */

type ValueOf<S> = S extends { readonly check: Check<infer T> } ? T : never;

/** A file has the values as they are. */
type Values<T> = z.ZodType<T, T>;

/**
 * What a change of a key does, for docs/settings.md. It is in a registry of its own, so that it stays
 * out of the JSON schema: editors show nothing of it.
 */
export const keyChanges = z.registry<{ readonly change: SettingChange }>();

/** Says what a change of a key does that is in no table. */
export function changes<S extends z.ZodType>(field: S, change: SettingChange): S {
  keyChanges.add(field, { change });
  return field;
}

/** Says it of each of some keys. */
export function eachChanges<Fields extends Readonly<Record<string, z.ZodType>>>(
  fields: Fields,
  change: SettingChange,
): Fields {
  for (const field of Object.values(fields)) changes(field, change);
  return fields;
}

/** A key that has to be there, one that may be left out, or one that is filled in. */
type FieldOf<S, Filled> = S extends { readonly required: true }
  ? Values<ValueOf<S>>
  : Filled extends true
    ? z.ZodDefault<Values<ValueOf<S>>>
    : z.ZodExactOptional<Values<ValueOf<S>>>;

/** The keys of a table. */
export type SettingFields<Table, Filled extends keyof Table = never> = {
  -readonly [Key in keyof Table]: FieldOf<Table[Key], Key extends Filled ? true : false>;
};

/**
 * The keys of an environment file for a table of settings.
 *
 * @param filled keys whose default is filled in when the file is read, for code that needs a value
 */
export function settingFields<Table extends SettingTable, const Filled extends keyof Table = never>(
  table: Table,
  filled: readonly Filled[] = [],
): SettingFields<Table, Filled> {
  const fields = Object.entries(table).map(([key, setting]) => {
    const isFilled = filled.some((one) => one === key);
    return [key, describedField(setting, valueField(setting), isFilled)];
  });
  return Object.fromEntries(fields);
}

/**
 * A key that may be left out, of which a file takes other values than code does; what is said of it
 * comes from its setting.
 */
export function settingFieldOf<S extends z.ZodType>(
  setting: AnySetting,
  values: S,
): z.ZodExactOptional<S> {
  return describedField(setting, values, false) as z.ZodExactOptional<S>;
}

function describedField(setting: AnySetting, field: z.ZodType, isFilled: boolean): z.ZodType {
  return changes(fieldInWords(setting, field, isFilled), setting.change);
}

function fieldInWords(setting: AnySetting, field: z.ZodType, isFilled: boolean): z.ZodType {
  const { about, required, default: value, otherwise, example } = setting;
  const shown = example === undefined ? field : field.meta({ examples: [example] });
  if (required === true) return shown.describe(`${about}.`);
  const description = `${about}; default ${otherwise ?? showDefault(value)}.`;
  if (isFilled) return shown.default(value as never).describe(description);
  const optional = value === undefined ? shown : shown.meta({ default: value });
  return optional.exactOptional().describe(description);
}

function showDefault(value: unknown): string {
  return Array.isArray(value) ? value.join(' and ') : String(value);
}

/** The schema of a value. What wrong types, choices and unknown keys are told by is zod's part. */
function valueField({ form, check }: AnySettingValue): z.ZodType {
  switch (form.kind) {
    case 'boolean':
      return z.boolean();
    case 'integer':
      return integer(form.range);
    case 'number':
      return checked(z.number(), check as Check<number>).meta({
        minimum: form.min,
        maximum: form.max,
      });
    case 'text': {
      const text = checked(z.string(), check as Check<string>);
      return form.pattern === undefined ? text : text.meta({ pattern: form.pattern });
    }
    case 'free-text':
      return checked(z.string(), (path, value) => [
        ...checkNoExpression(path, value),
        ...check(path, value as never),
      ]);
    case 'choice':
      return z.enum(form.values);
    case 'list':
      return list(valueField(form.item), withoutMax(form));
    case 'map':
      return z.record(valueField(form.key) as z.ZodType<string>, valueField(form.value));
    case 'group':
      return z.strictObject(settingFields(form.settings));
  }
}

function withoutMax({ min, max }: { readonly min: number; readonly max: number | undefined }) {
  return max === undefined ? { min } : { min, max };
}
