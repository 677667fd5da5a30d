import { describe, expect, it } from '@jest/globals';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { notices } from '../../app/notices';
import { type Change, withChanges } from './full-environment';

function noticesOn(today: string, ...changes: readonly Change[]): readonly string[] {
  const { environment } = readEnvironmentFile('e.yaml', withChanges(...changes));
  if (environment === undefined) throw new Error('the changed environment has a problem');
  return notices(environment, today);
}

const WINDOWS_NOTE =
  'note: Windows Server 2022 is past its mainstream support (2026-10-13): it gets security updates only, until 2031-10-14.';

const RELEASE: Change = ['release: latest', 'release: 1.35-2026.02.18'];
const RELEASE_WARNING =
  'warning: The EKS optimized Windows AMI 1.35-2026.02.18 was released on 2026-02-18. AWS makes it private on 2026-06-18; after that it cannot be found, and nothing can be built from it or planned with it. Choose a newer release, or "latest".';
const OWN_BASE: Change = ['image:\n', 'image:\n  base: { imageId: ami-01234567 }\n'];

describe('notices', () => {
  it('are none while all that is used is supported', () => {
    expect(noticesOn('2026-06-01')).toEqual([]);
  });

  it('are notes when something gets less support, and nothing has to be done', () => {
    expect(noticesOn('2027-06-01')).toEqual([
      WINDOWS_NOTE,
      'note: Kubernetes 1.35 is in extended support since 2027-03-27, at a higher price of the cluster. It ends on 2028-03-27.',
    ]);
  });

  it('are warnings when something has no support any more', () => {
    expect(noticesOn('2031-10-15')).toEqual([
      'warning: Windows Server 2022 is out of support since 2031-10-14: Microsoft mends no security holes any more. Move to a newer Windows Server.',
      'warning: EKS ended its support for Kubernetes 1.35 on 2028-03-27: there are no new Windows AMIs for it, and control planes are updated without notice. Update the cluster, then the nodes.',
    ]);
  });

  it.each([
    ['local-exec', 1],
    ['distribution', 1],
    ['none', 0],
  ])('tell of more parallel launches than a Region has, with the method %s', (method, count) => {
    const found = noticesOn('2026-06-01', [
      'fastLaunch: { targetResourceCount: 5, maxParallelLaunches: 6,',
      `fastLaunch: { method: ${method}, maxParallelLaunches: 41,`,
    ]);
    const warning =
      'warning: fastLaunch.maxParallelLaunches is 41, but a Region has 40 for all AMIs together, unless the quota was raised';
    expect(found).toEqual(Array.from({ length: count }, () => warning));
  });

  it('tell before a dated release can no longer be found', () => {
    expect(noticesOn('2026-06-01', RELEASE)).toEqual([RELEASE_WARNING]);
    expect(noticesOn('2026-05-01', RELEASE)).toEqual([]);
  });

  it('say nothing of a release that neither image nor nodes start from', () => {
    expect(noticesOn('2026-06-01', RELEASE, OWN_BASE)).toEqual([]);
  });

  it('tell of a release that only the nodes start from', () => {
    const changes: readonly Change[] = [
      RELEASE,
      OWN_BASE,
      ['ami: built', 'ami: eks-optimized'],
      [/^fastLaunch.*\n/m.exec(withChanges())?.[0] ?? '', ''],
    ];
    expect(noticesOn('2026-06-01', ...changes)).toEqual([RELEASE_WARNING]);
  });
});
