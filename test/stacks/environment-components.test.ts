import { describe, expect, it } from '@jest/globals';
import type { ComponentDocuments } from '../../environment/component-documents';
import { parseComponentFile } from '../../modules/image-builder';
import { type Change, withChanges } from '../app/full-environment';
import { adviceOf, outline, refusalOf } from '../support/problem';
import type { Template } from '../support/template';
import { addressOf, synthesizeText } from './synthesized-environment';

const AMAZON = 'arn:aws:imagebuilder:us-east-1:aws:component';
const OWN = 'arn:aws:imagebuilder:us-east-1:111122223333:component/agent/1.x.x';

/** A component file that runs a command, padded to a length. */
function documentOf(command: string, paddedTo = 0): ComponentDocuments[string] {
  const step = (name: string, text: string) =>
    `      - { name: ${name}, action: ExecutePowerShell, inputs: { commands: ['${text}'] } }\n`;
  const head = 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n';
  let text = head + step('Run', command);
  for (let count = 1; text.length < paddedTo; count++) {
    text += step(`Pad${count}`, `Write-Host ${'x'.repeat(1000)}`);
  }
  const parsed = parseComponentFile(text);
  if ('document' in parsed) return parsed.document;
  throw new Error(parsed.problems.map((one) => one.text).join('\n'));
}

/** The image stack for a list of components, as a file writes it. */
function imageWith(
  components: readonly string[],
  documents: ComponentDocuments = {},
  ...changes: readonly Change[]
): Template {
  const list = `  components: [${components.join(', ')}]\n`;
  const added: Change = ['  buildOnApply: true\n', `  buildOnApply: true\n${list}`];
  return synthesizeText(withChanges(added, ...changes), documents).image;
}

const recipeComponents = (image: Template): unknown =>
  image.resource('aws_imagebuilder_image_recipe')['component'];

/** How a component of the stack stands in the recipe. */
const ownComponent = (image: Template, name: string) => ({
  component_arn: `\${${addressOf(image, 'aws_imagebuilder_component', name)}.arn}`,
});

const CACHE = 'Image_ContainerImageCache';

describe('the components of an environment', () => {
  it('are the image cache alone when none is listed', () => {
    const image = imageWith([]);
    expect(recipeComponents(image)).toEqual([ownComponent(image, CACHE)]);
  });

  it('run before the image cache when the list does not name it', () => {
    const image = imageWith(['update-windows', 'chrome']);
    expect(recipeComponents(image)).toEqual([
      { component_arn: `${AMAZON}/update-windows/x.x.x` },
      { component_arn: `${AMAZON}/chrome/x.x.x` },
      ownComponent(image, CACHE),
    ]);
  });

  it('run around the image cache where the list names it', () => {
    const image = imageWith(['update-windows', 'image-cache', 'chrome']);
    expect(recipeComponents(image)).toEqual([
      { component_arn: `${AMAZON}/update-windows/x.x.x` },
      ownComponent(image, CACHE),
      { component_arn: `${AMAZON}/chrome/x.x.x` },
    ]);
  });

  it.each([
    ['first', ['image-cache', 'chrome'], 0],
    ['last', ['chrome', 'image-cache'], 1],
  ])('run the image cache %s when it is listed there', (_, components, place) => {
    const image = imageWith(components);
    const arns = recipeComponents(image) as readonly unknown[];
    expect(arns).toHaveLength(2);
    expect(arns[place]).toEqual(ownComponent(image, CACHE));
  });

  it("are Amazon's in a version, or those of an ARN, with parameters", () => {
    const image = imageWith([
      '{ amazonManaged: update-windows, version: 1.0.x, parameters: { reboot: "no" } }',
      `{ arn: "${OWN}", parameters: { mode: quiet } }`,
    ]);
    expect(recipeComponents(image)).toEqual([
      {
        component_arn: `${AMAZON}/update-windows/1.0.x`,
        parameter: [{ name: 'reboot', value: 'no' }],
      },
      { component_arn: OWN, parameter: [{ name: 'mode', value: 'quiet' }] },
      ownComponent(image, CACHE),
    ]);
  });

  it("are Amazon's of the partition of the Region", () => {
    const change: Change = ['region: us-east-1\ntags', 'region: us-gov-west-1\ntags'];
    expect(recipeComponents(imageWith(['update-windows'], {}, change))).toContainEqual({
      component_arn: 'arn:aws-us-gov:imagebuilder:us-gov-west-1:aws:component/update-windows/x.x.x',
    });
  });
});

