import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { contentHash, contentVersion, ValidationError } from '../../../modules/core';
import {
  type ComponentDocument,
  ImageComponent,
  type ImageComponentProps,
  renderComponentDocument,
} from '../../../modules/image-builder';
import { Template } from '../../support/template';

const TYPE = 'aws_imagebuilder_component';

const documentOf = (command: string): ComponentDocument => ({
  name: 'Example',
  phases: [
    {
      name: 'build',
      steps: [{ name: 'Run', action: 'ExecutePowerShell', inputs: { commands: [command] } }],
    },
  ],
});

const PROPS: ImageComponentProps = { name: 'example', document: documentOf('exit 0') };

const componentWith = (props: Partial<ImageComponentProps>) => (stack: TerraformStack) =>
  new ImageComponent(stack, 'component', { ...PROPS, ...props });

function resourceWith(props: Partial<ImageComponentProps>) {
  return Template.of(componentWith(props)).resource(TYPE);
}

describe('ImageComponent', () => {
  it('makes one component with the document inside', () => {
    const template = Template.of(componentWith({}));
    const data = renderComponentDocument(PROPS.document);
    expect(template.resource(TYPE)).toEqual({
      name: 'example',
      platform: 'Windows',
      version: contentVersion([data]),
      data,
      tags: {},
      lifecycle: { create_before_destroy: true },
    });
    expect(template.addresses()).toEqual([`${TYPE}.component_182B0B2F`]);
  });

  it('tags itself', () => {
    expect(resourceWith({ tags: { team: 'windows' } })['tags']).toEqual({ team: 'windows' });
  });

  it('gets a new version for every change of the document', () => {
    const documents = [
      PROPS.document,
      documentOf('exit 1'),
      { ...PROPS.document, name: 'Other' },
      { ...PROPS.document, description: 'Described' },
    ];
    const versions = documents.map((document) => resourceWith({ document })['version']);
    expect(new Set(versions).size).toBe(documents.length);
  });

  it('keeps its version for other changes, which need no new one', () => {
    const { version } = resourceWith({});
    // Another name is another component, whose versions begin anew.
    for (const props of [{ name: 'other' }, { tags: { a: 'b' } }]) {
      expect(resourceWith(props)['version']).toBe(version);
    }
  });

  it('keeps PowerShell with dollar and braces away from Terraform', () => {
    const resource = resourceWith({ document: documentOf('"${env:TEMP}" | % { $_ } %{ $_ }') });
    expect(resource['data']).toContain('"$${env:TEMP}" | % { $_ } %%{ $_ }');
    // The version is that of the text which Image Builder gets, without Terraform's escapes.
    const text = renderComponentDocument(documentOf('"${env:TEMP}" | % { $_ } %{ $_ }'));
    expect(resource['version']).toBe(contentVersion([text]));
  });

  it('names its content by a hash over its name and its document', () => {
    Template.of((stack) => {
      const { contentId } = componentWith({})(stack);
      expect(contentId).toBe(contentHash(['example', renderComponentDocument(PROPS.document)]));
    });
  });

  it('hands out its ARN and its resource', () => {
    const template = Template.of((stack) => {
      const { arn, resource } = componentWith({})(stack);
      new TerraformOutput(stack, 'out', { value: [arn, resource.name] });
    });
    expect(template.part('output')).toEqual({
      out: {
        value: [`\${${TYPE}.component_182B0B2F.arn}`, `\${${TYPE}.component_182B0B2F.name}`],
      },
    });
  });

  it('takes a document of which only Terraform knows a part', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      const command = `Write-Host "\${env:TEMP}"\nWrite-Host '${stringValue}'\n`;
      componentWith({ document: documentOf(command) })(stack);
    });
    const local = 'local.component_Document_7A4ED02D';
    expect(template.part('locals')).toEqual({
      component_Document_7A4ED02D: renderComponentDocument(
        documentOf('Write-Host "$${env:TEMP}"\nWrite-Host \'${var.v}\'\n'),
      ),
    });
    expect(template.resource(TYPE)).toMatchObject({
      data: `\${${local}}`,
      version: `1.0.\${parseint(substr(sha256(join(",", [sha256(${local})])), 0, 7), 16)}`,
    });
  });

  it('lists every wrong input at once', () => {
    const document = { name: 'Empty', phases: [] };
    expect(() => resourceWith({ name: 'x', document })).toThrow(
      new ValidationError('ImageComponent', 'test/component', [
        {
          path: ['name'],
          message:
            'must be 3 to 127 letters, digits, - and _ that begin and end with a letter or ' +
            'digit, got: "x"',
        },
        { path: ['document', 'phases'], message: 'must have at least 1 item, got: 0' },
      ]),
    );
  });
});
