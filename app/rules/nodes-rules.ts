import { type Path, type Problem, problem } from '../../modules/core';
import { checkNoBootstrapHook, checkNoDrainHook } from '../../modules/eks-windows-nodes/checks';
import { checkRepetition } from './list-rules';
import { checkNodeBootstrapRules } from './node-bootstrap-rules';
import { checkNodeInstanceRules } from './node-instance-rules';
import { checkNodeScalingRules } from './node-scaling-rules';
import type { GroupParts, Parts } from './parts';

/** The rules on more than one value of the nodes. */
export function checkNodes(parts: Parts): Problem[] {
  return [
    ...checkNodesAmi(parts),
    ...checkGroups(parts),
    ...checkRepetition(['nodes', 'excludedSnatCidrs'], parts.nodes?.excludedSnatCidrs),
  ];
}

function checkNodesAmi({ nodes }: Parts): Problem[] {
  const ami = nodes?.ami;
  if (typeof ami !== 'object') return [];
  const { imageId, builtVersion, owner } = ami;
  if ((imageId === undefined) === (builtVersion === undefined)) {
    const found = imageId === undefined ? undefined : 'both';
    return [problem(['nodes', 'ami'], 'have either imageId or builtVersion', found)];
  }
  if (owner === undefined || imageId !== undefined) return [];
  const advice = 'what this file builds belongs to this account';
  return [problem(['nodes', 'ami', 'owner'], 'come with imageId only', owner, advice)];
}

function checkGroups(parts: Parts): Problem[] {
  const groups = parts.nodes?.groups ?? [];
  const path = ['nodes', 'groups'];
  const names = groups.map((group) => group?.name);
  return [
    ...checkRepetition(path, names).map((one) => ({ ...one, path: [...one.path, 'name'] })),
    ...groups.flatMap((group, index) =>
      group === undefined ? [] : checkGroup([...path, index], group, parts),
    ),
  ];
}

function checkGroup(path: Path, group: GroupParts, parts: Parts): Problem[] {
  return [
    ...checkRepetition([...path, 'subnetIds'], group.subnetIds),
    ...checkNodeScalingRules(path, group),
    ...checkHookNames([...path, 'lifecycleHooks'], group, parts),
    ...checkNodeInstanceRules(path, group, parts),
    ...checkNodeBootstrapRules(path, group, parts),
  ];
}

function checkHookNames(
  path: Path,
  { lifecycleHooks = [], failedBootstrap }: GroupParts,
  { nodes }: Parts,
): Problem[] {
  return [
    ...(nodes?.terminationQueue === undefined ? [] : checkNoDrainHook(path, lifecycleHooks)),
    ...(failedBootstrap === 'replace' ? checkNoBootstrapHook(path, lifecycleHooks) : []),
  ];
}
