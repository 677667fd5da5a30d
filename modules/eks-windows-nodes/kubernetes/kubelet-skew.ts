import { Fn, Op, Token } from 'cdktf';
import { type Path, type Problem, problem } from '../../core';
import { compareKubernetesVersions } from '../../windows-base/windows-server';

/**
 * A kubelet may be older than the control plane by so many minor versions, and never newer.
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 */
export const KUBELET_SKEW = 3;

/** A kubelet, and the control plane it is to talk to. Each may be known to Terraform only. */
export interface KubeletAndCluster {
  readonly kubernetesVersion: string;
  readonly clusterVersion: string;
  /** Minor versions that the kubelet may be older. */
  readonly allowedSkew: number;
}

/** How a kubelet may differ, in words. */
export function describeSkew(skew: number): string {
  if (skew === 0) return 'as new as its cluster, neither older nor newer';
  return `up to ${minorVersions(skew)} older than its cluster, and never newer`;
}

function minorVersions(count: number): string {
  // A number token means nothing inside a text; its string form does.
  const shown = Token.isUnresolved(count) ? Token.asString(count) : count;
  return count === 1 ? 'one minor version' : `${shown} minor versions`;
}

/** Compares versions that are known already. */
export function checkSkew(path: Path, versions: KubeletAndCluster): Problem[] {
  const { kubernetesVersion, clusterVersion, allowedSkew } = versions;
  if (Token.isUnresolved(allowedSkew) || !bothAreKnown(versions)) return [];
  const behind = compareKubernetesVersions(clusterVersion, kubernetesVersion);
  if (behind >= 0 && behind <= allowedSkew) return [];
  const same = `be the cluster's Kubernetes version (${clusterVersion})`;
  const rule = allowedSkew === 0 ? same : `${same} or up to ${minorVersions(allowedSkew)} older`;
  return [problem('kubelet-skew', path, rule, kubernetesVersion)];
}

/** Whether there is nothing left that only Terraform can compare. */
export function bothAreKnown({ kubernetesVersion, clusterVersion }: KubeletAndCluster): boolean {
  return !Token.isUnresolved(kubernetesVersion) && !Token.isUnresolved(clusterVersion);
}

// Compared as numbers: as text, "1.9" would come after "1.35".
const minor = (version: string): number => Fn.tonumber(Fn.element(Fn.split('.', version), 1));

/** Whether a kubelet may join, as Terraform evaluates it. */
export function skewCondition(versions: KubeletAndCluster): string {
  const { allowedSkew } = versions;
  const [control, kubelet] = [minor(versions.clusterVersion), minor(versions.kubernetesVersion)];
  // No comparison with the number 0: CDKTF 0.21 renders it as `undefined`.
  const notNewer = Op.lte(kubelet, control);
  const notTooOld =
    allowedSkew === 0 ? Op.eq(kubelet, control) : Op.lte(Op.sub(control, kubelet), allowedSkew);
  return Token.asString(Op.and(notNewer, notTooOld));
}

/** The versions that a kubelet may have, oldest first, as Terraform lists them. */
export function acceptedVersions(clusterVersion: string, allowedSkew: number): string[] {
  const control = minor(clusterVersion);
  const oldest = allowedSkew === 0 ? control : Token.asNumber(Op.sub(control, allowedSkew));
  const minors = Fn.range(oldest, Token.asNumber(Op.add(control, 1)));
  return Token.asList(Fn.formatlist('1.%d', [minors]));
}
