import { amiParameterName, groupName } from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import { renderKarpenterNodeClass, renderRuntimeClass, type Taint } from '../modules';

/** What the manifests of an environment refer to. */
export interface ManifestReferences {
  readonly amiId: string;
  readonly instanceProfileName: string;
  /** The security group of nodes that have none of their own. */
  readonly securityGroupId: string;
}

/** The RuntimeClass of the environment's Windows release. Its pods tolerate all its groups. */
export function environmentRuntimeClass({ windows, nodes }: Environment): string {
  const { server } = windows;
  const taints = new Map<string, Taint>();
  for (const taint of nodes.groups.flatMap((group) => group.taints)) {
    taints.set([taint.key, taint.value, taint.effect].join(' '), taint);
  }
  return renderRuntimeClass({ name: `windows-${server}`, server, taints: [...taints.values()] });
}

/** An `EC2NodeClass` and a `NodePool` of Karpenter for each group of the environment. */
export function environmentKarpenter(
  environment: Environment,
  { amiId, instanceProfileName, securityGroupId }: ManifestReferences,
): string {
  const { nodes, windows, image } = environment;
  // Only the newest image has a parameter to follow.
  const ami =
    nodes.ami === 'built' ? { amiParameterName: amiParameterName(environment) } : { amiId };
  const pools = nodes.groups.map((group) =>
    renderKarpenterNodeClass({
      ...ami,
      name: groupName(environment, group.name),
      server: windows.server,
      instanceProfileName,
      subnetIds: group.subnetIds,
      securityGroupIds: group.securityGroupIds ?? [securityGroupId],
      rootVolumeGiB: group.rootVolumeGiB ?? image.rootVolumeGiB,
      labels: group.labels,
      taints: group.taints,
    }),
  );
  return pools.join('---\n');
}
