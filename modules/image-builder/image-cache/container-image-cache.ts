import { Token } from 'cdktf';
import {
  checkEach,
  checkListLength,
  numberText,
  type Path,
  type Problem,
  problem,
  REFERENCE,
} from '../../core';
import {
  checkedBy,
  checkSettings,
  freeText,
  integer,
  map,
  type SettingProps,
  setting,
} from '../../settings';
import type { WindowsServer } from '../../windows-base';
import type { ComponentDocument } from '../components/document/component-document';
import {
  MAX_INLINE_DOCUMENT_CHARACTERS,
  renderComponentDocument,
} from '../components/document/component-document-yaml';
import {
  type ContainerImage,
  MAX_REFERENCE_LENGTH,
  parseContainerImage,
  parseEcrRegistry,
} from './container-image';
import { renderPullScript, renderVerifyScript } from './container-image-cache-scripts';
import { checkContainerImage, checkUniqueContainerImages } from './container-image-checks';
import { checkRegistryCredentials } from './registry-credentials';

/** How long the pulls of one document may take: Windows images take minutes each to unpack. */
const PULL_TIMEOUT_SECONDS = 14_400;

/** How container images are put into an AMI. */
export const IMAGE_CACHE_SETTINGS = {
  /**
   * Registries of cached images that need a login: host, and the ARN of a secret in AWS Secrets
   * Manager with `username` and `password`. Private Amazon ECR needs none: the build role is the
   * login there.
   * @default - other registries are read anonymously
   */
  registryCredentials: setting(checkedBy(map(freeText(), freeText())), {
    about: 'Registries that need a login, each with the ARN of its secret in AWS Secrets Manager',
    otherwise: 'none',
    change: 'builds',
  }),
  /**
   * GiB of the system drive that have to stay free when all images are in, for the operating system
   * and for what the pods write. The build fails before it goes below. 1 to 16,000.
   * @default 10
   */
  minimumFreeGiB: setting(integer({ min: 1, max: 16_000 }), {
    about: 'GiB of the root volume that have to stay free with all images, or the build fails',
    default: 10,
    change: 'builds',
  }),
};

/** Which container images to put into an AMI, and how to get them. */
export interface ContainerImageCache extends SettingProps<typeof IMAGE_CACHE_SETTINGS> {
  /** Image references with a tag or a digest. Order does not matter. */
  readonly images: readonly string[];
  /**
   * The Windows Server of the AMI: tags that name another one are refused.
   * @default - only the build tells
   */
  readonly windowsServer?: WindowsServer | undefined;
}

/** What is wrong with a cache. Its images, and so their number, have to be known. */
export function checkContainerImageCache(path: Path, cache: ContainerImageCache): Problem[] {
  const { images, windowsServer, registryCredentials } = cache;
  const list = [...path, 'images'];
  if (Token.isUnresolved(images)) {
    const rule = 'be a list that is known when the stack is built';
    return [
      problem(
        'image-cache-too-long',
        list,
        rule,
        REFERENCE,
        'write the images; each may be a reference',
      ),
    ];
  }
  return [
    ...checkListLength(list, images, { min: 1 }),
    ...checkEach(list, images, (one, image) => checkContainerImage(one, image, windowsServer)),
    ...checkUniqueContainerImages(list, images),
    ...(registryCredentials === undefined
      ? []
      : checkRegistryCredentials([...path, 'registryCredentials'], registryCredentials, images)),
    ...checkSettings(IMAGE_CACHE_SETTINGS, cache, path),
  ];
}

/**
 * Components that pull container images into an AMI, so that a node does not have to: each image
 * is pulled into the name space that the kubelet uses, pinned against its image garbage collection,
 * and checked on the build instance and again on a fresh instance of the finished AMI.
 *
 * One document has room for 50 to 80 images; more are spread over several, in the order of their
 * names. Each measures the free space for its own images. The same images always make the same
 * documents.
 *
 * Private Amazon ECR registries are logged in to with the build instance's role, others with a
 * secret that the instance reads. A password exists in the memory of that instance only, and in
 * the command line of `ctr` while it runs.
 *
 * Not tried on a live build instance: that containerd is installed as the service `containerd` and
 * that `ctr` is on the path of the EKS optimized Windows AMI is taken from AWS's own samples.
 */
export function containerImageCacheDocuments(
  cache: ContainerImageCache,
): readonly ComponentDocument[] {
  const groups = splitImages(cache, sortedImages(cache.images));
  return groups.map((images, index) => buildDocument(cache, images, index));
}

