import { ImagebuilderComponent } from '@cdktf/provider-aws/lib/imagebuilder-component/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { TerraformLocal, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  checkBucketName,
  checkText,
  contentHash,
  contentVersion,
  escapeTerraformTemplate,
  type Path,
  type Problem,
  type Tags,
  withoutUndefined,
  writtenTags,
} from '../../core';
import { checkResourceName } from '../naming/resource-name';
import type { ComponentDocument } from './document/component-document';
import { checkComponentDocument, checkInlineLength } from './document/component-document-rules';
import { renderComponentDocument } from './document/component-document-yaml';
import type { RecipeComponent } from './recipe-component';

/** A place in S3 for component documents. */
export interface ComponentStorage {
  /** Name of a bucket that whoever applies may write to and read from. */
  readonly bucket: string;
  /** Folders, each with a slash at its end: `image-builder/components/`. @default - none */
  readonly keyPrefix?: string | undefined;
}

/** Inputs of {@link ImageComponent}. */
export interface ImageComponentProps {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /** What the component does. At most 16,000 characters of YAML, unless `storage` is given. */
  readonly document: ComponentDocument;
  /**
   * Keeps the document in S3. Image Builder has a limit there too, which AWS does not name any more
   * (64 KB in 2023); it is not checked.
   * @default - the document goes along in the request
   */
  readonly storage?: ComponentStorage | undefined;
  /** Tags of the component. @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/** A text as Terraform has to read it, and in the form in which its hash can be taken. */
interface DocumentText {
  readonly template: string;
  readonly hashed: string;
}

/**
 * A step of an image build: an `aws_imagebuilder_component`, and an `aws_s3_object` if the document
 * is kept in S3. Costs nothing by itself but the storage.
 *
 * The version follows the document, nobody writes it. A changed document is a new component, made
 * before the old one is removed, because a component that a recipe uses cannot be deleted.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_component
 */
export class ImageComponent extends Construct implements RecipeComponent {
  public readonly arn: string;
  public readonly contentId: string;
  public readonly name: string;
  /** The YAML of the document, for people to read; references of Terraform are in it. */
  public readonly documentText: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderComponent;

  constructor(scope: Construct, id: string, props: ImageComponentProps) {
    super(scope, id);
    assertNoProblems(this, validateImageComponentProps(props));
    this.name = props.name;
    this.documentText = renderComponentDocument(props.document);
    const text = this.createText();
    const { bucket = '', keyPrefix = '' } = props.storage ?? {};
    // Another place replaces the component too, so it has to be another version.
    const parts = props.storage === undefined ? [text.hashed] : [text.hashed, bucket, keyPrefix];
    this.resource = new ImagebuilderComponent(
      this,
      'Resource',
      withoutUndefined({
        name: props.name,
        platform: 'Windows',
        version: contentVersion(parts),
        ...this.createSource(props, text),
        tags: writtenTags(props.tags),
        lifecycle: { createBeforeDestroy: true },
      }),
    );
    this.arn = this.resource.arn;
    this.contentId = contentHash([props.name, ...parts]);
  }

  private createSource(
    { name, storage }: ImageComponentProps,
    { template, hashed }: DocumentText,
  ): { readonly data: string } | { readonly uri: string } {
    if (storage === undefined) return { data: template };
    const { bucket, keyPrefix = '' } = storage;
    const object = new S3Object(this, 'Document', {
      bucket,
      // Another text is another object: the one that a component was made from never changes.
      key: `${keyPrefix}${name}/${contentHash([hashed])}.yaml`,
      content: template,
      contentType: 'application/yaml',
      lifecycle: { createBeforeDestroy: true },
    });
    return { uri: `s3://${object.bucket}/${object.key}` };
  }

  private createText(): DocumentText {
    const text = this.documentText;
    const template = escapeTerraformTemplate(text);
    if (!Token.isUnresolved(text)) return { template, hashed: text };
    // A text with quotes around a reference cannot stand inside a Terraform function call.
    const local = new TerraformLocal(this, 'Text', template).asString;
    return { template: local, hashed: local };
  }
}

/** A bucket and perhaps folders in it. */
export function checkComponentStorage(path: Path, storage: ComponentStorage): Problem[] {
  return [
    ...checkBucketName([...path, 'bucket'], storage.bucket),
    ...checkText([...path, 'keyPrefix'], storage.keyPrefix ?? '', {
      id: 'component-folders',
      pattern: /^(?:[A-Za-z0-9!_.*'()-]{1,255}\/){0,16}$/,
      rule: 'be folders, each with a slash at its end, such as image-builder/components/',
    }),
  ];
}

function validateImageComponentProps({ name, document, storage }: ImageComponentProps): Problem[] {
  const problems = [
    ...checkResourceName(['name'], name),
    ...(storage === undefined ? [] : checkComponentStorage(['storage'], storage)),
  ];
  const inDocument = checkComponentDocument(['document'], document);
  // A document that has not the right form cannot be rendered.
  if (inDocument.length > 0 || storage !== undefined) return [...problems, ...inDocument];
  const whatToDo = 'split it over several components, or keep it in S3';
  return [...problems, ...checkInlineLength(['document'], document, whatToDo)];
}
