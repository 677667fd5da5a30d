import type { AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  checkEach,
  checkInteger,
  checkListLength,
  checkUnique,
  checkWindowsInstanceType,
  type Problem,
  problem,
} from '../core';
import type { WindowsLaunchTemplate } from './windows-launch-template';

/** How many nodes a group has, of which types, and how they are exchanged. */
export interface NodeScaling {
  /** x86-64 types, the preferred one first; with several, EC2 chooses among them. */
  readonly instanceTypes: readonly string[];
  /** Nodes, 0 to 5,000. */
  readonly minSize: number;
  /** Nodes, not less than `minSize`. */
  readonly maxSize: number;
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
export const MAX_GROUP_SIZE = 5000;

/**
 * How nodes are exchanged: a new one first, then an old one goes. Windows boots for minutes, so a
 * group that shrinks first would be short of nodes for as long.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
const INSTANCE_REFRESH = {
  strategy: 'Rolling',
  preferences: {
    minHealthyPercentage: 100,
    maxHealthyPercentage: 110,
    instanceWarmup: '300',
    skipMatching: true,
  },
};

/** The scaling part of an Auto Scaling group that launches from a template. */
export function buildNodeScaling(
  scaling: NodeScaling,
  template: Pick<WindowsLaunchTemplate, 'id' | 'latestVersion'>,
): Partial<AutoscalingGroupConfig> & Pick<AutoscalingGroupConfig, 'minSize' | 'maxSize'> {
  return {
    minSize: scaling.minSize,
    maxSize: scaling.maxSize,
    ...buildInstanceChoice(scaling, template),
    instanceRefresh: INSTANCE_REFRESH,
  };
}

function buildInstanceChoice(
  { instanceTypes }: NodeScaling,
  { id, latestVersion }: Pick<WindowsLaunchTemplate, 'id' | 'latestVersion'>,
): Pick<AutoscalingGroupConfig, 'launchTemplate' | 'mixedInstancesPolicy'> {
  if (instanceTypes.length === 1) return { launchTemplate: { id, version: latestVersion } };
  return {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id, version: latestVersion },
        override: instanceTypes.map((instanceType) => ({ instanceType })),
      },
    },
  };
}

/** Lists what is wrong with the scaling of a group. */
export function checkNodeScaling(scaling: NodeScaling): Problem[] {
  const { instanceTypes } = scaling;
  return [
    ...checkListLength(['instanceTypes'], instanceTypes, { min: 1 }),
    ...checkUnique(['instanceTypes'], instanceTypes),
    ...checkEach(['instanceTypes'], instanceTypes, checkWindowsInstanceType),
    ...checkGroupSize(scaling),
  ];
}

function checkGroupSize({ minSize, maxSize }: NodeScaling): Problem[] {
  const range = { min: 0, max: MAX_GROUP_SIZE };
  const problems = [
    ...checkInteger(['minSize'], minSize, range),
    ...checkInteger(['maxSize'], maxSize, range),
  ];
  // A number token is a huge negative number: only known sizes can be compared.
  if (problems.length > 0 || minSize < 0 || maxSize < 0 || minSize <= maxSize) return problems;
  return [problem(['maxSize'], `be at least \`minSize\` (${minSize})`, maxSize)];
}
