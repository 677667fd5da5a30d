import { ImagebuilderComponent } from '@cdktf/provider-aws/lib/imagebuilder-component/index.js';
import { TerraformLocal, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  assertNoProblems,
  contentHash,
  contentVersion,
  escapeTerraformTemplate,
  type Problem,
} from '../core';
import {
  type ComponentDocument,
  checkComponentDocument,
  renderComponentDocument,
} from './component-document';
import type { RecipeComponent } from './image-recipe';
import { checkResourceName } from './resource-name';

/** Inputs of {@link ImageComponent}. */
export interface ImageComponentProps {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /** What the component does. At most 16,000 characters of YAML. */
  readonly document: ComponentDocument;
  /** @default - no tags beyond the provider's */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * A step of an image build: an `aws_imagebuilder_component`. Costs nothing by itself.
 *
 * The version follows the document, nobody writes it. A changed document is a new component, made
 * before the old one is removed, because a component that a recipe uses cannot be deleted.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_component
 */
export class ImageComponent extends Construct implements RecipeComponent {
  public readonly arn: string;
  public readonly contentId: string;
  /** The Terraform resource itself. */
  public readonly resource: ImagebuilderComponent;

  constructor(scope: Construct, id: string, props: ImageComponentProps) {
    super(scope, id);
    assertNoProblems(this, validateImageComponentProps(props));
    const data = this.createData(props.document);
    const version = contentVersion([data.hashed]);
    this.resource = new ImagebuilderComponent(this, 'Resource', {
      name: props.name,
      platform: 'Windows',
      version,
      data: data.template,
      tags: { ...props.tags },
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
    this.contentId = contentHash([props.name, data.hashed]);
  }

  /** The text as Terraform has to read it, and in the form in which its hash can be taken. */
  private createData(document: ComponentDocument): { template: string; hashed: string } {
    const text = renderComponentDocument(document);
    const template = escapeTerraformTemplate(text);
    if (!Token.isUnresolved(text)) return { template, hashed: text };
    // A text with quotes around a reference cannot stand inside a Terraform function call.
    const local = new TerraformLocal(this, 'Document', template).asString;
    return { template: local, hashed: local };
  }
}

function validateImageComponentProps(props: ImageComponentProps): Problem[] {
  return [
    ...checkResourceName(['name'], props.name),
    ...checkComponentDocument(['document'], props.document),
  ];
}
