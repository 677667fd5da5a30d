import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type ComponentDocument, renderComponentDocument } from '../../../../modules/image-builder';
import { checkComponentDocument } from '../../../../modules/image-builder/components/document/component-document-rules';
import { MAX_INLINE_DOCUMENT_CHARACTERS } from '../../../../modules/image-builder/components/document/component-document-yaml';
import { parseContainerImage } from '../../../../modules/image-builder/image-cache/container-image';
import { containerImageCacheDocuments } from '../../../../modules/image-builder/image-cache/container-image-cache';
import { checkContainerImage } from '../../../../modules/image-builder/image-cache/container-image-checks';
import {
  DIGEST,
  documentsOf,
  EAST,
  imagesIn,
  problemsOf,
  SECRETS,
  WEST,
} from './container-image-cache-cases';

const linesOf = (document: ComponentDocument): string[] =>
  // The number of the document stands in its name and in the path of its file.
  renderComponentDocument(document)
    .replace(/(ContainerImageCache)-\d+/g, '$1')
    .split('\n');

/** Lines that only come from the inputs, and are not alone in single quotes. */
const unquoted = (document: ComponentDocument, fixed: ReadonlySet<string>): string[] =>
  linesOf(document).filter((line) => !fixed.has(line) && !/^ +'[^']+'(?: = '[^']+')?$/.test(line));

describe('the documents of any list of images', () => {
  const host = fc.constantFrom('', 'localhost:5000/', 'r.io/', 'R.io/', `${EAST}/`, `${WEST}/`);
  const unit = fc.constantFrom(...'ab09');
  const part = fc.oneof(
    fc.string({ unit, minLength: 1, maxLength: 6 }),
    fc.string({ unit, minLength: 60, maxLength: 110 }),
  );
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((list) => list.join('/'));
  const end = fc.constantFrom(':1', ':v1.2_3-x', `@${DIGEST}`, `:1@${DIGEST}`);
  const image = fc
    .tuple(host, path, end)
    .map((parts) => parts.join(''))
    .filter((reference) => parseContainerImage(reference) !== undefined);
  const credentials = fc.constantFrom<Readonly<Record<string, string>>>(
    {},
    { 'r.io': `${SECRETS}:r-AbCdEf`, 'docker.io': `${SECRETS}:${'d'.repeat(512)}-AbCdEf` },
  );
  const lists = fc.uniqueArray(image, {
    maxLength: 120,
    size: 'max',
    selector: (reference) => parseContainerImage(reference)?.name,
  });

  it('are short enough, hold every image once, and quote whatever they were given', () => {
    const seen = { one: 0, several: 0 };
    const samples = ['public-image', 'everything'].flatMap(documentsOf);
    // The reserve is the one line that a number goes into.
    const fixed = new Set([
      ...samples.flatMap(linesOf),
      '              $reserve = 1073741824 * 10',
    ]);
    fc.assert(
      fc.property(lists, credentials, (images, registryCredentials) => {
        const documents = containerImageCacheDocuments({ images, registryCredentials });
        const cached = documents.flatMap((document) => {
          const text = renderComponentDocument(document);
          expect(text.length).toBeLessThanOrEqual(MAX_INLINE_DOCUMENT_CHARACTERS);
          const pulled = imagesIn(document);
          expect(unquoted(document, fixed)).toEqual([]);
          return pulled;
        });
        const names = images.map((one) => parseContainerImage(one)?.name);
        expect(cached).toEqual(names.sort());
        seen[documents.length > 1 ? 'several' : 'one'] += 1;
      }),
      { numRuns: 1000 },
    );
    // The generator is of use only while it makes many of both.
    expect(Math.min(seen.one, seen.several)).toBeGreaterThan(100);
  });

  it('do not depend on the order of the list', () => {
    const withOrders = lists.chain((images) =>
      fc.tuple(
        fc.constant(images),
        fc.shuffledSubarray(images, { minLength: images.length, maxLength: images.length }),
      ),
    );
    fc.assert(
      fc.property(withOrders, ([images, shuffled]) => {
        const one = containerImageCacheDocuments({ images });
        expect(containerImageCacheDocuments({ images: shuffled })).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  it('are valid PowerShell in valid YAML', async () => {
    await fc.assert(
      fc.asyncProperty(lists, credentials, async (images, registryCredentials) => {
        expect(images.flatMap((one) => checkContainerImage([], one))).toEqual([]);
        const [document] = containerImageCacheDocuments({ images, registryCredentials });
        expect(document === undefined ? [] : await problemsOf(document)).toEqual([]);
        expect(document && parse(renderComponentDocument(document))).toEqual(
          document && { ...document, schemaVersion: 1 },
        );
      }),
      { numRuns: 30 },
    );
  });

  it('have room for one image of the greatest length, with the longest login', () => {
    const host = `${'h'.repeat(50)}.example.com`;
    const image = `${host}/${'p'.repeat(320)}:${'t'.repeat(128)}`;
    expect(parseContainerImage(image)?.name).toBe(image);
    const registryCredentials = { [host]: `${SECRETS}:${'s'.repeat(512)}-AbCdEf` };
    const documents = containerImageCacheDocuments({ images: [image], registryCredentials });
    expect(documents).toHaveLength(1);
    for (const document of documents) {
      expect(checkComponentDocument(['document'], document)).toEqual([]);
    }
  });
});
