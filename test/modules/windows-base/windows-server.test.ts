import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import type { WindowsEdition, WindowsServer } from '../../../modules/windows-base';
import {
  checkAmiRelease,
  checkKubernetesVersion,
  checkWindowsServerForKubernetes,
  compareKubernetesVersions,
  DEFAULT_ROOT_VOLUME_GIB,
  eksWindowsAmiName,
  eksWindowsAmiParameterName,
  ROOT_DEVICE_NAME,
  ROOT_VOLUME_GIB,
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
  WINDOWS_SERVERS,
} from '../../../modules/windows-base/windows-server';
import { adviceOf, outline } from '../../support/problem';

const TOKEN = Fn.upper('a');

/** A token in place of a value whose type is a closed set. */
const tokenAs = <T extends string>(): T => TOKEN as T;

describe('WINDOWS_SERVERS', () => {
  it('lists the releases that EKS offers, oldest first', () => {
    expect(WINDOWS_SERVER_RELEASES).toEqual(['2019', '2022', '2025']);
  });

  it.each(WINDOWS_SERVER_RELEASES.map((release) => [release, WINDOWS_SERVERS[release]] as const))(
    'has plausible facts of %s',
    (release, facts) => {
      expect(facts.build).toMatch(/^10\.0\.\d{5}$/);
      expect(facts.imageTag).toBe(`ltsc${release}`);
      expect(checkKubernetesVersion(['earliestKubernetes'], facts.earliestKubernetes)).toEqual([]);
      for (const date of [facts.eksRelease, facts.mainstreamEnd, facts.extendedEnd]) {
        expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
      }
      expect(facts.eksRelease < facts.mainstreamEnd).toBe(true);
      expect(facts.mainstreamEnd < facts.extendedEnd).toBe(true);
    },
  );

  it('gets newer from release to release', () => {
    const lists = (['build', 'eksRelease', 'extendedEnd'] as const).map((fact) =>
      WINDOWS_SERVER_RELEASES.map((release): string => WINDOWS_SERVERS[release][fact]),
    );
    for (const list of lists) expect(list).toEqual([...new Set(list)].sort());
    const versions = WINDOWS_SERVER_RELEASES.map((one) => WINDOWS_SERVERS[one].earliestKubernetes);
    expect([...versions].sort(compareKubernetesVersions)).toEqual(versions);
  });

  it('has the builds that nodes carry in the label node.kubernetes.io/windows-build', () => {
    const builds = WINDOWS_SERVER_RELEASES.map((release) => WINDOWS_SERVERS[release].build);
    expect(builds).toEqual(['10.0.17763', '10.0.20348', '10.0.26100']);
  });
});

describe('constants of the base AMIs', () => {
  it('are those of the EKS optimized Windows AMIs', () => {
    expect(WINDOWS_EDITIONS).toEqual(['Core', 'Full']);
    expect([ROOT_VOLUME_GIB.min, ROOT_VOLUME_GIB.max, DEFAULT_ROOT_VOLUME_GIB]).toEqual([
      50, 16_000, 100,
    ]);
    expect(ROOT_DEVICE_NAME).toBe('/dev/sda1');
  });
});

describe('compareKubernetesVersions', () => {
  it('compares minor versions as numbers', () => {
    const versions = ['1.35', '1.9', '1.100', '1.23', '1.0'];
    expect(versions.sort(compareKubernetesVersions)).toEqual([
      '1.0',
      '1.9',
      '1.23',
      '1.35',
      '1.100',
    ]);
    expect(compareKubernetesVersions('1.35', '1.35')).toBe(0);
  });
});

describe('checkKubernetesVersion', () => {
  it.each(['1.0', '1.9', '1.35', '1.100', '1.999', TOKEN])('takes %s', (value) => {
    expect(checkKubernetesVersion(['kubernetesVersion'], value)).toEqual([]);
  });

  it.each([
    '',
    '1',
    '1.',
    '1.035',
    '1.1000',
    '1.35.0',
    'v1.35',
    '2.0',
    '01.35',
    '1.35 ',
    '1.35\n',
    '1.x',
    'latest',
  ])('refuses %j', (value) => {
    expect(checkKubernetesVersion(['kubernetesVersion'], value).map(outline)).toEqual([
      `\`kubernetesVersion\` kubernetes-version: ${JSON.stringify(value)}`,
    ]);
  });
});

