import type { Environment } from '../../environment/schema/environment-schema';
import { checkEach, checkUnique, type Problem, problem } from '../../modules/core';
import { checkNodeGroup } from './node-group-rules';

/** The rules on more than one value of the nodes. */
export function checkNodes(environment: Environment): Problem[] {
  const { groups } = environment.nodes;
  const path = ['nodes', 'groups'];
  const names = groups.map(({ name }) => name);
  return [
    ...checkNodesAmi(environment),
    ...checkUnique(path, names).map((one) => ({ ...one, path: [...one.path, 'name'] })),
    ...checkEach(path, groups, (groupPath, group) => checkNodeGroup(groupPath, group, environment)),
  ];
}

function checkNodesAmi({ nodes }: Environment): Problem[] {
  const { ami } = nodes;
  if (typeof ami !== 'object') return [];
  const { imageId, builtVersion, owner } = ami;
  if ((imageId === undefined) === (builtVersion === undefined)) {
    const found = imageId === undefined ? undefined : 'both';
    return [problem('ami-source', ['nodes', 'ami'], 'have either imageId or builtVersion', found)];
  }
  if (owner === undefined || imageId !== undefined) return [];
  const advice = 'what this file builds belongs to this account';
  return [
    problem(
      'ami-owner-without-image-id',
      ['nodes', 'ami', 'owner'],
      'come with imageId only',
      owner,
      advice,
    ),
  ];
}
