import { z } from 'zod';
import {
  CLUSTER_AUTOSCALER_SETTINGS,
  INSTANCE_CHOICE_SETTINGS,
  INSTANCE_REFRESH_SETTINGS,
  NODE_SCALING_SETTINGS,
} from '../../../modules/eks-windows-nodes/checks';
import { changes, settingFields } from '../fields/setting-fields';

const instanceRefresh = z.union(
  [z.literal('none'), z.strictObject(settingFields(INSTANCE_REFRESH_SETTINGS))],
  { error: 'be none or the preferences of an instance refresh' },
);

const clusterAutoscaler = z.union(
  [z.boolean(), z.strictObject(settingFields(CLUSTER_AUTOSCALER_SETTINGS))],
  { error: 'be true, false or { labels, resources }' },
);

/** The keys of a group that say how many nodes it has, and of which types. */
export const nodeScalingFields = {
  ...settingFields(INSTANCE_CHOICE_SETTINGS),
  ...settingFields(NODE_SCALING_SETTINGS),
  instanceRefresh: changes(
    instanceRefresh
      .exactOptional()
      .describe(
        'How nodes are exchanged, or none: then nobody does it; default a new one first, one after the other.',
      ),
    'in-place',
  ),
  clusterAutoscaler: changes(
    clusterAutoscaler
      .exactOptional()
      .describe(
        'Let the cluster autoscaler find the group, and scale it from zero: true, or { labels, resources } of its nodes; default false.',
      ),
    'in-place',
  ),
};
