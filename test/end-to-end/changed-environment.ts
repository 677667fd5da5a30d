import { AMIS, type NodeChange, SECURITY_GROUP, SUBNETS } from './node-changes';

/** Part of an environment file. */
export type Settings = Record<string, unknown>;

/** How a row of the table is called. */
export function titleOf({ key, to, given }: NodeChange): string {
  const start = given === undefined ? '' : `, given ${JSON.stringify(given)}`;
  return `${key} ${to === undefined ? 'left out' : JSON.stringify(to)}${start}`;
}

/** The name of the group in which a row is tried. */
export function nameOfRow(index: number): string {
  return `row-${index}`;
}

/** An environment whose nodes run an AMI that is there already. */
export function environmentOf(groups: readonly Settings[]): Settings {
  return {
    name: 'example',
    region: 'us-east-1',
    tags: { owner: 'platform', stage: 'test' },
    cluster: { name: 'example', kubernetesVersion: '1.35' },
    windows: { server: '2022' },
    image: {
      rootVolumeGiB: 100,
      instanceTypes: ['m7i.xlarge'],
      network: { subnetId: SUBNETS[0], securityGroupIds: [SECURITY_GROUP] },
      cachedImages: ['mcr.microsoft.com/windows/servercore:ltsc2022'],
    },
    nodes: { ami: { imageId: AMIS[0] }, groups },
  };
}

/** A copy with the value at the path, whose parts need not be there. */
function withSetting(settings: Settings, path: readonly string[], value: unknown): Settings {
  const [key = '', ...rest] = path;
  const inner = (settings[key] ?? {}) as Settings;
  if (rest.length > 0) return { ...settings, [key]: withSetting(inner, rest, value) };
  const { [key]: _former, ...others } = settings;
  return value === undefined ? others : { ...others, [key]: value };
}

/** A group with the change of a row. */
export function changedGroup(group: Settings, { key, to }: NodeChange): Settings {
  return withSetting(group, key.split('.').slice(1), to);
}

/** An environment with the change of a row, which every group gets if it is one of groups. */
export function changedEnvironment(environment: Settings, change: NodeChange): Settings {
  if (!change.key.startsWith('groups.')) {
    return withSetting(environment, change.key.split('.'), change.to);
  }
  const { groups } = environment['nodes'] as { groups: Settings[] };
  const changed = groups.map((group) => changedGroup(group, change));
  return withSetting(environment, ['nodes', 'groups'], changed);
}
