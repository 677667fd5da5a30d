import { OWN_ACCOUNT, type XmlContent, XmlList } from '../front/wire-format';
import type { Ami, AmiSnapshot } from './ami-store';

/** Whether an AMI has an owner: an account, an alias, or `self`. */
export function isOwnedBy(ami: Ami, owner: string): boolean {
  if (owner === 'self') return ami.ownerId === OWN_ACCOUNT;
  return owner === ami.ownerId || owner === ami.ownerAlias;
}

function tagFilterValues(
  tags: ReadonlyMap<string, string>,
  name: string,
): readonly string[] | undefined {
  if (name === 'tag-key') return [...tags.keys()];
  if (!name.startsWith('tag:')) return undefined;
  const value = tags.get(name.slice('tag:'.length));
  return value === undefined ? [] : [value];
}

/** What an AMI has for a filter of DescribeImages; undefined for a filter that does not exist. */
export function amiFilterValues(ami: Ami, name: string): readonly string[] | undefined {
  const plain: Readonly<Record<string, readonly string[]>> = {
    'image-id': [ami.id],
    name: [ami.name],
    description: [ami.description],
    'owner-id': [ami.ownerId],
    'owner-alias': ami.ownerAlias === undefined ? [] : [ami.ownerAlias],
    platform: ami.platform === 'windows' ? ['windows'] : [],
    state: [ami.state],
    architecture: ['x86_64'],
    'image-type': ['machine'],
    'is-public': [String(ami.ownerId !== OWN_ACCOUNT)],
    'root-device-type': ['ebs'],
    'root-device-name': [ami.rootDeviceName],
    'virtualization-type': ['hvm'],
    hypervisor: ['xen'],
    'block-device-mapping.snapshot-id': [ami.snapshotId],
  };
  return plain[name] ?? tagFilterValues(ami.tags, name);
}

/** The same for a snapshot and DescribeSnapshots. */
export function snapshotValues(snapshot: AmiSnapshot, name: string): readonly string[] | undefined {
  const plain: Readonly<Record<string, readonly string[]>> = {
    'snapshot-id': [snapshot.id],
    'owner-id': [snapshot.ownerId],
    status: ['completed'],
    description: [snapshotDescription(snapshot)],
    'volume-size': [String(snapshot.volumeSizeGib)],
  };
  return plain[name] ?? tagFilterValues(snapshot.tags, name);
}

function tagXml(tags: ReadonlyMap<string, string>): XmlList {
  return new XmlList(
    'item',
    [...tags].map(([key, value]) => ({ key, value })),
  );
}

/** An AMI as DescribeImages tells it. */
export function amiXml(ami: Ami): XmlContent {
  const windows = ami.platform === 'windows';
  return {
    imageId: ami.id,
    imageLocation: `${ami.ownerAlias ?? ami.ownerId}/${ami.name}`,
    imageState: ami.state,
    imageOwnerId: ami.ownerId,
    imageOwnerAlias: ami.ownerAlias,
    creationDate: ami.created,
    deprecationTime: ami.deprecationTime,
    isPublic: ami.ownerId !== OWN_ACCOUNT,
    architecture: 'x86_64',
    imageType: 'machine',
    platform: windows ? 'windows' : undefined,
    platformDetails: windows ? 'Windows' : 'Linux/UNIX',
    usageOperation: windows ? 'RunInstances:0002' : 'RunInstances',
    name: ami.name,
    description: ami.description,
    rootDeviceType: 'ebs',
    rootDeviceName: ami.rootDeviceName,
    blockDeviceMapping: new XmlList('item', [
      {
        deviceName: ami.rootDeviceName,
        ebs: {
          snapshotId: ami.snapshotId,
          volumeSize: ami.volumeSizeGib,
          deleteOnTermination: ami.deleteOnTermination,
          volumeType: ami.volumeType,
          encrypted: false,
        },
      },
    ]),
    virtualizationType: 'hvm',
    hypervisor: 'xen',
    enaSupport: true,
    tagSet: tagXml(ami.tags),
  };
}

function snapshotDescription(snapshot: AmiSnapshot): string {
  return `Created by CreateImage for ${snapshot.amiId}`;
}

/** A snapshot as DescribeSnapshots tells it. */
export function snapshotXml(snapshot: AmiSnapshot): XmlContent {
  return {
    snapshotId: snapshot.id,
    volumeId: 'vol-ffffffff',
    status: 'completed',
    startTime: snapshot.created,
    progress: '100%',
    ownerId: snapshot.ownerId,
    volumeSize: snapshot.volumeSizeGib,
    description: snapshotDescription(snapshot),
    encrypted: false,
    storageTier: 'standard',
    tagSet: tagXml(snapshot.tags),
  };
}
