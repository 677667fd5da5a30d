import { describe, expect, it } from '@jest/globals';
import { parseContainerImage } from '../../../../modules/image-builder/image-cache/container-image';
import { windowsReleasesOfTag } from '../../../../modules/image-builder/image-cache/container-image-release';

const releases = (reference: string): readonly string[] => {
  const image = parseContainerImage(reference);
  return image === undefined ? ['malformed'] : windowsReleasesOfTag(image);
};

describe('windowsReleasesOfTag', () => {
  it.each([
    ['mcr.microsoft.com/windows/servercore:ltsc2022', '2022'],
    ['mcr.microsoft.com/windows/servercore:ltsc2025-amd64', '2025'],
    ['r.io/app:4.8-windowsservercore-ltsc2019', '2019'],
    ['r.io/app:LTSC2022', '2022'],
    ['r.io/app:1.0-LTSC2016', '2016'],
    ['r.io/app:10.0.20348.2700', '2022'],
    ['r.io/app:3.9-windows-10.0.26100-amd64', '2025'],
    ['r.io/app:10.0.14393.1', '2016'],
    ['mcr.microsoft.com/windows/nanoserver:1809', '2019'],
    ['mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022', '2022'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-1809', '2019'],
    ['r.io/app:v1-windows-1809-amd64', '2019'],
    ['r.io/base/nanoserver:1909', 'version 1909'],
    ['r.io/base/servercore:2004-amd64', 'version 2004'],
    ['r.io/app:nanoserver-1803', 'version 1803'],
    ['r.io/app:windowsservercore_1709', 'version 1709'],
    ['r.io/app:1.0-20H2', 'version 20H2'],
    ['mcr.microsoft.com/windows/servercore:20h2', 'version 20H2'],
    ['r.io/app:23H2', 'version 23H2'],
    ['r.io/app:windowsservercore-1607', '2016'],
    ['r.io/app:nanoserver-sac2016', '2016'],
  ])('reads from %s Windows Server %s', (reference, release) => {
    expect(releases(reference)).toEqual([release]);
  });

  it.each([
    'mcr.microsoft.com/oss/kubernetes/pause:3.9',
    'r.io/app:1809',
    'r.io/app:build-2004',
    'r.io/team/windows/app:1909',
    'r.io/windows-app:1809',
    'mcr.microsoft.com/dotnet/aspnet:8.0',
    'r.io/app:windows-18091',
    'r.io/app:nanoserver-1.1809',
    `r.io/servercore@sha256:${'0'.repeat(64)}`,
  ])('reads no release from %s', (reference) => {
    expect(releases(reference)).toEqual([]);
  });

  it('reads all of a tag that names several', () => {
    expect(releases('r.io/app:ltsc2019-ltsc2022')).toEqual(['2019', '2022']);
  });
});
