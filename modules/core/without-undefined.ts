type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** `T` with every property that may be `undefined` made optional instead. */
export type WithoutUndefined<T> = { [K in Exclude<keyof T, OptionalKeys<T>>]: T[K] } & {
  [K in OptionalKeys<T>]?: Exclude<T[K], undefined>;
};

/**
 * Drops the properties that are `undefined`. Lets a construct hand optional inputs on to a provider
 * class also where the compiler tells "absent" from "undefined" (`exactOptionalPropertyTypes`).
 */
export function withoutUndefined<T extends object>(values: T): WithoutUndefined<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<T>;
}
