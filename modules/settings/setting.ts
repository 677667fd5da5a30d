import type { IntegerRange, Path, Problem } from '../core';

/**
 * What a change of a setting does at most: `nothing` in AWS, an update `in-place` that no build and
 * no node notices, `builds` (a new AMI, which then rolls the nodes that follow it), `rolls` (nodes
 * are exchanged one after the other), or `ends` (what was there is deleted before or without an
 * exchange).
 */
export const SETTING_CHANGES = ['nothing', 'in-place', 'builds', 'rolls', 'ends'] as const;

/** One of {@link SETTING_CHANGES}. */
export type SettingChange = (typeof SETTING_CHANGES)[number];

/** Returns what is wrong with a value; passes what only Terraform knows. */
export type Check<T> = (path: Path, value: T) => readonly Problem[];

/** How the values of a setting look, as far as an editor can know it. */
export type SettingForm =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly range: IntegerRange }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  /** Text that may not hold an expression of Terraform: its pattern leaves none. */
  | { readonly kind: 'text'; readonly pattern: string | undefined }
  /** Text that a caller may compose of references. In a file there are none. */
  | { readonly kind: 'free-text' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | {
      readonly kind: 'list';
      readonly item: AnySettingValue;
      readonly min: number;
      readonly max: number | undefined;
    }
  | { readonly kind: 'map'; readonly key: AnySettingValue; readonly value: AnySettingValue }
  | { readonly kind: 'group'; readonly settings: SettingTable };

/** The values of a setting: their form, and the check of one. */
export interface SettingValue<T> {
  readonly form: SettingForm;
  readonly check: Check<T>;
}

/** Values of any type, as a walk over a table meets them. */
export type AnySettingValue = SettingValue<never>;

/** What is said of a setting once, for code, files, editors and docs alike. */
export interface SettingFacts<T> {
  /** What it is, with its unit: one sentence, without its full stop and without the default. */
  readonly about: string;
  /** What a change of it does. */
  readonly change: SettingChange;
  /** For a setting that has to be given. It has neither of the next two. */
  readonly required?: true;
  /** The value that counts when none is given. Code takes it from here. */
  readonly default?: T;
  /** What happens when none is given, where no value of ours says it: `that of the AMI`. */
  readonly otherwise?: string;
  /** A value to show where the form does not explain itself. */
  readonly example?: T;
}

/** A key of props, and of whatever is read into them, described once. See {@link setting}. */
export type Setting<T, Facts extends SettingFacts<T> = SettingFacts<T>> = SettingValue<T> & Facts;

/** Any setting, as a walk over a table meets it. */
export type AnySetting = AnySettingValue & SettingFacts<unknown>;

/** Settings by their key. */
export type SettingTable = Readonly<Record<string, AnySetting>>;

type ValueOf<S> = S extends { readonly check: Check<infer T> } ? T : never;

type RequiredKeys<Table> = {
  [Key in keyof Table]: Table[Key] extends { readonly required: true } ? Key : never;
}[keyof Table];

/** `Pick` and `Exclude` keep the comments of the keys, which `Omit` and `as` would lose. */
type OptionalPart<Table> = Pick<Table, Exclude<keyof Table, RequiredKeys<Table>>>;

/**
 * The props that a table of settings describes. A comment above a key of the table is that of the
 * prop, so that editors show it.
 */
export type SettingProps<Table> = {
  readonly [Key in keyof Pick<Table, RequiredKeys<Table>>]: ValueOf<Table[Key]>;
} & {
  readonly [Key in keyof OptionalPart<Table>]?: ValueOf<Table[Key]> | undefined;
};

/**
 * Describes a setting.
 *
 * @param value its form and check, such as `integer({ min: 0, max: 100 })`
 */
export function setting<T, const Facts extends SettingFacts<T>>(
  value: SettingValue<T>,
  facts: Facts,
): Setting<T, Facts> {
  return { ...value, ...facts };
}
