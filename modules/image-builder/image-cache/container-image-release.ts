import type { WindowsServer } from '../../windows-base';
import { WINDOWS_SERVER_RELEASES, WINDOWS_SERVERS } from '../../windows-base/windows-server';
import type { ContainerImage } from './container-image';

/** How the tags of images spell a release of Windows. */
interface ReleaseInTags {
  /** Reads after "Windows Server": `2016`, `version 20H2`. */
  readonly release: string;
  readonly build: string;
  readonly names: readonly string[];
}

/**
 * Releases without an EKS optimized AMI, of which there still are images.
 * @see https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/base-image-lifecycle
 */
const OTHER_RELEASES: readonly ReleaseInTags[] = [
  { release: '2016', build: '10.0.14393', names: ['ltsc2016', 'sac2016', '1607'] },
  { release: 'version 1709', build: '10.0.16299', names: ['1709'] },
  { release: 'version 1803', build: '10.0.17134', names: ['1803'] },
  { release: 'version 1903', build: '10.0.18362', names: ['1903'] },
  { release: 'version 1909', build: '10.0.18363', names: ['1909'] },
  { release: 'version 2004', build: '10.0.19041', names: ['2004'] },
  { release: 'version 20H2', build: '10.0.19042', names: ['20h2'] },
  { release: 'version 23H2', build: '10.0.25398', names: ['23h2'] },
];

/** Windows Server 2019 goes by its version number as well. */
const OTHER_NAMES: Partial<Record<WindowsServer, string>> = { '2019': '1809' };

const EKS_RELEASES: readonly ReleaseInTags[] = WINDOWS_SERVER_RELEASES.map((release) => {
  const { build, imageTag } = WINDOWS_SERVERS[release];
  return { release, build, names: [imageTag, OTHER_NAMES[release] ?? imageTag] };
});

/**
 * The releases of Windows Server that a tag names, such as 2019 for
 * `4.8-windowsservercore-ltsc2019`: `2019`, `2016`, `version 20H2`.
 */
export function windowsReleasesOfTag(image: ContainerImage): readonly string[] {
  const tag = (image.tag ?? '').toLowerCase();
  const parts = tag.split(/[-_]/);
  const windows = saysWindows(image);
  const names = (name: string): boolean => {
    if (name.startsWith('ltsc')) return tag.includes(name);
    // 1809 and 2004 may as well be someone's build number.
    return parts.includes(name) && (windows || /[a-z]/.test(name));
  };
  return [...EKS_RELEASES, ...OTHER_RELEASES].flatMap(({ release, build, names: spellings }) =>
    tag.includes(build) || spellings.some(names) ? [release] : [],
  );
}

/** Whether a bare version number in the tag is one of Windows. */
function saysWindows({ registry, repository, tag = '' }: ContainerImage): boolean {
  return (
    /windows|servercore|nanoserver/i.test(tag) ||
    (registry === 'mcr.microsoft.com' && repository.startsWith('windows/')) ||
    /(?:^|\/)(?:windowsservercore|servercore|nanoserver)$/.test(repository)
  );
}
