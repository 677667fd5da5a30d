import { posix } from 'node:path';
import type { Construct } from 'constructs';
import type { ComponentDocuments } from '../environment/component-documents';
import { imageName } from '../environment/names';
import type { Environment } from '../environment/schema/environment-schema';
import { IMAGE_CACHE } from '../environment/schema/image/component-schema';
import {
  amazonManagedComponent,
  type ComponentStorage,
  componentFromArn,
  DocumentComponents,
  type RecipeComponent,
} from '../modules';

type Image = Environment['image'];
type ListedComponent = Image['components'][number];

/** The components of an image, on both sides of its image cache. */
export interface EnvironmentComponents {
  readonly components: readonly RecipeComponent[];
  readonly componentsAfterCache: readonly RecipeComponent[];
}

/** Makes what an environment lists. The image cache runs last, unless the list says where. */
export function environmentComponents(
  scope: Construct,
  environment: Environment,
  documents: ComponentDocuments,
): EnvironmentComponents {
  const { components: listed } = environment.image;
  const place = listed.indexOf(IMAGE_CACHE);
  const [before, after] =
    place < 0 ? [listed, []] : [listed.slice(0, place), listed.slice(place + 1)];
  const make = (component: ListedComponent): readonly RecipeComponent[] =>
    makeComponents(scope, environment, component, documents);
  return { components: before.flatMap(make), componentsAfterCache: after.flatMap(make) };
}

function makeComponents(
  scope: Construct,
  environment: Environment,
  component: ListedComponent,
  documents: ComponentDocuments,
): readonly RecipeComponent[] {
  const { region } = environment;
  if (typeof component === 'string') return [amazonManagedComponent({ name: component, region })];
  const { file, amazonManaged, arn = '', version, whenTooLong, parameters } = component;
  if (amazonManaged !== undefined) {
    return [amazonManagedComponent({ name: amazonManaged, region, version, parameters })];
  }
  if (file === undefined) return [componentFromArn({ arn, parameters })];
  const document = documents[file];
  if (document === undefined) throw new Error(`bug: ${file} was not read`);
  const { name } = posix.parse(file);
  return new DocumentComponents(scope, `Component-${name}`, {
    name: `${imageName(environment)}-${name}`,
    document,
    whenTooLong: whenTooLong === 'bucket' ? storage(environment.image) : whenTooLong,
    parameters,
    tags: environment.tags,
  }).components;
}

function storage({ componentBucket }: Image): ComponentStorage | undefined {
  if (componentBucket === undefined) return undefined;
  const { bucket, keyPrefix } = componentBucket;
  return { bucket, keyPrefix: keyPrefix === undefined ? undefined : `${keyPrefix}/` };
}
