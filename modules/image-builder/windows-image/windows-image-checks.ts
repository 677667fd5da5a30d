import { checkEach, checkKnownKeys, checkText, type Path, type Problem, problem } from '../../core';
import { checkSettings } from '../../settings';
import { checkKubernetesVersion } from '../../windows-base/windows-server';
import { checkDistributionTargets } from '../distribution/distribution-checks';
import { checkEncryptedImageTargets } from '../distribution/encrypted-sharing';
import { checkParameterName } from '../distribution/ssm-parameter-name';
import { hasEncryptedVolume } from '../image/image-volume';
import { checkParentImage } from '../image/parent-image';
import {
  checkContainerImage,
  checkUniqueContainerImages,
} from '../image-cache/container-image-checks';
import { checkRegistryCredentials } from '../image-cache/registry-credentials';
import type { WindowsImageProps } from './windows-image-props';
import { WINDOWS_IMAGE_SETTINGS } from './windows-image-settings';

/**
 * What is wrong with an image as a whole, and what its parts would report under other names than
 * these props have. The rest is checked by the parts.
 */
export function checkWindowsImage(path: Path, props: WindowsImageProps): Problem[] {
  const { amiParameterName, kubernetesVersion } = props;
  const name = {
    id: 'windows-image-name',
    pattern: /^[a-z][a-z0-9-]{1,46}[a-z0-9]$/,
    rule: 'be 3 to 48 lower-case letters, digits and dashes, beginning with a letter',
  };
  return [
    ...checkText([...path, 'name'], props.name, name),
    ...checkBaseImage([...path, 'baseImage'], props.baseImage),
    ...(kubernetesVersion === undefined
      ? []
      : checkKubernetesVersion([...path, 'kubernetesVersion'], kubernetesVersion)),
    ...checkCachedImages(path, props),
    ...checkSomethingToBuild([...path, 'cachedImages'], props),
    ...checkSettings(WINDOWS_IMAGE_SETTINGS, props, path),
    ...checkTargets([...path, 'distribution', 'targets'], props),
    ...(amiParameterName === undefined
      ? []
      : checkParameterName([...path, 'amiParameterName'], amiParameterName)),
    // Tags of our own are added to these.
    ...checkKnownKeys([...path, 'tags'], props.tags),
  ];
}

function checkBaseImage(path: Path, baseImage: string): Problem[] {
  const problems = checkParentImage(path, baseImage);
  if (problems.length > 0) return problems;
  // The execution role is allowed to read it in this account and Region, in whatever version.
  return checkText(path, baseImage, {
    id: 'base-parameter',
    pattern: /^(?!ssm:[^:]*:).*$/,
    rule: 'name an SSM parameter by its name alone, without ARN and version',
  });
}

function checkCachedImages(path: Path, props: WindowsImageProps): Problem[] {
  const { cachedImages = [], registryCredentials, windowsServer } = props;
  const images = [...path, 'cachedImages'];
  const credentials = [...path, 'registryCredentials'];
  return [
    ...checkUniqueContainerImages(images, cachedImages),
    ...checkEach(images, cachedImages, (one, image) =>
      checkContainerImage(one, image, windowsServer),
    ),
    ...(registryCredentials === undefined
      ? []
      : checkRegistryCredentials(credentials, registryCredentials, cachedImages)),
  ];
}

/** Image Builder takes no recipe without a component. */
function checkSomethingToBuild(path: Path, props: WindowsImageProps): Problem[] {
  const { cachedImages = [], components = [], componentsAfterCache = [] } = props;
  const other = components.length + componentsAfterCache.length;
  if (props.eksComponentVersion !== undefined || cachedImages.length + other > 0) return [];
  return [
    problem('something-to-build', path, 'have at least one item when there are no `components`', 0),
  ];
}

function checkTargets(path: Path, props: WindowsImageProps): Problem[] {
  const { distribution, region, rootVolume, dataVolumes = [] } = props;
  const targets = distribution?.targets ?? [];
  if (targets.length === 0) return [];
  return [
    ...checkDistributionTargets(path, targets),
    ...checkEncryptedImageTargets(path, targets, {
      region,
      encrypted: hasEncryptedVolume([rootVolume ?? {}, ...dataVolumes]),
      rootVolumeKmsKeyId: rootVolume?.kmsKeyId,
    }),
    ...checkEach(path, targets, (one, { amiTags }) => checkKnownKeys([...one, 'amiTags'], amiTags)),
  ];
}
