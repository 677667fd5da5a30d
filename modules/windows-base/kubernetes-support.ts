import type { CalendarDate } from './calendar-date';
import type { SupportNotice } from './microsoft-support';

/** Days on which EKS stops something. */
export interface KubernetesSupport {
  /** From this day on the cluster costs more an hour. */
  readonly standardEnd: CalendarDate;
  /** From this day on EKS updates the control plane by itself. */
  readonly extendedEnd: CalendarDate;
}

/**
 * Kubernetes versions on EKS. Checked on 2026-11-24 against
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html (up to 1.34) and
 * https://endoflife.date/amazon-eks (1.35 and 1.36).
 */
export const KUBERNETES_SUPPORT: Readonly<Record<string, KubernetesSupport>> = {
  '1.29': { standardEnd: '2025-03-23', extendedEnd: '2026-03-23' },
  '1.30': { standardEnd: '2025-07-23', extendedEnd: '2026-07-23' },
  '1.31': { standardEnd: '2025-11-26', extendedEnd: '2026-11-26' },
  '1.32': { standardEnd: '2026-03-23', extendedEnd: '2027-03-23' },
  '1.33': { standardEnd: '2026-07-29', extendedEnd: '2027-07-29' },
  '1.34': { standardEnd: '2026-12-02', extendedEnd: '2027-12-02' },
  '1.35': { standardEnd: '2027-03-27', extendedEnd: '2028-03-27' },
  '1.36': { standardEnd: '2027-08-02', extendedEnd: '2028-08-02' },
};

/**
 * What EKS's calendar says about a Kubernetes version on a day; `undefined` in its standard
 * support, and for a version that is not in {@link KUBERNETES_SUPPORT}.
 */
export function kubernetesSupportNotice(
  version: string,
  today: CalendarDate,
): SupportNotice | undefined {
  const support = KUBERNETES_SUPPORT[version];
  if (support === undefined || today < support.standardEnd) return undefined;
  const { standardEnd, extendedEnd } = support;
  if (today >= extendedEnd) {
    return {
      severity: 'warning',
      text:
        `EKS ended its support for Kubernetes ${version} on ${extendedEnd}: there are no new ` +
        'Windows AMIs for it, and control planes are updated without notice. ' +
        'Update the cluster, then the nodes.',
    };
  }
  return {
    severity: 'note',
    text:
      `Kubernetes ${version} is in extended support since ${standardEnd}, at a higher price of ` +
      `the cluster. It ends on ${extendedEnd}.`,
  };
}
