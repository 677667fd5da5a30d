import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import { parse } from 'yaml';
import {
  type ContainerImageCache,
  renderComponentDocument,
} from '../../../../modules/image-builder';
import { checkComponentDocument } from '../../../../modules/image-builder/components/document/component-document-rules';
import {
  checkContainerImageCache,
  containerImageCacheDocuments,
} from '../../../../modules/image-builder/image-cache/container-image-cache';
import { expectGolden } from '../../../support/golden';
import { outline } from '../../../support/problem';
import {
  CASES,
  commandsIn,
  DIGEST,
  documentsOf,
  imagesIn,
  NAMES,
  problemsOf,
  pullOf,
} from './container-image-cache-cases';

describe('containerImageCacheDocuments', () => {
  it.each(NAMES)('writes the documents of %s', (name) => {
    for (const [index, document] of documentsOf(name).entries()) {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      const text = renderComponentDocument(document);
      expectGolden(`component/container-image-cache-${name}${suffix}.yaml`, text);
    }
  });

  it.each(NAMES)('writes only valid PowerShell for %s', async (name) => {
    for (const document of documentsOf(name)) {
      expect(commandsIn(document)).toHaveLength(3);
      expect(await problemsOf(document)).toEqual([]);
    }
  });

  it.each(NAMES)('takes %s for valid, and writes valid documents for it', (name) => {
    expect(checkContainerImageCache([], CASES[name] ?? { images: [] })).toEqual([]);
    for (const document of documentsOf(name)) {
      expect(checkComponentDocument(['document'], document)).toEqual([]);
      expect(parse(renderComponentDocument(document))).toEqual({ ...document, schemaVersion: 1 });
    }
  });

  it('has nothing to do without images', () => {
    expect(containerImageCacheDocuments({ images: [] })).toEqual([]);
  });

  it('pulls on the build instance, and verifies there and on a fresh instance', () => {
    const [document] = containerImageCacheDocuments({ images: ['nginx:1'] });
    const steps = document?.phases.map(({ name, steps }) => [
      name,
      ...steps.map((one) => one.name),
    ]);
    expect(steps).toEqual([
      ['build', 'PullContainerImages'],
      ['validate', 'VerifyContainerImages'],
      ['test', 'VerifyContainerImages'],
    ]);
    const [validate, test] = ['validate', 'test'].map(
      (phase) => document && commandsIn(document, phase),
    );
    expect(validate).toEqual(test);
  });

  it('uses the names that the kubelet looks for, each once', () => {
    const images = ['nginx:1', `grafana/loki:3@${DIGEST}`, 'docker.io/library/nginx:1'];
    const [document, ...more] = containerImageCacheDocuments({ images });
    expect(more).toEqual([]);
    expect(document && imagesIn(document)).toEqual([
      `docker.io/grafana/loki@${DIGEST}`,
      'docker.io/library/nginx:1',
    ]);
  });

  it('leaves the list of the caller in its order', () => {
    const images = Object.freeze(['b:1', 'a:1']);
    containerImageCacheDocuments({ images });
    expect(images).toEqual(['b:1', 'a:1']);
  });

  it('passes an image that only Terraform knows through Terraform, without a login', () => {
    const pull = pullOf({ images: [Fn.lower('R.IO/A:1')] });
    expect(pull).toMatch(/^\$images = @\(\n {2}'\$\{TfToken\[TOKEN\.\d+\]\}'\n\)$/m);
    expect(pull).not.toContain('ecrRegions');
  });

  it('leaves room for images that only Terraform knows', () => {
    const images = Array.from({ length: 15 }, (_, index) => Fn.lower(`R.IO/A:${index}`));
    expect(containerImageCacheDocuments({ images }).length).toBeGreaterThan(1);
  });

  it('writes a reserve that only Terraform knows as a reference', () => {
    const minimumFreeGiB = Token.asNumber(Fn.max([10, 20]));
    const pull = pullOf({ images: ['r.io/a:1'], minimumFreeGiB });
    expect(pull).toMatch(/^\$reserve = 1073741824 \* \$\{TfToken\[TOKEN\.\d+\]\}$/m);
  });

  it('names each document, which is how the build log tells them apart', () => {
    const names = documentsOf('many-images').map((document) => document.name);
    expect(names.slice(0, 2)).toEqual(['ContainerImageCache', 'ContainerImageCache-2']);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('checkContainerImageCache', () => {
  const texts = (cache: ContainerImageCache) =>
    checkContainerImageCache(['cache'], cache).map(outline);

  it('lists everything that is wrong', () => {
    expect(
      texts({
        images: ['r.io/a:ltsc2019', 'nginx', 'r.io/a:ltsc2019'],
        windowsServer: '2022',
        registryCredentials: { 'ghcr.io': 'my-secret' },
        minimumFreeGiB: 0,
      }),
    ).toEqual([
      '`cache.images[0]` image-release: "r.io/a:ltsc2019"',
      '`cache.images[1]` image-tag: "nginx"',
      '`cache.images[2]` image-release: "r.io/a:ltsc2019"',
      '`cache.images[2]` unique: "r.io/a:ltsc2019"',
      '`cache.registryCredentials["ghcr.io"]` login-without-image: "ghcr.io"',
      '`cache.registryCredentials["ghcr.io"]` secret-arn: "my-secret"',
      '`cache.minimumFreeGiB` integer-range: 0',
    ]);
  });

  it('wants at least one image', () => {
    expect(texts({ images: [] })).toEqual(['`cache.images` list-length: 0']);
  });

  it('refuses a list that only Terraform knows', () => {
    expect(texts({ images: Token.asList('${var.images}') })).toEqual([
      '`cache.images` image-cache-too-long: "a reference"',
    ]);
  });

  it('takes images, and a number, that only Terraform knows', () => {
    const minimumFreeGiB = Token.asNumber(Fn.max([1, 2]));
    expect(texts({ images: [Fn.lower('R.IO/A:1')], minimumFreeGiB })).toEqual([]);
  });
});
