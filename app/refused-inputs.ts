import { posix } from 'node:path';
import { imageStackName, nodesStackName } from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import type { Path, ValidationError } from '../modules/core';
import type { FileProblem } from './files/file-problem';
import type { LoadedEnvironment } from './loading/load-environments';

/**
 * The problems of inputs that a construct has refused, at the keys that they come from. Some rules
 * need more than a file says, such as the length of a policy, so that only the constructs have
 * them. Nothing when the construct is part of no environment.
 */
export function locateRefusedInputs(
  { constructPath, problems }: ValidationError,
  environments: readonly LoadedEnvironment[],
): readonly FileProblem[] | undefined {
  // A construct of this name leaves no trace in addresses, and has no part of the file of its own.
  const [stack, ...ids] = constructPath.split('/').filter((id) => id !== 'Default');
  for (const { environment, locate } of environments) {
    const place = placeOf(environment, stack, ids);
    if (place !== undefined) {
      return problems.map((one) => locate({ ...one, path: [...place, ...one.path] }));
    }
  }
  return undefined;
}

/** Which part of the file a construct is made from. */
function placeOf(
  environment: Environment,
  stack: string | undefined,
  [first = '', second = '']: readonly string[],
): Path | undefined {
  if (stack === imageStackName(environment)) {
    return first === 'Image'
      ? (IMAGE_PARTS[second] ?? ['image'])
      : componentPlace(environment, first);
  }
  return stack === nodesStackName(environment) ? nodesPlace(environment, first) : undefined;
}

/** Parts of the image with keys of their own, by their construct. */
const IMAGE_PARTS: Readonly<Record<string, Path>> = {
  Distribution: ['image', 'distribution'],
  Notifications: ['image', 'notifications'],
  Retention: ['image', 'retention'],
};

function componentPlace({ image }: Environment, id: string): Path {
  const index = image.components.findIndex(
    (one) =>
      typeof one === 'object' &&
      one.file !== undefined &&
      id === `Component-${posix.parse(one.file).name}`,
  );
  return index < 0 ? ['image'] : ['image', 'components', index];
}

function nodesPlace({ nodes }: Environment, id: string): Path {
  const index = nodes.groups.findIndex(({ name }) => id === `Group-${name}`);
  return index < 0 ? ['nodes'] : ['nodes', 'groups', index];
}
