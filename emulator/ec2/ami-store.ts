import { createHash } from 'node:crypto';
import { PerRegion } from '../front/per-region';
import { OWN_ACCOUNT } from '../front/wire-format';

/** An AMI to register. */
export interface AmiSeed {
  readonly name: string;
  readonly description?: string;
  /** @default the emulated account */
  readonly ownerId?: string;
  /** Such as `amazon`. @default none */
  readonly ownerAlias?: string;
  /** @default 'windows' */
  readonly platform?: 'windows' | 'linux';
  /** @default '/dev/sda1' */
  readonly rootDeviceName?: string;
  /** @default 30 */
  readonly volumeSizeGib?: number;
  /** @default 'gp3' */
  readonly volumeType?: string;
  /** @default true */
  readonly deleteOnTermination?: boolean;
  /** @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default the region the emulator was started with */
  readonly region?: string;
  /** How it was made: an AMI may fail, or still be pending. @default 'available' */
  readonly state?: Ami['state'];
  /** How many looks a pending AMI takes to become available. @default it never does */
  readonly looksUntilAvailable?: number;
}

/** A registered AMI. */
export interface Ami {
  readonly id: string;
  readonly snapshotId: string;
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  readonly ownerAlias: string | undefined;
  readonly platform: 'windows' | 'linux';
  readonly rootDeviceName: string;
  readonly volumeSizeGib: number;
  readonly volumeType: string;
  readonly deleteOnTermination: boolean;
  readonly created: string;
  readonly tags: Map<string, string>;
  /** A disabled AMI is hidden and launches nothing. */
  state: 'available' | 'disabled' | 'pending' | 'failed';
  /** How many more looks show a pending AMI as such. */
  pendingLooks: number;
  /** From when on it is deprecated; undefined when it is not to be. */
  deprecationTime: string | undefined;
}

/** A snapshot behind an AMI; it outlives a deregistered AMI. */
export interface AmiSnapshot {
  readonly id: string;
  readonly amiId: string;
  readonly ownerId: string;
  readonly volumeSizeGib: number;
  readonly created: string;
  readonly tags: Map<string, string>;
}

interface RegionAmis {
  readonly amis: Map<string, Ami>;
  readonly snapshots: Map<string, AmiSnapshot>;
}

const FIRST_CREATION = Date.UTC(2026, 0, 1);
const MS_PER_MINUTE = 60_000;

/** All AMIs and their snapshots; moto_server has none. Ids and dates are the same in every run. */
export class AmiStore {
  private readonly regions = new PerRegion<RegionAmis>(() => ({
    amis: new Map(),
    snapshots: new Map(),
  }));
  private registered = 0;

  constructor(private readonly defaultRegion: string) {}

  /** Registers an AMI with one root snapshot. */
  register(seed: AmiSeed): Ami {
    this.registered += 1;
    const created = new Date(FIRST_CREATION + this.registered * MS_PER_MINUTE).toISOString();
    const ami: Ami = {
      id: `ami-${hexId('ami', this.registered)}`,
      snapshotId: `snap-${hexId('snap', this.registered)}`,
      name: seed.name,
      description: seed.description ?? '',
      ownerId: seed.ownerId ?? OWN_ACCOUNT,
      ownerAlias: seed.ownerAlias,
      platform: seed.platform ?? 'windows',
      rootDeviceName: seed.rootDeviceName ?? '/dev/sda1',
      volumeSizeGib: seed.volumeSizeGib ?? 30,
      volumeType: seed.volumeType ?? 'gp3',
      deleteOnTermination: seed.deleteOnTermination ?? true,
      created,
      tags: new Map(Object.entries(seed.tags ?? {})),
      state: seed.state ?? 'available',
      pendingLooks: seed.looksUntilAvailable ?? Number.POSITIVE_INFINITY,
      deprecationTime: undefined,
    };
    const region = this.regions.of(seed.region ?? this.defaultRegion);
    region.amis.set(ami.id, ami);
    region.snapshots.set(ami.snapshotId, {
      id: ami.snapshotId,
      amiId: ami.id,
      ownerId: ami.ownerId,
      volumeSizeGib: ami.volumeSizeGib,
      created,
      tags: new Map(ami.tags),
    });
    return ami;
  }

  /** The regions that were asked for or given AMIs. */
  usedRegions(): readonly string[] {
    return this.regions.names();
  }

  /** An AMI by id. */
  find(region: string, id: string): Ami | undefined {
    return this.regions.of(region).amis.get(id);
  }

  /** The registered AMIs of a region, oldest first. */
  amis(region: string): readonly Ami[] {
    return [...this.regions.of(region).amis.values()];
  }

  /** The snapshots of a region, oldest first. */
  snapshots(region: string): readonly AmiSnapshot[] {
    return [...this.regions.of(region).snapshots.values()];
  }

  /** Takes an AMI out; its snapshot stays, as in AWS. Returns whether it was there. */
  deregister(region: string, id: string): boolean {
    return this.regions.of(region).amis.delete(id);
  }

  /** Deletes a snapshot. Returns whether it was there. */
  deleteSnapshot(region: string, id: string): boolean {
    return this.regions.of(region).snapshots.delete(id);
  }

  /** The tags of an AMI or snapshot; undefined when the id is not one of this store. */
  tagsOf(region: string, id: string): Map<string, string> | undefined {
    const { amis, snapshots } = this.regions.of(region);
    return amis.get(id)?.tags ?? snapshots.get(id)?.tags;
  }
}

function hexId(kind: string, number: number): string {
  const digest = createHash('sha256').update(`${kind}-${number}`).digest('hex');
  return `0${digest.slice(0, 16)}`;
}
