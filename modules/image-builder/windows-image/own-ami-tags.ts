import { Token } from 'cdktf';
import { AMI_IMAGE_TAG, AMI_KUBERNETES_VERSION_TAG, AMI_WINDOWS_BUILD_TAG } from '../../core';
import { WINDOWS_SERVERS } from '../../windows-base/windows-server';
import type { WindowsImageProps } from './windows-image-props';

/** What the AMIs of an image say about themselves. */
export type OwnAmiTags = Pick<WindowsImageProps, 'name' | 'kubernetesVersion' | 'windowsServer'>;

/** The tags of every AMI of an image, by which retention and `AmiGuard` know it. */
export function ownAmiTags(image: OwnAmiTags): Readonly<Record<string, string>> {
  const { name, kubernetesVersion, windowsServer: server } = image;
  return {
    [AMI_IMAGE_TAG]: name,
    ...(kubernetesVersion === undefined ? {} : { [AMI_KUBERNETES_VERSION_TAG]: kubernetesVersion }),
    ...(server === undefined || Token.isUnresolved(server)
      ? {}
      : { [AMI_WINDOWS_BUILD_TAG]: WINDOWS_SERVERS[server].build }),
  };
}
