import { Fn, Token } from 'cdktf';

/** Tags of a resource: names and values. */
export type Tags = Readonly<Record<string, string>>;

/**
 * Tags to write, or nothing when there are none: an empty block in the output says nothing. Later
 * maps win over earlier ones.
 */
export function writtenTags(
  ...maps: readonly (Tags | undefined)[]
): Record<string, string> | undefined {
  const present = maps.filter((map) => map !== undefined);
  // A map that only Terraform knows has no entries here, so that Terraform has to merge it.
  if (present.some((map) => Token.isUnresolved(map))) {
    return present.length === 1 ? present[0] : Token.asStringMap(Fn.merge(present));
  }
  const tags = Object.assign({}, ...maps) as Record<string, string>;
  return Object.keys(tags).length === 0 ? undefined : tags;
}
