import {
  NODE_INSTANCE_SETTINGS,
  NODE_VOLUMES_SETTINGS,
} from '../../../modules/eks-windows-nodes/checks';
import { settingFields } from '../fields/setting-fields';

/** The keys of a group that say what kind of instances its nodes are. */
export const nodeInstanceFields = {
  ...settingFields(NODE_VOLUMES_SETTINGS),
  ...settingFields(NODE_INSTANCE_SETTINGS),
};
