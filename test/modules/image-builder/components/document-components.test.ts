import { describe, expect, it } from '@jest/globals';
import type { TerraformStack } from 'cdktf';
import { ValidationError } from '../../../../modules/core';
import type {
  ComponentDocument,
  ComponentStep,
} from '../../../../modules/image-builder/components/document/component-document';
import { splitComponentDocument } from '../../../../modules/image-builder/components/document/component-document-split';
import { renderComponentDocument } from '../../../../modules/image-builder/components/document/component-document-yaml';
import {
  DocumentComponents,
  type DocumentComponentsProps,
} from '../../../../modules/image-builder/components/document-components';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';

const TYPE = 'aws_imagebuilder_component';

const run = (name: string, ...commands: string[]): ComponentStep => ({
  name,
  action: 'ExecutePowerShell',
  inputs: { commands },
});

const SHORT: ComponentDocument = {
  name: 'Tools',
  parameters: { Edition: { default: 'Core' }, Source: {} },
  phases: [{ name: 'build', steps: [run('A', '{{ Edition }}'), run('B', '{{ Source }}')] }],
};

const padding = 'x'.repeat(9000);
const TOO_LONG: ComponentDocument = {
  ...SHORT,
  phases: [
    {
      name: 'build',
      steps: [run('A', '{{ Edition }}', padding), run('B', '{{ Source }}', padding)],
    },
  ],
};

const PROPS: DocumentComponentsProps = {
  name: 'tools',
  document: SHORT,
  parameters: { Source: 's3://tools/a' },
};

const componentsWith = (props: Partial<DocumentComponentsProps>) => (stack: TerraformStack) =>
  new DocumentComponents(stack, 'tools', { ...PROPS, ...props });

/** The problems of the inputs, one line each. */
function problemsWith(props: Partial<DocumentComponentsProps>): string[] {
  try {
    Template.of(componentsWith(props));
  } catch (error) {
    if (error instanceof ValidationError) return error.problems.map(outline);
    throw error;
  }
  return [];
}

function synthesize(props: Partial<DocumentComponentsProps>) {
  let components: DocumentComponents['components'] = [];
  const template = Template.of((stack) => {
    components = componentsWith(props)(stack).components;
  });
  return { template, components };
}

describe('DocumentComponents', () => {
  it.each([undefined, 'fail', 'split', { bucket: 'documents' }] as const)(
    'makes one component of a document that is short enough, with whenTooLong %j',
    (whenTooLong) => {
      const { template, components } = synthesize({ whenTooLong, tags: { team: 'windows' } });
      expect(template.addresses()).toEqual([`${TYPE}.tools_2755DCAD`]);
      expect(template.resource(TYPE)).toMatchObject({
        name: 'tools',
        data: renderComponentDocument(SHORT),
        tags: { team: 'windows' },
      });
      expect(components.map((one) => one.parameters)).toEqual([{ Source: 's3://tools/a' }]);
    },
  );

  it('leaves the parameters out when none is given', () => {
    const document = {
      phases: SHORT.phases.slice(0, 0).concat({ name: 'build', steps: [run('A', 'a')] }),
    };
    const { components } = synthesize({ document, parameters: undefined });
    expect(components.map((one) => one.parameters)).toEqual([undefined]);
  });

  it.each([undefined, 'fail'] as const)(
    'refuses a long document with %j, and says what to do',
    (whenTooLong) => {
      expect(problemsWith({ document: TOO_LONG, whenTooLong })).toEqual([
        '`document` document-length: 18422',
      ]);
    },
  );

  it('splits a long document, and gives every component its own parameters', () => {
    const parameters = { Source: 's3://tools/a', Edition: 'Full' };
    const { template, components } = synthesize({
      document: TOO_LONG,
      whenTooLong: 'split',
      parameters,
      tags: { team: 'windows' },
    });
    const { documents } = splitComponentDocument([], TOO_LONG);
    const made = Object.values(template.resources(TYPE));
    expect(made.map(({ name, data, tags }) => ({ name, data, tags }))).toEqual(
      documents.map((document, index) => ({
        name: ['tools', 'tools-2'][index],
        data: renderComponentDocument(document),
        tags: { team: 'windows' },
      })),
    );
    expect(components.map((one) => one.parameters)).toEqual([
      { Edition: 'Full' },
      { Source: 's3://tools/a' },
    ]);
    expect(new Set(components.map((one) => one.contentId)).size).toBe(2);
  });

  it('keeps the address of its first component when the document becomes too long', () => {
    const { template } = synthesize({ document: TOO_LONG, whenTooLong: 'split' });
    expect(template.addresses()).toContain(`${TYPE}.tools_2755DCAD`);
  });

  it('keeps a long document in S3', () => {
    const { template } = synthesize({
      document: TOO_LONG,
      whenTooLong: { bucket: 'documents', keyPrefix: 'a/' },
    });
    expect(template.counts()).toEqual({ [TYPE]: 1, aws_s3_object: 1 });
    expect(template.resource('aws_s3_object')).toMatchObject({
      bucket: 'documents',
      content: renderComponentDocument(TOO_LONG),
    });
    expect(template.resource(TYPE)['data']).toBeUndefined();
  });

  it.each([
    ['a name that is too short', { name: 'x' }, ['`name` resource-name: "x"']],
    [
      'a name that is too long with its number',
      { name: 'x'.repeat(126), document: TOO_LONG, whenTooLong: 'split' },
      [`\`name\` resource-name: "${'x'.repeat(116)}...`],
    ],
    [
      'a place that is none',
      { whenTooLong: { bucket: 'B', keyPrefix: 'a' } },
      ['`whenTooLong.bucket` bucket-name: "B"', '`whenTooLong.keyPrefix` component-folders: "a"'],
    ],
    [
      'a document without the right form, and does not measure it',
      { name: 'x', document: { phases: [] } },
      ['`name` resource-name: "x"', '`document.phases` list-length: 0'],
    ],
    [
      'parameters that do not fit the document',
      { parameters: { Edition: 'Full', Sorce: 'a' } },
      [
        '`parameters.Sorce` parameter-unknown: "Sorce"',
        '`parameters.Source` parameter-missing: nothing',
      ],
    ],
    [
      'a step that is too long to split',
      {
        document: { phases: [{ name: 'build', steps: [run('A', padding.repeat(2))] }] },
        whenTooLong: 'split',
        parameters: {},
      },
      ['`document.phases[0].steps[0]` part-length: 18155'],
    ],
  ] as const)('refuses %s', (_, props, expected) => {
    expect(problemsWith(props as Partial<DocumentComponentsProps>)).toEqual(expected);
  });
});