/** In one order whatever the order of the list is: a reordered list is no new AMI. */
function sortedImages(references: readonly string[]): readonly ContainerImage[] {
  const images = references.map((reference): [string, ContainerImage] => {
    // Only Terraform knows it: no registry can be read from it, so it goes through as it is.
    const unknown = { registry: '', repository: reference, name: reference };
    const image = parseContainerImage(reference) ?? unknown;
    return [image.name, image];
  });
  return [...new Map(images).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Fills one document after the other. Where a list is cut moves when an image is added before;
 * that costs nothing, because a changed list makes a new recipe and a new AMI in any case.
 */
function splitImages(
  cache: ContainerImageCache,
  images: readonly ContainerImage[],
): readonly (readonly ContainerImage[])[] {
  const room = MAX_INLINE_DOCUMENT_CHARACTERS - fixedLength(cache, images);
  const groups: ContainerImage[][] = [];
  let left = 0;
  for (const image of images) {
    const group = groups.at(-1) ?? [];
    const length = addedLength(cache, image, group);
    if (groups.length > 0 && length <= left) {
      group.push(image);
      left -= length;
    } else {
      groups.push([image]);
      left = room - addedLength(cache, image, []);
    }
  }
  return groups;
}

/** Length of a document with all scripts that the list needs; the number in its name is long. */
function fixedLength(cache: ContainerImageCache, images: readonly ContainerImage[]): number {
  const sample = images.find((image) => hasLogin(cache, image)) ?? images[0];
  return renderComponentDocument(buildDocument(cache, sample === undefined ? [] : [sample], 9_999))
    .length;
}

const hasLogin = ({ registryCredentials = {} }: ContainerImageCache, image: ContainerImage) =>
  registryCredentials[image.registry] !== undefined ||
  parseEcrRegistry(image.registry) !== undefined;

/** The longest of each, for what only Terraform knows yet; of the Region, anything is shorter. */
const MAX_LENGTH = { image: MAX_REFERENCE_LENGTH, secretArn: 600, region: 20 } as const;

const knownLength = (text: string, max: number): number =>
  Token.isUnresolved(text) ? Math.max(text.length, max) : text.length;

/** A line of a script in the YAML: what is written in quotes, the indentation and the line end. */
const lineLength = (...texts: readonly number[]): number =>
  texts.reduce((sum, length) => sum + length + 6, 16);

/** What an image adds at most: a line in the list, and the login of a registry new to the group. */
function addedLength(
  cache: ContainerImageCache,
  image: ContainerImage,
  group: readonly ContainerImage[],
): number {
  const { name, registry } = image;
  const line = lineLength(knownLength(name, MAX_LENGTH.image));
  if (!hasLogin(cache, image) || group.some((one) => one.registry === registry)) return line;
  const secret = knownLength(cache.registryCredentials?.[registry] ?? '', MAX_LENGTH.secretArn);
  return line + lineLength(registry.length, Math.max(secret, MAX_LENGTH.region));
}

function buildDocument(
  cache: ContainerImageCache,
  images: readonly ContainerImage[],
  index: number,
): ComponentDocument {
  const { registryCredentials = {}, minimumFreeGiB = IMAGE_CACHE_SETTINGS.minimumFreeGiB.default } =
    cache;
  const name = `ContainerImageCache${index === 0 ? '' : `-${index + 1}`}`;
  const pull = renderPullScript({
    name,
    images: images.map((image) => image.name),
    registries: [...new Set(images.map((image) => image.registry))],
    credentials: registryCredentials,
    minimumFreeGiB: numberText(minimumFreeGiB),
  });
  const pullStep = {
    name: 'PullContainerImages',
    action: 'ExecutePowerShell',
    timeoutSeconds: PULL_TIMEOUT_SECONDS,
    inputs: { commands: [pull] },
  } as const;
  const verifyStep = {
    name: 'VerifyContainerImages',
    action: 'ExecutePowerShell',
    timeoutSeconds: 600,
    inputs: { commands: [renderVerifyScript(name)] },
  } as const;
  return {
    name,
    description: 'Pulls container images into containerd, pins and verifies them',
    phases: [
      { name: 'build', steps: [pullStep] },
      { name: 'validate', steps: [verifyStep] },
      { name: 'test', steps: [verifyStep] },
    ],
  };
}
