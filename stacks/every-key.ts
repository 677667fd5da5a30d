/** The values of a union that have keys. */
type WithKeys<Props> = Extract<Props, object>;

type KeysOf<Props> = Props extends unknown ? keyof Props : never;

type At<Props, Key> = Props extends unknown
  ? Key extends keyof Props
    ? Props[Key]
    : never
  : never;

type ItemOf<Props> = Props extends readonly (infer Item)[] ? Item : never;

/**
 * What of a file is handed on as it is, when props have each of its keys, those inside of it too.
 * A key that no prop has is `never` here, so that `satisfies` does not compile: without it a spread
 * would take the key along, and nothing would come of it.
 */
export type EveryKeyOf<Given, Props> = Given extends readonly (infer Item)[]
  ? readonly EveryKeyOf<Item, ItemOf<Props>>[]
  : Given extends object
    ? {
        readonly [Key in keyof Given]: Key extends KeysOf<WithKeys<Props>>
          ? EveryKeyOf<Given[Key], At<WithKeys<Props>, Key>>
          : never;
      }
    : Given;
