import { describe, expect, it } from '@jest/globals';
import { KEY, TEMPLATE } from '../roles/rendered-policies';
import {
  componentOf,
  type ImageChange,
  PRIVATE_IMAGE,
  PUBLIC_IMAGE,
  recipeVersion,
  synthImage,
} from './windows-image-cases';

const CACHE = '${aws_imagebuilder_component.image_ContainerImageCache_C83A7F09.arn}';
const EKS = 'arn:aws:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.35.x';

const [FIRST, SECOND, LAST] = ['first', 'second', 'last'].map(componentOf);
const someOf = <T>(...items: readonly (T | undefined)[]): readonly T[] =>
  items.filter((item) => item !== undefined);

/** ARNs of the components of the recipe, in the order in which they run. */
const componentArns = (change: ImageChange): unknown => {
  const recipe = synthImage(change).resource('aws_imagebuilder_image_recipe');
  const components = recipe['component'] as readonly { component_arn: string }[];
  return components.map((component) => component.component_arn);
};

describe('the components of a WindowsImage', () => {
  it('are the image cache alone for the smallest image', () => {
    expect(componentArns({})).toEqual([CACHE]);
  });

  it('run in this order: EKS, components, image cache, components after the cache', () => {
    const change = {
      eksComponentVersion: '1.35.x',
      components: someOf(FIRST, SECOND),
      componentsAfterCache: someOf(LAST),
    };
    expect(componentArns(change)).toEqual([EKS, 'arn:first', 'arn:second', CACHE, 'arn:last']);
  });

  it('need no image cache', () => {
    const change = { cachedImages: [], components: someOf(FIRST) };
    expect(componentArns(change)).toEqual(['arn:first']);
    expect(synthImage(change).resources('aws_imagebuilder_component')).toEqual({});
    const after = { cachedImages: undefined, componentsAfterCache: someOf(LAST) };
    expect(componentArns(after)).toEqual(['arn:last']);
  });

  it('are only that of EKS for a plain Windows without anything else', () => {
    const change = { cachedImages: [], eksComponentVersion: '1.35.x' };
    expect(componentArns(change)).toEqual([EKS]);
  });

  it('take the component of EKS from the partition and the Region of the build', () => {
    const change = { region: 'cn-north-1', eksComponentVersion: '1.35.x' };
    expect(componentArns(change)).toEqual([
      'arn:aws-cn:imagebuilder:cn-north-1:aws:component/eks-optimized-ami-windows/1.35.x',
      CACHE,
    ]);
  });

  it('get their parameters in the recipe', () => {
    const component = { ...componentOf('agent'), parameters: { mode: 'quiet' } };
    expect(
      synthImage({ components: [component] }).resource('aws_imagebuilder_image_recipe'),
    ).toEqual(
      expect.objectContaining({
        component: [
          { component_arn: 'arn:agent', parameter: [{ name: 'mode', value: 'quiet' }] },
          { component_arn: CACHE },
        ],
      }),
    );
  });

  it('are several for more images than one component can hold', () => {
    const cachedImages = Array.from(
      { length: 150 },
      (_, index) => `registry.example.com/shop/some-service-with-a-long-name-${index}:1.0.0`,
    );
    const template = synthImage({ cachedImages, componentsAfterCache: someOf(LAST) });
    const components = Object.values(template.resources('aws_imagebuilder_component'));
    const names = components.map(({ name }) => `${name}`).sort();
    expect(names.slice(0, 2)).toEqual([
      'windows-2022-container-image-cache',
      'windows-2022-container-image-cache-2',
    ]);
    const recipe = template.resource('aws_imagebuilder_image_recipe');
    expect(recipe['component']).toHaveLength(names.length + 1);
  });
});

describe('the version of the recipe of a WindowsImage', () => {
  const smallest = recipeVersion({});
  const dataVolumes = [{ deviceName: 'xvdb', sizeGiB: 50 }];
  const withParameter = (value: string): ImageChange => ({
    components: [{ ...componentOf('agent'), parameters: { mode: value } }],
  });

  it.each<[string, ImageChange, ImageChange]>([
    ['another image', {}, { cachedImages: [PUBLIC_IMAGE, PRIVATE_IMAGE] }],
    ['another base', {}, { baseImage: 'ami-89abcdef' }],
    ['a component', {}, { components: someOf(FIRST) }],
    [
      'a component on the other side of the image cache',
      { components: someOf(FIRST) },
      { componentsAfterCache: someOf(FIRST) },
    ],
    [
      'components in another order',
      { components: someOf(FIRST, SECOND) },
      { components: someOf(SECOND, FIRST) },
    ],
    ['another parameter', withParameter('quiet'), withParameter('loud')],
    ['the parts of EKS', {}, { eksComponentVersion: '1.35.x' }],
    [
      'another version of the parts of EKS',
      { eksComponentVersion: '1.34.x' },
      { eksComponentVersion: '1.35.x' },
    ],
    ['another size of the root volume', {}, { rootVolumeGiB: 101 }],
    ['another speed of the root volume', {}, { rootVolume: { iops: 4000 } }],
    ['another key of the root volume', {}, { rootVolume: { kmsKeyId: KEY } }],
    ['a data volume', {}, { dataVolumes }],
    ['another folder', {}, { workingDirectory: 'C:/build' }],
    ['a text to build again', {}, { rebuild: '1' }],
    ['another text to build again', { rebuild: '1' }, { rebuild: '2' }],
  ])('is another one for %s', (_, before, after) => {
    const versions = [recipeVersion(before), recipeVersion(after)];
    expect(new Set(versions).size).toBe(2);
    expect(versions).toEqual([expect.stringMatching(/^1\.0\.\d+$/), expect.any(String)]);
  });

  it.each<[string, ImageChange]>([
    ['other tags', { tags: { team: 'windows' } }],
    ['other instance types', { instanceTypes: ['m7a.2xlarge'] }],
    ['another network', { network: { subnetId: 'subnet-01234567' } }],
    ['a failed instance that stays', { terminateOnFailure: false }],
    [
      'another distribution',
      {
        distribution: {
          amiName: 'shop-{{ imagebuilder:buildDate }}',
          targets: [{ region: 'us-west-2', launchTemplates: [{ id: TEMPLATE }] }],
        },
      },
    ],
    ['another parameter for the AMI', { amiParameterName: '/shop/ami-id' }],
    ['a schedule', { schedule: { cron: 'rate(7 days)' } }],
    ['a check of the Windows version', { windowsServer: '2022' }],
    ['no tests', { tests: false }],
    ['other rights', { permissions: 'managed', kmsKeyArns: [KEY] }],
    ['another retention', { retention: 'none' }],
    ['no build on apply', { buildOnApply: false }],
    ['another time to wait', { timeoutMinutes: 240 }],
    ['another Region', { region: 'eu-west-1' }],
    ['defaults that are written out', { rootVolumeGiB: 100, rootVolume: { type: 'gp3' } }],
  ])('stays for %s', (_, change) => {
    expect(recipeVersion(change)).toBe(smallest);
  });

  it('stays, with the component of the cache, for images in another order', () => {
    const [one, other] = [
      [PUBLIC_IMAGE, PRIVATE_IMAGE],
      [PRIVATE_IMAGE, PUBLIC_IMAGE],
    ].map((cachedImages) => synthImage({ cachedImages }));
    for (const type of ['aws_imagebuilder_component', 'aws_imagebuilder_image_recipe']) {
      expect(one?.resource(type)).toEqual(other?.resource(type));
    }
  });
});
