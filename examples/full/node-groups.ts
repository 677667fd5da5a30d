import type { NodeBootstrap, NodeScaling } from '../../modules';

type Group = NodeScaling & Pick<NodeBootstrap, 'maxPods'>;

/** What the groups differ in, by name. */
export const NODE_GROUPS: Readonly<Record<string, Group>> = {
  // On demand; an instance refresh pauses for ten minutes when half of the nodes are new.
  web: {
    instanceTypes: ['m7i.xlarge'],
    minSize: 1,
    maxSize: 4,
    maxPods: 60,
    instanceRefresh: { checkpointPercentages: [50, 100], checkpointDelaySeconds: 600 },
  },
  // On Spot; the cluster autoscaler starts the first node when a pod waits for one.
  batch: {
    instanceTypes: ['m7i.xlarge', 'm6i.xlarge'],
    minSize: 0,
    maxSize: 10,
    instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
    capacityRebalance: true,
    clusterAutoscaler: { resources: { 'vpc.amazonaws.com/PrivateIPv4Address': '14' } },
  },
};
