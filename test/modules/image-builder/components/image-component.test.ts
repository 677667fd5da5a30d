import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { contentHash, contentVersion } from '../../../../modules/core';
import type { ComponentDocument } from '../../../../modules/image-builder/components/document/component-document';
import { renderComponentDocument } from '../../../../modules/image-builder/components/document/component-document-yaml';
import {
  ImageComponent,
  type ImageComponentProps,
} from '../../../../modules/image-builder/components/image-component';
import { adviceOf, outline, refusalOf, refusedBy } from '../../../support/problem';
import { Template } from '../../../support/template';

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
const STORAGE = { bucket: 'documents', keyPrefix: 'image-builder/' };

const componentWith = (props: Partial<ImageComponentProps>) => (stack: TerraformStack) =>
  new ImageComponent(stack, 'component', { ...PROPS, ...props });

function resourceWith(props: Partial<ImageComponentProps>) {
  return Template.of(componentWith(props)).resource(TYPE);
}

function contentIdWith(props: Partial<ImageComponentProps>): string {
  let contentId = '';
  Template.of((stack) => {
    contentId = componentWith(props)(stack).contentId;
  });
  return contentId;
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
    const text = renderComponentDocument(PROPS.document);
    expect(contentIdWith({})).toBe(contentHash(['example', text]));
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
    const local = 'local.component_Text_F398E4B9';
    expect(template.part('locals')).toEqual({
      [local.slice('local.'.length)]: renderComponentDocument(
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
    expect(refusedBy(() => resourceWith({ name: 'x', document }))).toEqual([
      '`name` resource-name: "x"',
      '`document.phases` list-length: 0',
    ]);
  });

  it('refuses a document that is too long for a request', () => {
    const { problems } = refusalOf(() =>
      resourceWith({ document: documentOf('x'.repeat(16_000)) }),
    );
    expect(problems.map(outline)).toEqual(['`document` document-length: 16171']);
    expect(problems.map(adviceOf)).toEqual(['split it over several components, or keep it in S3']);
  });
});

describe('ImageComponent with its document in S3', () => {
  const document = documentOf('Write-Host "${env:TEMP}"');
  const text = renderComponentDocument(document);

  it('makes an object with the document, and a component that refers to it', () => {
    const template = Template.of(componentWith({ document, storage: STORAGE }));
    expect(template.resource('aws_s3_object')).toEqual({
      bucket: 'documents',
      key: `image-builder/example/${contentHash([text])}.yaml`,
      content: text.replace('${env', () => '$${env'),
      content_type: 'application/yaml',
      lifecycle: { create_before_destroy: true },
    });
    const object = 'aws_s3_object.component_Document_7A4ED02D';
    expect(template.resource(TYPE)).toEqual({
      name: 'example',
      platform: 'Windows',
      version: contentVersion([text, 'documents', 'image-builder/']),
      uri: `s3://\${${object}.bucket}/\${${object}.key}`,
      lifecycle: { create_before_destroy: true },
    });
  });

  it('is another component for another document and for another place', () => {
    const all = [
      { document, storage: STORAGE },
      { document: documentOf('exit 0'), storage: STORAGE },
      { document, storage: { ...STORAGE, bucket: 'others' } },
      { document, storage: { bucket: 'documents' } },
    ];
    expect(new Set(all.map((props) => resourceWith(props)['version'])).size).toBe(4);
    expect(new Set(all.map(contentIdWith)).size).toBe(4);
  });

  it('has the key of the text also when only Terraform knows it', () => {
    const template = Template.of((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'v', { type: 'string' });
      componentWith({ document: documentOf(stringValue), storage: { bucket: stringValue } })(stack);
    });
    const hash = 'sha256(join(",", [sha256(local.component_Text_F398E4B9)]))';
    expect(template.resource('aws_s3_object')).toMatchObject({
      bucket: '${var.v}',
      key: `example/\${${hash}}.yaml`,
      content: '${local.component_Text_F398E4B9}',
    });
  });

  it.each(['', 'a/', 'a.b/c-d/'])('takes the key prefix %j', (keyPrefix) => {
    const template = Template.of(componentWith({ storage: { bucket: 'documents', keyPrefix } }));
    const key = String(template.resource('aws_s3_object')['key']);
    expect(key.startsWith(`${keyPrefix}example/`)).toBe(true);
  });

  it.each(['/', '/a/', 'a', 'a//', 'a b/'])('refuses the key prefix %j', (keyPrefix) => {
    expect(refusedBy(() => resourceWith({ storage: { bucket: 'documents', keyPrefix } }))).toEqual([
      `\`storage.keyPrefix\` component-folders: ${JSON.stringify(keyPrefix)}`,
    ]);
  });
});
