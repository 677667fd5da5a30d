import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { checkContainerImage } from '../../../../modules/image-builder/image-cache/container-image-checks';
import type { WindowsServer } from '../../../../modules/windows-base';
import { adviceOf, outline } from '../../../support/problem';

const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('checkContainerImage', () => {
  const found = (reference: string, server?: WindowsServer) =>
    checkContainerImage(['cachedImages', 0], reference, server);
  const texts = (reference: string, server?: WindowsServer) =>
    found(reference, server).map(outline);

  it.each<[string, WindowsServer | undefined]>([
    ['mcr.microsoft.com/windows/servercore:ltsc2022', undefined],
    ['mcr.microsoft.com/windows/servercore:ltsc2022', '2022'],
    ['mcr.microsoft.com/dotnet/framework/aspnet:4.8.1-windowsservercore-ltsc2025', '2025'],
    ['mcr.microsoft.com/oss/kubernetes/pause:3.9', '2019'],
    [`nginx@${DIGEST}`, '2022'],
    [`mcr.microsoft.com/windows/nanoserver:ltsc2022@${DIGEST}`, '2022'],
    [Fn.upper('a'), '2022'],
    ['r.io/a:1809', '2022'],
    ['r.io/a:ltsc2019-ltsc2022', '2022'],
    [`${Fn.upper('a')}/app:ltsc2019`, '2022'],
  ])('takes %s on Windows Server %s', (reference, server) => {
    expect(texts(reference, server)).toEqual([]);
  });

  it('takes any tag when only Terraform knows the Windows Server', () => {
    expect(texts('r.io/a:ltsc2019', Fn.upper('a') as WindowsServer)).toEqual([]);
  });

  it('refuses what is no reference', () => {
    expect(texts('https://example.com/app:1')).toEqual([
      '`cachedImages[0]` image-reference: "https://example.com/app:1"',
    ]);
  });

  it('refuses a reference without tag and digest', () => {
    expect(texts('mcr.microsoft.com/windows/servercore', '2022')).toEqual([
      '`cachedImages[0]` image-tag: "mcr.microsoft.com/windows/servercore"',
    ]);
  });

  it.each<[string, WindowsServer, string, string]>([
    ['ltsc2016', '2022', '2016', 'ltsc2022'],
    ['8.0-nanoserver-1809', '2022', '2019', 'ltsc2022'],
    ['windowsservercore-20H2', '2022', 'version 20H2', 'ltsc2022'],
    ['ltsc2019', '2022', '2019', 'ltsc2022'],
    ['4.8-windowsservercore-ltsc2022', '2019', '2022', 'ltsc2019'],
    ['ltsc2022-amd64', '2025', '2022', 'ltsc2025'],
    [`ltsc2025@${DIGEST}`, '2022', '2025', 'ltsc2022'],
    ['10.0.17763.6414', '2022', '2019', 'ltsc2022'],
    ['3.9-windows-10.0.20348-amd64', '2025', '2022', 'ltsc2025'],
  ])('refuses the tag %s on Windows Server %s', (tag, server, built, wanted) => {
    expect(texts(`r.io/a:${tag}`, server)).toEqual([
      `\`cachedImages[0]\` image-release: "r.io/a:${tag}"`,
    ]);
    expect(found(`r.io/a:${tag}`, server).map(adviceOf)).toEqual([
      `the tag is for Windows Server ${built}; take its sibling for ${wanted}`,
    ]);
  });
});
