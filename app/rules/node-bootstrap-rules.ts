import { checkPlain } from '../../environment/schema/fields/plain-value';
import type { TextOrFile } from '../../environment/schema/nodes/node-bootstrap-schema';
import { type Path, type Problem, problem } from '../../modules/core';
import type { Taint } from '../../modules/eks-windows-nodes';
import {
  checkBootstrapScript,
  checkImageGcThresholds,
  checkLabels,
  checkNodeProxy,
  checkTaint,
  checkTrustedCertificate,
} from '../../modules/eks-windows-nodes/checks';
import { isWrong, type ValidParts } from '../files/schema-walk';
import { checkRepetition, withoutWrongValues } from './list-rules';
import type { GroupParts, Parts } from './parts';

/** The rules on how the nodes of a group join the cluster. */
export function checkNodeBootstrapRules(
  path: Path,
  group: GroupParts,
  { windows }: Parts,
): Problem[] {
  return [
    ...checkLabels([...path, 'labels'], withoutWrongValues(group.labels ?? {}), windows?.server),
    ...checkTaints([...path, 'taints'], group),
    ...checkThresholds([...path, 'imageGcThresholds'], group),
    ...checkProxy([...path, 'proxy'], group),
    ...checkCertificates([...path, 'trustedCertificates'], group),
    ...checkScript([...path, 'preBootstrapScript'], group.preBootstrapScript),
    ...checkScript([...path, 'postBootstrapScript'], group.postBootstrapScript),
    ...checkTimeout([...path, 'bootstrapTimeoutSeconds'], group),
  ];
}

function checkThresholds(path: Path, { imageGcThresholds }: GroupParts): Problem[] {
  const { highPercent, lowPercent } = imageGcThresholds ?? {};
  if (highPercent === undefined || lowPercent === undefined) return [];
  return checkImageGcThresholds(path, { highPercent, lowPercent });
}

function checkProxy(path: Path, { proxy }: GroupParts): Problem[] {
  if (proxy === undefined) return [];
  const { httpProxy, httpsProxy, noProxy } = proxy;
  const wrong = isWrong(proxy, 'httpProxy') || isWrong(proxy, 'httpsProxy');
  return [
    ...(wrong ? [] : checkNodeProxy(path, { httpProxy, httpsProxy })),
    ...checkRepetition([...path, 'noProxy'], noProxy),
  ];
}

function checkCertificates(path: Path, { trustedCertificates = [] }: GroupParts): Problem[] {
  return [
    ...trustedCertificates.flatMap((one, index) =>
      typeof one === 'string' ? checkCertificate([...path, index], one) : [],
    ),
    ...checkRepetition(
      path,
      trustedCertificates.map((one) => (typeof one === 'object' ? one.file : undefined)),
    ).map((one) => ({ ...one, path: [...one.path, 'file'] })),
  ];
}

function checkCertificate(path: Path, text: string): Problem[] {
  const notPlain = checkPlain(path, text);
  return notPlain.length > 0 ? notPlain : checkTrustedCertificate(path, text);
}

function checkScript(path: Path, script: ValidParts<TextOrFile> | undefined): Problem[] {
  if (typeof script !== 'string') return [];
  const notPlain = checkPlain(path, script);
  return notPlain.length > 0 ? notPlain : checkBootstrapScript(path, script);
}

function checkTimeout(path: Path, group: GroupParts): Problem[] {
  const { failedBootstrap = 'keep', bootstrapTimeoutSeconds: seconds } = group;
  if (seconds === undefined || failedBootstrap === 'replace') return [];
  if (isWrong(group, 'failedBootstrap')) return [];
  return [problem(path, 'be left out without `failedBootstrap: replace`', seconds)];
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
