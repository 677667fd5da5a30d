import { Token } from 'cdktf';
import type { Environment } from '../../environment/schema/environment-schema';
import { LOCAL_EXEC_KEYS } from '../../environment/schema/fast-launch-schema';
import { type Problem, problem } from '../../modules/core';

/** The rules on Fast Launch and the AMI that it is for. */
export function checkFastLaunch({ fastLaunch, nodes }: Environment): Problem[] {
  if (fastLaunch === undefined) return [];
  return [...checkKeysOfMethod(fastLaunch), ...checkAmiOfMethod(fastLaunch.method, nodes.ami)];
}

function checkKeysOfMethod(fastLaunch: NonNullable<Environment['fastLaunch']>): Problem[] {
  const { method } = fastLaunch;
  if (method !== 'distribution') return [];
  return LOCAL_EXEC_KEYS.flatMap((key) => {
    const value = fastLaunch[key];
    if (value === undefined) return [];
    const rule = 'be left out with `method: distribution`';
    const advice = 'Image Builder switches on, does not wait, and switches nothing off';
    return [problem('key-of-local-exec', ['fastLaunch', key], rule, value, advice)];
  });
}

function checkAmiOfMethod(
  method: NonNullable<Environment['fastLaunch']>['method'],
  ami: Environment['nodes']['ami'],
): Problem[] {
  if (method === 'none' || Token.isUnresolved(method) || Token.isUnresolved(ami)) return [];
  const path = ['nodes', 'ami'];
  if (ami === 'eks-optimized') {
    const advice = 'Amazon owns that one: choose "built", or remove `fastLaunch`';
    return [
      problem(
        'fast-launch-of-amazon',
        path,
        'be an AMI of your own with `fastLaunch`',
        ami,
        advice,
      ),
    ];
  }
  const built = ami === 'built' || ami.builtVersion !== undefined;
  if (method !== 'distribution' || built || ami.imageId === undefined) return [];
  const rule = 'be one that this file builds, with `fastLaunch.method: distribution`';
  const advice = 'choose "built", or the method local-exec';
  return [problem('fast-launch-by-distribution', path, rule, ami, advice)];
}
