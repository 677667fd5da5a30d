/** A change that today's code plans on what an earlier version has deployed. */
export interface KnownChange {
  /** As in a plan. */
  readonly address: string;
  /** As in the JSON of a plan, such as `['update']` or `['create', 'delete']`. */
  readonly actions: readonly string[];
  /** Why users have to bear it. */
  readonly reason: string;
  /** Words of CHANGELOG.md that tell it; needed when nodes are replaced. @default - none */
  readonly changelog?: string;
}

/** Known changes by stack. */
type KnownChanges = Readonly<Record<string, readonly KnownChange[]>>;

/** Every change that an upgrade plans, by the version that it comes from. */
export const KNOWN_CHANGES: Readonly<Record<string, KnownChanges>> = {
  '0.1.0': {
    'example-windows-image': [],
    'example-windows-nodes': [],
    full: [],
  },
};

/** What may be left when everything is destroyed, by the kinds of the inventory, and why. */
export const KEPT_KINDS: Readonly<Record<string, string>> = {
  amis: 'Image Builder keeps the AMIs that it has built',
  snapshots: 'they belong to the AMIs',
  parameters: 'Image Builder writes them, and they name the AMIs',
};
