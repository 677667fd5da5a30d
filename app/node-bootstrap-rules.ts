import type { Path, Problem } from '../modules/core';
import { checkImageGcThresholds } from '../modules/eks-windows-nodes/image-gc-thresholds';
import {
  checkLabels,
  checkTaint,
  type Taint,
} from '../modules/eks-windows-nodes/kubernetes-syntax';
import type { Environment } from './environment-schema';
import { checkRepetition, withoutWrongValues } from './list-rules';
import type { GroupParts } from './nodes-rules';
import type { ValidParts } from './schema-walk';

/** The rules on how the nodes of a group join the cluster. */
export function checkNodeBootstrapRules(
  path: Path,
  group: GroupParts,
  { windows }: ValidParts<Environment>,
): Problem[] {
  return [
    ...checkLabels([...path, 'labels'], withoutWrongValues(group.labels ?? {}), windows?.server),
    ...checkTaints([...path, 'taints'], group),
    ...checkThresholds([...path, 'imageGcThresholds'], group),
  ];
}

function checkThresholds(path: Path, { imageGcThresholds, kubeletArguments = {} }: GroupParts) {
  const { highPercent, lowPercent } = imageGcThresholds ?? {};
  if (highPercent === undefined || lowPercent === undefined) return [];
  const flags = withoutWrongValues(kubeletArguments);
  return checkImageGcThresholds(path, { highPercent, lowPercent }, flags);
}

function checkTaints(path: Path, { taints = [] }: GroupParts): Problem[] {
  const ids = taints.map((taint) =>
    taint?.key === undefined || taint.effect === undefined
      ? undefined
      : `${taint.key}:${taint.effect}`,
  );
  return [
    ...taints.flatMap((taint, index) =>
      taint === undefined ? [] : checkTaint([...path, index], withStandIns(taint)),
    ),
    ...checkRepetition(path, ids),
  ];
}

/** Wrong parts were reported already; right ones in their place let the others be checked. */
function withStandIns({ key, value, effect }: ValidParts<Taint>): Taint {
  return { key: key ?? 'key', value: value ?? '', effect: effect ?? 'NoSchedule' };
}
