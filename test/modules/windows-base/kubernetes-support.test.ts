import { describe, expect, it } from '@jest/globals';
import { addMonths } from '../../../modules/windows-base/calendar-date';
import {
  KUBERNETES_SUPPORT,
  kubernetesSupportNotice,
} from '../../../modules/windows-base/kubernetes-support';
import {
  checkKubernetesVersion,
  compareKubernetesVersions,
} from '../../../modules/windows-base/windows-server';

describe('KUBERNETES_SUPPORT', () => {
  const versions = Object.keys(KUBERNETES_SUPPORT);

  it('lists versions without a gap, oldest first', () => {
    expect(versions).toEqual([...versions].sort(compareKubernetesVersions));
    const minors = versions.map((version) => Number(version.split('.')[1]));
    expect(minors).toEqual(minors.map((_, index) => (minors[0] ?? 0) + index));
    for (const version of versions) expect(checkKubernetesVersion([], version)).toEqual([]);
  });

  it.each(Object.entries(KUBERNETES_SUPPORT))(
    'gives %s twelve months of extended support',
    (_, { standardEnd, extendedEnd }) => {
      expect(addMonths(standardEnd, 12)).toBe(extendedEnd);
    },
  );
});

describe('kubernetesSupportNotice', () => {
  it.each([
    ['1.33', '2026-07-28'],
    ['1.35', '2026-11-24'],
    ['1.37', '2030-01-01'],
    ['1.20', '2026-11-24'],
  ])('says nothing of %s on %s', (version, today) => {
    expect(kubernetesSupportNotice(version, today)).toBeUndefined();
  });

  it.each(['2026-07-29', '2027-07-28'])('notes on %s what extended support means', (today) => {
    expect(kubernetesSupportNotice('1.33', today)).toEqual({
      severity: 'note',
      text:
        'Kubernetes 1.33 is in extended support since 2026-07-29, at a higher price of the ' +
        'cluster. It ends on 2027-07-29.',
    });
  });

  it('warns from the day on which EKS updates by itself', () => {
    expect(kubernetesSupportNotice('1.33', '2027-07-29')).toEqual({
      severity: 'warning',
      text:
        'EKS ended its support for Kubernetes 1.33 on 2027-07-29: there are no new Windows AMIs ' +
        'for it, and control planes are updated without notice. Update the cluster, then the nodes.',
    });
  });
});
