import {
  dataVolumeSchema,
  notificationsSchema,
  placementSchema,
  rootVolumeSchema,
  workflowSchema,
} from '../../environment/schema/image/image-schema';
import { type Path, type Problem, problem } from '../../modules/core';
import {
  checkBuildPlacement,
  checkBuildWorkflow,
  checkContainerImage,
  checkDataVolume,
  checkPullThroughCachePrefixes,
  checkRegistryCredentials,
  checkRootVolume,
  checkUniqueContainerImages,
  parseContainerImage,
} from '../../modules/image-builder/checks';
import { checkComponents } from './component-rules';
import { checkRepetition, standIns, withoutWrongValues } from './list-rules';
import type { ImageParts, Parts } from './parts';

const at = (...path: Path): Path => ['image', ...path];

/**
 * The rules on more than one value of the image. What is checked as a whole waits until each part
 * of it is right by itself, so that no consequence of a problem is reported.
 */
export function checkImage(parts: Parts): Problem[] {
  const { image = {}, windows } = parts;
  return [
    ...checkBase(image, windows),
    ...checkCachedImages(image, windows),
    ...checkRegistries(image),
    ...checkPrefixes(image),
    ...checkComponents(parts),
    ...checkVolumes(image),
    ...checkRetention(image),
    ...checkPlacement(image),
    ...checkNotifications(image),
    ...checkWorkflows(image),
    ...checkRepetition(at('instanceTypes'), image.instanceTypes),
    ...checkRepetition(at('network', 'securityGroupIds'), image.network?.securityGroupIds),
    ...checkRepetition(at('notifications', 'states'), image.notifications?.states),
    ...checkRepetition(at('notifications', 'emails'), image.notifications?.emails),
    ...checkRepetition(at('kmsKeyArns'), image.kmsKeyArns),
    ...checkRepetition(at('pullThroughCachePrefixes'), image.pullThroughCachePrefixes),
    ...checkComponentFiles(image),
  ];
}

function checkBase(image: ImageParts, windows: Parts['windows']): Problem[] {
  if (image.base !== 'plain-windows' || windows?.release === undefined) return [];
  if (windows.release === 'latest') return [];
  const rule = 'be latest with `image.base: plain-windows`';
  const advice = 'releases are those of the EKS optimized AMI';
  return [problem(['windows', 'release'], rule, windows.release, advice)];
}

function checkCachedImages(image: ImageParts, windows: Parts['windows']): Problem[] {
  const { cachedImages = [] } = image;
  const path = at('cachedImages');
  return [
    ...cachedImages.flatMap((reference, index) =>
      reference === undefined
        ? []
        : checkContainerImage([...path, index], reference, windows?.server),
    ),
    ...checkUniqueContainerImages(path, standIns(cachedImages)),
    ...checkSomethingToBuild(path, image),
  ];
}

function checkRegistries({ registryCredentials, cachedImages }: ImageParts): Problem[] {
  // With a wrong image nobody knows which registries are used.
  const images = cachedImages?.flatMap((one) =>
    one === undefined || parseContainerImage(one) === undefined ? [] : [one],
  );
  const allKnown = images?.length === cachedImages?.length;
  if (registryCredentials === undefined || images === undefined || !allKnown) return [];
  const credentials = withoutWrongValues(registryCredentials);
  return checkRegistryCredentials(at('registryCredentials'), credentials, images);
}

function checkPrefixes({ pullThroughCachePrefixes = [] }: ImageParts): Problem[] {
  return pullThroughCachePrefixes.flatMap((prefix, index) =>
    prefix === undefined
      ? []
      : checkPullThroughCachePrefixes([], [prefix]).map(({ message }) => ({
          path: at('pullThroughCachePrefixes', index),
          message,
        })),
  );
}

/** Image Builder takes no recipe without a component. */
function checkSomethingToBuild(path: Path, image: ImageParts): Problem[] {
  const { cachedImages, components, base } = image;
  if (base === 'plain-windows' || cachedImages === undefined || components === undefined) return [];
  if (cachedImages.length + components.length > 0) return [];
  return [problem(path, 'have at least one item when there are no `image.components`', 0)];
}

function checkComponentFiles({ componentFiles = [] }: ImageParts): Problem[] {
  const folders = componentFiles.map((folder) => {
    const { bucket, keyPrefix = '' } = folder ?? {};
    return bucket === undefined ? undefined : [bucket, keyPrefix].join('/');
  });
  return checkRepetition(at('componentFiles'), folders);
}

function checkVolumes({ rootVolumeGiB, rootVolume, dataVolumes = [] }: ImageParts): Problem[] {
  const root = rootVolumeSchema.safeParse(rootVolume).data;
  return [
    ...(rootVolumeGiB === undefined || root === undefined
      ? []
      : checkRootVolume(at('rootVolume'), rootVolumeGiB, root)),
    ...dataVolumes.flatMap((volume, index) => {
      const data = dataVolumeSchema.safeParse(volume).data;
      return data === undefined ? [] : checkDataVolume(at('dataVolumes', index), data);
    }),
    ...checkRepetition(
      at('dataVolumes'),
      dataVolumes.map((volume) => volume?.deviceName),
    ).map((one) => ({ ...one, path: [...one.path, 'deviceName'] })),
  ];
}

function checkPlacement({ placement }: ImageParts): Problem[] {
  const { data } = placementSchema.safeParse(placement);
  return data === undefined ? [] : checkBuildPlacement(at('placement'), data);
}

function checkRetention({ retention }: ImageParts): Problem[] {
  if (retention === undefined || retention === 'none') return [];
  if (retention.keep === undefined || retention.older !== undefined) return [];
  const advice = 'say in `older` what happens to the others';
  return [problem(at('retention', 'keep'), 'stand beside `older`', retention.keep, advice)];
}

function checkNotifications({ notifications }: ImageParts): Problem[] {
  const { data } = notificationsSchema.safeParse(notifications);
  if (data === undefined || (data.topicArn === undefined) !== (data.emails === undefined))
    return [];
  const found = data.topicArn === undefined ? undefined : 'both';
  return [problem(at('notifications'), 'have either topicArn or emails', found)];
}

function checkWorkflows({ workflows = [] }: ImageParts): Problem[] {
  return workflows.flatMap((workflow, index) => {
    const { data } = workflowSchema.safeParse(workflow);
    return data === undefined ? [] : checkBuildWorkflow(at('workflows', index), data);
  });
}
