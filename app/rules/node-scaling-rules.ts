import { type Path, type Problem, problem } from '../../modules/core';
import type { InstanceRefresh, Taint } from '../../modules/eks-windows-nodes';
import {
  checkClusterAutoscaler,
  checkDesiredSize,
  checkInstanceRefresh,
  checkWarmPool,
  checkWeightedCapacities,
} from '../../modules/eks-windows-nodes/checks';
import { checkRepetition, withoutWrongValues } from './list-rules';
import type { GroupParts } from './parts';

/** The rules on the size of a group, the types of its instances and how they are exchanged. */
export function checkNodeScalingRules(path: Path, group: GroupParts): Problem[] {
  return [
    ...checkSizes(path, group),
    ...checkRepetition([...path, 'instanceTypes'], group.instanceTypes),
    ...checkWeights([...path, 'weightedCapacities'], group),
    ...checkRefresh([...path, 'instanceRefresh'], group),
    ...checkPool([...path, 'warmPool'], group),
    ...checkHookNames([...path, 'lifecycleHooks'], group),
    ...checkAutoscaler(path, group),
  ];
}

function checkSizes(path: Path, group: GroupParts): Problem[] {
  const { minSize, maxSize } = group;
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    const advice = 'lower it, or raise `maxSize`';
    return [problem([...path, 'minSize'], `be at most \`maxSize\` (${maxSize})`, minSize, advice)];
  }
  return checkDesiredSize(path, group);
}

function checkWeights(path: Path, group: GroupParts): Problem[] {
  const { instanceTypes, weightedCapacities: weights } = group;
  if (instanceTypes === undefined || weights === undefined) return [];
  const types = instanceTypes.filter((type) => type !== undefined);
  // What is wrong by itself was reported already; right ones in their place let the keys be checked.
  const standIns = Object.fromEntries(
    Object.entries(weights).map(([type, weight]) => [type, weight ?? 1]),
  );
  return types.length < instanceTypes.length ? [] : checkWeightedCapacities(path, standIns, types);
}

function checkRefresh(path: Path, { instanceRefresh: refresh }: GroupParts): Problem[] {
  if (refresh === undefined || refresh === 'none') return [];
  const { minHealthyPercentage, maxHealthyPercentage, checkpointPercentages = [] } = refresh;
  const known = checkpointPercentages.filter((one) => one !== undefined);
  const rising = known.length < checkpointPercentages.length ? [] : known;
  const { method, waitForSuccess, timeoutMinutes, skipMatching } = refresh;
  const parts: InstanceRefresh = {
    ...{ method, waitForSuccess, timeoutMinutes, skipMatching },
    ...{ minHealthyPercentage, maxHealthyPercentage, checkpointPercentages: rising },
    triggers: refresh.triggers?.filter((one) => one !== undefined),
  };
  return [
    ...checkInstanceRefresh(path, parts),
    ...checkRepetition([...path, 'alarms'], refresh.alarms),
    ...checkRepetition([...path, 'triggers'], refresh.triggers),
  ];
}

function checkPool(path: Path, group: GroupParts): Problem[] {
  const { warmPool, instanceTypes = [], instancesDistribution, weightedCapacities } = group;
  return checkWarmPool(path, warmPool, {
    instanceTypes: instanceTypes.map((type) => type ?? ''),
    ...(instancesDistribution === undefined ? {} : { instancesDistribution: {} }),
    ...(weightedCapacities === undefined ? {} : { weightedCapacities: {} }),
  });
}

function checkHookNames(path: Path, { lifecycleHooks = [] }: GroupParts): Problem[] {
  const names = lifecycleHooks.map((hook) => hook?.name);
  return checkRepetition(path, names).map((one) => ({ ...one, path: [...one.path, 'name'] }));
}

function checkAutoscaler(path: Path, group: GroupParts): Problem[] {
  const { clusterAutoscaler: autoscaler = false, labels = {}, taints = [] } = group;
  if (autoscaler === false) return [];
  const { labels: others = {}, resources = {} } = autoscaler === true ? {} : autoscaler;
  const told = { labels: withoutWrongValues(others), resources: withoutWrongValues(resources) };
  const problems = checkClusterAutoscaler(['clusterAutoscaler'], told, {
    labels: withoutWrongValues(labels),
    taints: taints.map((taint, index): Taint => {
      return { key: taint?.key ?? `wrong taint ${index}`, effect: 'NoSchedule' };
    }),
  });
  return problems.map((one) => ({ ...one, path: [...path, ...one.path] }));
}
