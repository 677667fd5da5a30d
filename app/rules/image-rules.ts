import { Token } from 'cdktf';
import type { Environment } from '../../environment/schema/environment-schema';
import { checkKeep } from '../../modules/ami-retention/checks';
import {
  checkEach,
  checkUnique,
  type Path,
  type Problem,
  problem,
  problemsAt,
} from '../../modules/core';
import {
  BUILD_PLACEMENT,
  BUILD_WORKFLOW,
  checkContainerImage,
  checkReceivers,
  checkRegistryCredentials,
  checkRootVolume,
  checkUniqueContainerImages,
  DATA_VOLUME,
} from '../../modules/image-builder/checks';
import { checkComponents } from './component-rules';

type Image = Environment['image'];

const at = (...path: Path): Path => ['image', ...path];

/** The rules on more than one value of the image. */
export function checkImage(environment: Environment): Problem[] {
  const { image, windows } = environment;
  return [
    ...checkBase(environment),
    ...checkEach(at('cachedImages'), image.cachedImages, (path, reference) =>
      checkContainerImage(path, reference, windows.server),
    ),
    ...checkUniqueContainerImages(at('cachedImages'), image.cachedImages),
    ...checkSomethingToBuild(at('cachedImages'), image),
    ...checkRegistries(at('registryCredentials'), image),
    ...checkComponents(environment),
    ...checkVolumes(image),
    ...checkRetention(image),
    ...(image.placement === undefined
      ? []
      : BUILD_PLACEMENT.check(at('placement'), image.placement)),
    ...checkNotifications(image),
    ...checkEach(at('workflows'), image.workflows ?? [], BUILD_WORKFLOW.check),
    ...checkComponentFiles(at('componentFiles'), image),
  ];
}

function checkBase({ image, windows: { release } }: Environment): Problem[] {
  if (image.base !== 'plain-windows' || Token.isUnresolved(release) || release === 'latest') {
    return [];
  }
  const rule = 'be latest with `image.base: plain-windows`';
  const advice = 'releases are those of the EKS optimized AMI';
  return [problem('release-of-plain-windows', ['windows', 'release'], rule, release, advice)];
}

function checkRegistries(path: Path, { registryCredentials, cachedImages }: Image): Problem[] {
  return registryCredentials === undefined
    ? []
    : checkRegistryCredentials(path, registryCredentials, cachedImages);
}

/** Image Builder takes no recipe without a component. */
function checkSomethingToBuild(path: Path, { cachedImages, components, base }: Image): Problem[] {
  if (base === 'plain-windows' || cachedImages.length + components.length > 0) return [];
  return [
    problem(
      'something-to-build-in-file',
      path,
      'have at least one item when there are no `image.components`',
      0,
    ),
  ];
}

function checkComponentFiles(path: Path, { componentFiles = [] }: Image): Problem[] {
  const folders = componentFiles.map(({ bucket, keyPrefix = '' }) => `${bucket}/${keyPrefix}`);
  return checkUnique(path, folders);
}

function checkVolumes({ rootVolumeGiB, rootVolume, dataVolumes = [] }: Image): Problem[] {
  const names = dataVolumes.map(({ deviceName }) => deviceName);
  return [
    ...(rootVolume === undefined
      ? []
      : checkRootVolume(at('rootVolume'), rootVolumeGiB, rootVolume)),
    ...checkEach(at('dataVolumes'), dataVolumes, DATA_VOLUME.check),
    ...checkUnique(at('dataVolumes'), names).map((one) => ({
      ...one,
      path: [...one.path, 'deviceName'],
    })),
  ];
}

function checkRetention({ retention }: Image): Problem[] {
  if (retention === undefined || typeof retention === 'string') return [];
  return problemsAt(at('retention'), checkKeep(retention));
}

function checkNotifications({ notifications }: Image): Problem[] {
  if (notifications === undefined) return [];
  return problemsAt(at('notifications'), checkReceivers(notifications));
}
