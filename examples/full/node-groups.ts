import type { NodeBootstrap, NodeScaling } from '../../modules';

/** What the groups differ in. */
export type NodeGroup = NodeScaling & Pick<NodeBootstrap, 'maxPods'>;

/** On demand; an instance refresh pauses for ten minutes when half of the nodes are new. */
export const WEB: NodeGroup = {
  instanceTypes: ['m7i.xlarge'],
  minSize: 1,
  maxSize: 4,
  maxPods: 60,
  instanceRefresh: { checkpointPercentages: [50, 100], checkpointDelaySeconds: 600 },
};

/** On Spot; the cluster autoscaler starts the first node when a pod waits for one. */
export const BATCH: NodeGroup = {
  instanceTypes: ['m7i.xlarge', 'm6i.xlarge'],
  minSize: 0,
  maxSize: 10,
  instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 },
  capacityRebalance: true,
  clusterAutoscaler: { resources: { 'vpc.amazonaws.com/PrivateIPv4Address': '14' } },
};
