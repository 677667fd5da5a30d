import { z } from 'zod';
import { boolean, setting } from '../../../modules/settings';
import { settingFields } from '../fields/setting-fields';

/** Which manifests lie beside the stack. */
const NODE_MANIFESTS_SETTINGS = {
  /** One for the release of Windows of the file. @default false */
  runtimeClass: setting(boolean(), {
    about: 'Write a RuntimeClass with which pods find nodes of this Windows release',
    change: 'nothing',
    default: false,
  }),
  /** With the AMI and the role of the stack in them. @default false */
  karpenter: setting(boolean(), {
    about: 'Write an EC2NodeClass and a NodePool of Karpenter for each group',
    change: 'nothing',
    default: false,
  }),
};

/** Kubernetes manifests that are written for review, and never applied. */
export const nodeManifestsSchema = z.strictObject(
  settingFields(NODE_MANIFESTS_SETTINGS, ['runtimeClass', 'karpenter']),
);