describe('checkWindowsServerForKubernetes', () => {
  it.each<[WindowsServer, string]>([
    ['2019', '1.14'],
    ['2019', '1.35'],
    ['2022', '1.23'],
    ['2022', '1.100'],
    ['2025', '1.35'],
    ['2025', '1.36'],
  ])('takes Windows Server %s on Kubernetes %s', (server, version) => {
    expect(checkWindowsServerForKubernetes(['server'], server, version)).toEqual([]);
  });

  it.each<[WindowsServer, string, string]>([
    ['2019', '1.13', '1.14'],
    ['2019', '1.2', '1.14'],
    ['2022', '1.22', '1.23'],
    ['2025', '1.34', '1.35'],
  ])('refuses Windows Server %s on Kubernetes %s', (server, version, earliest) => {
    const problems = checkWindowsServerForKubernetes(['group', 'server'], server, version);
    expect(problems.map(outline)).toEqual([
      `\`group.server\` windows-server-for-kubernetes: "${server}"`,
    ]);
    expect(problems.map(adviceOf)).toEqual([
      `Windows Server ${server} needs Kubernetes ${earliest} or newer`,
    ]);
  });

  it('passes when only Terraform knows one of the two', () => {
    expect(checkWindowsServerForKubernetes(['server'], tokenAs(), '1.1')).toEqual([]);
    expect(checkWindowsServerForKubernetes(['server'], '2025', TOKEN)).toEqual([]);
  });
});

describe('checkAmiRelease', () => {
  const texts = (release: string, version = '1.35') =>
    checkAmiRelease(['release'], release, version).map(outline);

  it.each([
    ['latest', '1.35'],
    ['1.35-2026.04.18', '1.35'],
    ['1.35-2026-01-22', '1.35'],
    ['1.28-2023-09.27', '1.28'],
    ['1.9-2026.04.18', '1.9'],
    [TOKEN, '1.35'],
    ['1.35-2026.04.18', TOKEN],
    ['latest', TOKEN],
  ])('takes %s for Kubernetes %s', (release, version) => {
    expect(texts(release, version)).toEqual([]);
  });

  it.each([
    '',
    'Latest',
    '1.35',
    '2026.04.18',
    '1.35-2026.4.18',
    '1.35-26.04.18',
    '1.35-2026/04/18',
    '1.35_2026.04.18',
    'v1.35-2026.04.18',
    '1.35-2026.04.18 ',
    '1.35-2026.04.18-1',
    '2.35-2026.04.18',
  ])('refuses %j', (release) => {
    expect(texts(release)).toEqual([`\`release\` ami-release: ${JSON.stringify(release)}`]);
    // An unknown version does not excuse the form of the release.
    expect(texts(release, TOKEN)).toHaveLength(1);
  });

  it.each(['1.34-2026.04.18', '1.3-2026.04.18', '1.350-2026.04.18'])(
    'refuses %s for Kubernetes 1.35',
    (release) => {
      expect(texts(release)).toEqual([`\`release\` release-of-another-version: "${release}"`]);
    },
  );
});

describe('AMI names', () => {
  const table = WINDOWS_SERVER_RELEASES.flatMap((server) =>
    WINDOWS_EDITIONS.map((edition): [WindowsServer, WindowsEdition] => [server, edition]),
  );

  it('covers every release in every edition', () => {
    expect(table).toHaveLength(6);
  });

  it.each(table)('names the SSM parameter of %s %s', (server, edition) => {
    expect(eksWindowsAmiParameterName({ kubernetesVersion: '1.35', server, edition })).toBe(
      `/aws/service/ami-windows-latest/Windows_Server-${server}-English-${edition}-EKS_Optimized-1.35/image_id`,
    );
  });

  it.each(table)('names the dated AMI of %s %s', (server, edition) => {
    const choice = { kubernetesVersion: '1.35', server, edition };
    expect(eksWindowsAmiName(choice, '1.35-2026.04.18')).toBe(
      `Windows_Server-${server}-English-${edition}-EKS_Optimized-1.35-2026.04.18`,
    );
  });

  it('writes the Kubernetes version once, also when only Terraform knows it', () => {
    const choice = { kubernetesVersion: TOKEN, server: '2022', edition: 'Core' } as const;
    expect(eksWindowsAmiName(choice, '1.9-2026.04.18')).toBe(
      'Windows_Server-2022-English-Core-EKS_Optimized-1.9-2026.04.18',
    );
  });
});