describe('the component of a file', () => {
  it('is named after the environment and the file, and has the tags', () => {
    const image = imageWith(['{ file: components/agent.yaml }'], {
      'components/agent.yaml': documentOf('Install-Agent'),
    });
    const component = ownComponent(image, 'Component-agent');
    expect(recipeComponents(image)).toEqual([component, ownComponent(image, CACHE)]);
    const resources = Object.values(image.resources('aws_imagebuilder_component'));
    expect(resources).toContainEqual(
      expect.objectContaining({
        name: 'example-windows-agent',
        platform: 'Windows',
        tags: { owner: 'platform' },
        data: expect.stringContaining('Install-Agent'),
      }),
    );
  });

  it('stays at its address in another folder and on the other side of the image cache', () => {
    const document = documentOf('Install-Agent');
    const one = imageWith(['{ file: a/agent.yaml }'], { 'a/agent.yaml': document });
    const other = imageWith(['image-cache', '{ file: b/agent.yaml }'], {
      'b/agent.yaml': document,
    });
    expect(other.resources('aws_imagebuilder_component')).toEqual(
      one.resources('aws_imagebuilder_component'),
    );
  });

  it('fails when it is too long and nothing is said about that', () => {
    const documents = { 'long.yaml': documentOf('Install-Agent', 17_000) };
    const list = ['{ file: long.yaml }'];
    const { constructPath, problems } = refusalOf(() => imageWith(list, documents));
    expect(constructPath).toBe('example-windows-image/Component-long');
    expect(problems.map(outline)).toEqual([
      expect.stringMatching(/^`document` document-length: \d+$/),
    ]);
    expect(problems.map(adviceOf)).toEqual([
      'set `whenTooLong` to "split" for several components, or to a bucket to keep it in S3',
    ]);
  });

  it('becomes several that run one after the other when it may be split', () => {
    const documents = { 'long.yaml': documentOf('Install-Agent', 17_000) };
    const image = imageWith(['{ file: long.yaml, whenTooLong: split }'], documents);
    expect(recipeComponents(image)).toEqual([
      ownComponent(image, 'Component-long'),
      ownComponent(image, 'Component-long_2'),
      ownComponent(image, CACHE),
    ]);
  });

  it.each([
    ['{ bucket: acme-components }', ''],
    ['{ bucket: acme-components, keyPrefix: windows/files }', 'windows/files/'],
  ])('goes to the bucket %s when it is too long', (bucket, folder) => {
    const documents = { 'long.yaml': documentOf('Install-Agent', 17_000) };
    const image = imageWith(['{ file: long.yaml, whenTooLong: bucket }'], documents, [
      '  buildOnApply: true\n',
      `  buildOnApply: true\n  componentBucket: ${bucket}\n`,
    ]);
    expect(image.resource('aws_s3_object')).toMatchObject({
      bucket: 'acme-components',
      key: expect.stringMatching(new RegExp(`^${folder}example-windows-long/[0-9a-f]{64}\\.yaml$`)),
    });
  });

  it('stays out of the bucket when it is short', () => {
    const documents = { 'short.yaml': documentOf('Install-Agent') };
    const image = imageWith(['{ file: short.yaml, whenTooLong: bucket }'], documents, [
      '  buildOnApply: true\n',
      '  buildOnApply: true\n  componentBucket: { bucket: acme-components }\n',
    ]);
    expect(image.resources('aws_s3_object')).toEqual({});
  });

  it('has to have been read', () => {
    expect(() => imageWith(['{ file: agent.yaml }'])).toThrow(
      new Error('bug: agent.yaml was not read'),
    );
  });
});
