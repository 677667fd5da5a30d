import { describe, expect, it } from '@jest/globals';
import { TerraformStack, Testing } from 'cdktf';
import {
  ContainerImageCacheComponents,
  type ContainerImageCacheComponentsProps,
} from '../../../../modules/image-builder';
import { refusedBy } from '../../../support/problem';

const MANY = Array.from(
  { length: 150 },
  (_, index) => `mcr.microsoft.com/shop/service-${index}:42`,
);

interface Template {
  readonly resource?: {
    readonly aws_imagebuilder_component?: Readonly<
      Record<string, { readonly name: string; readonly data: string; readonly version: string }>
    >;
  };
}

function synthesize(props: Partial<ContainerImageCacheComponentsProps>) {
  const stack = new TerraformStack(Testing.app(), 'test');
  const cache = new ContainerImageCacheComponents(stack, 'ContainerImageCache', {
    name: 'shop',
    images: ['nginx:1'],
    ...props,
  });
  const template = JSON.parse(Testing.synth(stack)) as Template;
  const components = Object.entries(template.resource?.aws_imagebuilder_component ?? {});
  const resources = components.sort(([, a], [, b]) => a.name.length - b.name.length);
  return { cache, resources };
}

describe('ContainerImageCacheComponents', () => {
  it('makes one component for a short list, at the address of the cache itself', () => {
    const { cache, resources } = synthesize({});
    expect(cache.components).toHaveLength(1);
    expect(resources.map(([address, { name }]) => [address, name])).toEqual([
      [expect.stringMatching(/^ContainerImageCache_[0-9A-F]{8}$/), 'shop-container-image-cache'],
    ]);
  });

  it('makes numbered components for a long list', () => {
    const { cache, resources } = synthesize({ images: MANY });
    expect(cache.components).toHaveLength(2);
    expect(resources.map(([address, { name }]) => [address, name])).toEqual([
      [expect.stringMatching(/^ContainerImageCache_[0-9A-F]{8}$/), 'shop-container-image-cache'],
      [
        expect.stringMatching(/^ContainerImageCache_2_[0-9A-F]{8}$/),
        'shop-container-image-cache-2',
      ],
    ]);
    const data = resources.map(([, resource]) => resource.data).join('\n');
    for (const image of MANY) expect(data.split(`'${image}'`)).toHaveLength(2);
  });

  it('gives the recipe the components in their order, each with its own content', () => {
    const { components } = synthesize({ images: MANY }).cache;
    expect(new Set(components.map(({ contentId }) => contentId)).size).toBe(2);
    expect(new Set(components.map(({ arn }) => arn)).size).toBe(2);
    const again = synthesize({ images: [...MANY].reverse() }).cache.components;
    expect(again.map(({ contentId }) => contentId)).toEqual(
      components.map(({ contentId }) => contentId),
    );
  });

  it('makes another version when an image is added', () => {
    const versions = [['nginx:1'], ['nginx:1', 'nginx:2']].map(
      (images) => synthesize({ images }).resources[0]?.[1].version,
    );
    expect(new Set(versions).size).toBe(2);
  });

  it('lists everything that is wrong, under the names of the options', () => {
    const refused = refusedBy(() =>
      synthesize({
        name: '-',
        images: ['nginx:ltsc2019'],
        windowsServer: '2022',
        registryCredentials: { 'ghcr.io': 'x' },
        minimumFreeGiB: 1.5,
      }),
    );
    expect(refused).toEqual([
      '`name` resource-name: "-"',
      '`images[0]` image-release: "nginx:ltsc2019"',
      '`registryCredentials["ghcr.io"]` login-without-image: "ghcr.io"',
      '`registryCredentials["ghcr.io"]` secret-arn: "x"',
      '`minimumFreeGiB` integer-range: 1.5',
    ]);
  });
});
