import { posix } from 'node:path';
import type { Environment } from '../../environment/schema/environment-schema';
import { IMAGE_CACHE } from '../../environment/schema/image/component-schema';
import {
  checkEach,
  checkUnique,
  formatPath,
  namedTwice,
  type Path,
  type Problem,
  problem,
} from '../../modules/core';
import {
  checkAmazonManagedComponent,
  checkComponentFromArn,
  checkRecipeComponent,
} from '../../modules/image-builder/checks';
import { checkBaseRoute, EKS_COMPONENT_NAME } from '../../modules/windows-base/checks';

type Image = Environment['image'];
type Component = Image['components'][number];
type ComponentKeys = Exclude<Component, string>;

const COMPONENTS: Path = ['image', 'components'];

/** The rules on components, as far as they do not need the documents. */
export function checkComponents({ image, region }: Environment): Problem[] {
  const { components } = image;
  return [
    ...checkEach(COMPONENTS, components, (path, one) => checkComponent(path, one, image)),
    ...checkEach(COMPONENTS, components, (path, one) => checkSource(path, one, region)),
    ...checkPlaceOfCache(image),
    ...checkEksComponent(image),
    ...checkFileNames(components),
    ...checkNamedOnce(components.map(contentOf)).map((one) => showComponent(one, components)),
  ];
}

/** Reports what is named again; nothing is named by `undefined`. */
function checkNamedOnce(names: readonly (string | undefined)[]): Problem[] {
  return checkUnique(
    COMPONENTS,
    names.map((name, index) => name ?? `component ${index}`),
  );
}

function checkComponent(path: Path, component: Component, image: Image): Problem[] {
  if (typeof component === 'string') return [];
  const sources = (['file', 'amazonManaged', 'arn'] as const).filter(
    (key) => component[key] !== undefined,
  );
  if (sources.length !== 1) {
    const found = sources.length === 0 ? undefined : sources.join(' and ');
    return [
      problem('component-source', path, 'have exactly one of file, amazonManaged and arn', found),
    ];
  }
  return [
    ...onlyWith(path, component, 'version', 'amazonManaged'),
    ...onlyWith(path, component, 'whenTooLong', 'file'),
    ...checkBucket([...path, 'whenTooLong'], component, image),
  ];
}

function onlyWith(
  path: Path,
  component: ComponentKeys,
  key: 'version' | 'whenTooLong',
  source: 'amazonManaged' | 'file',
): Problem[] {
  if (component[key] === undefined || component[source] !== undefined) return [];
  return [
    problem(
      'key-without-its-source',
      [...path, key],
      `be left out without \`${source}\``,
      component[key],
    ),
  ];
}

function checkBucket(path: Path, { whenTooLong, file }: ComponentKeys, image: Image): Problem[] {
  if (whenTooLong !== 'bucket' || file === undefined) return [];
  if (image.componentBucket !== undefined) return [];
  return [
    problem('component-bucket', path, 'have a bucket in `image.componentBucket`', whenTooLong),
  ];
}

/** What the constructs say of a component, at the keys of the file. */
function checkSource(path: Path, component: Component, region: string): Problem[] {
  if (component === IMAGE_CACHE) return [];
  if (typeof component === 'string') {
    return checkAmazonManagedComponent([], { name: component, region }).map((one) => ({
      ...one,
      path,
    }));
  }
  const { file, amazonManaged: name, arn, version, parameters = {} } = component;
  if (name !== undefined) {
    const found = checkAmazonManagedComponent(path, { name, region, version, parameters });
    return [...checkNotCache([...path, 'amazonManaged'], name), ...found.map(atAmazonManaged)];
  }
  // A file has no references, so that no ARN needs the id.
  if (arn !== undefined) return checkComponentFromArn(path, { arn, contentId: '', parameters });
  return file === undefined
    ? []
    : checkRecipeComponent(path, { arn: '', contentId: '', parameters });
}

const atAmazonManaged = (one: Problem): Problem => {
  const { path } = one;
  const isName = path.at(-1) === 'name' && path.length === 4;
  return isName ? { ...one, path: [...path.slice(0, -1), 'amazonManaged'] } : one;
};

function checkNotCache(path: Path, name: string): Problem[] {
  if (name !== IMAGE_CACHE) return [];
  const advice = `write - ${IMAGE_CACHE} without a key`;
  return [
    problem('image-cache-as-component', path, 'be the name of a component of Amazon', name, advice),
  ];
}

function checkPlaceOfCache({ components, cachedImages }: Image): Problem[] {
  const index = components.indexOf(IMAGE_CACHE);
  if (index < 0 || cachedImages.length > 0) return [];
  return [
    problem(
      'image-cache-without-images',
      [...COMPONENTS, index],
      'have images in `image.cachedImages`',
      IMAGE_CACHE,
    ),
  ];
}

/** The parts of EKS are installed once. On a plain Windows the image itself begins with them. */
function checkEksComponent({ components, base }: Image): Problem[] {
  const arns = components.map(arnOf);
  if (base === 'eks-optimized') return checkBaseRoute(COMPONENTS, base, arns);
  if (base !== 'plain-windows') return checkBaseRoute(COMPONENTS, 'own', arns);
  const rule = 'be left out with `image.base: plain-windows`';
  const advice = 'the image begins with it';
  return checkBaseRoute(COMPONENTS, 'eks-optimized', arns).map(({ path }) =>
    problem('eks-component-of-image', path, rule, EKS_COMPONENT_NAME, advice),
  );
}

/** As much of an ARN as tells which component it is. */
function arnOf(component: Component): string {
  if (typeof component === 'object' && component.arn !== undefined) return component.arn;
  const name = typeof component === 'object' ? component.amazonManaged : component;
  return `aws:component/${name ?? ''}`;
}

function checkFileNames(components: readonly Component[]): Problem[] {
  const names = components.map(fileName);
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (name === undefined || first === index) return [];
    const path = [...COMPONENTS, index, 'file'];
    const other = formatPath([...COMPONENTS, first, 'file']);
    const advice = `rename this one or that of \`${other}\`, because components are called after them`;
    const rule = 'have another name than the file of each other component';
    return [problem('component-file-name', path, rule, name, advice)];
  });
}

/** Components are called after their files, in AWS without regard to upper and lower case. */
function fileName(component: Component): string | undefined {
  const file = typeof component === 'object' ? component.file : undefined;
  return file === undefined ? undefined : posix.parse(file).name.toLowerCase();
}

/** The same for components that would do the same; files differ by their names anyhow. */
function contentOf(component: Component): string | undefined {
  const keys = typeof component === 'string' ? { amazonManaged: component } : component;
  const { file, amazonManaged, arn, version = 'x.x.x', parameters = {} } = keys;
  const isWrong = amazonManaged === undefined && arn === undefined;
  if (isWrong || file !== undefined) return undefined;
  return JSON.stringify([amazonManaged, arn, version, Object.entries(parameters).sort()]);
}

/** Shows the component as it stands in the file. */
function showComponent({ path }: Problem, components: readonly Component[]): Problem {
  const component = components[Number(path.at(-1))];
  const found =
    typeof component === 'object' ? (component.amazonManaged ?? component.arn) : component;
  return namedTwice(path, found);
}
