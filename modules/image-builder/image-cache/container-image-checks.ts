import { Token } from 'cdktf';
import { checkUnique, type Path, type Problem, problem } from '../../core';
import type { WindowsServer } from '../../windows-base';
import { WINDOWS_SERVERS } from '../../windows-base/windows-server';
import { parseContainerImage } from './container-image';
import { windowsReleasesOfTag } from './container-image-release';

/**
 * A reference that can be cached on this Windows Server release: well formed, with a tag or a
 * digest, and not of a tag that is built for another release (Windows containers share the kernel
 * of the host, so containerd finds no matching platform). A tag that names no release passes; the
 * build looks into its manifest.
 * @see https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility
 */
export function checkContainerImage(
  path: Path,
  reference: string,
  server?: WindowsServer,
): Problem[] {
  if (Token.isUnresolved(reference)) return [];
  const image = parseContainerImage(reference);
  if (image === undefined) {
    const rule = 'be an image reference such as mcr.microsoft.com/windows/servercore:ltsc2022';
    return [problem('image-reference', path, rule, reference)];
  }
  if (image.tag === undefined && image.digest === undefined) {
    const advice = 'add the tag or digest that the pods use';
    return [problem('image-tag', path, 'name a tag or a digest', reference, advice)];
  }
  if (server === undefined || Token.isUnresolved(server)) return [];
  const built = windowsReleasesOfTag(image);
  if (built.length === 0 || built.includes(server)) return [];
  const rule = `be an image for Windows Server ${server}`;
  const sibling = WINDOWS_SERVERS[server].imageTag;
  const advice = `the tag is for Windows Server ${built[0]}; take its sibling for ${sibling}`;
  return [problem('image-release', path, rule, reference, advice)];
}

/** Images named twice, also when once with the registry and once without. */
export function checkUniqueContainerImages(path: Path, references: readonly string[]): Problem[] {
  if (Token.isUnresolved(references)) return [];
  const names = references.map((reference) => parseContainerImage(reference)?.name ?? reference);
  return checkUnique(path, names);
}
