import { type Path, type Problem, problem } from '../modules/core';
import { checkRepetition } from './list-rules';
import type { GroupParts } from './nodes-rules';

/** The rules on the size of a group and the types of its instances. */
export function checkNodeScalingRules(path: Path, group: GroupParts): Problem[] {
  return [
    ...checkSizes(path, group),
    ...checkRepetition([...path, 'instanceTypes'], group.instanceTypes),
  ];
}

function checkSizes(path: Path, { minSize, maxSize }: GroupParts): Problem[] {
  if (minSize === undefined || maxSize === undefined || minSize <= maxSize) return [];
  const advice = 'lower it, or raise `maxSize`';
  return [problem([...path, 'minSize'], `be at most \`maxSize\` (${maxSize})`, minSize, advice)];
}
