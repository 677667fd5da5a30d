import { Construct } from 'constructs';
import { assertNoProblems, type Problem, type Tags } from '../../core';
import { checkResourceName } from '../naming/resource-name';
import type { ComponentDocument } from './document/component-document';
import { checkComponentDocument, checkInlineLength } from './document/component-document-rules';
import {
  partName,
  type SplitDocument,
  splitComponentDocument,
} from './document/component-document-split';
import {
  checkParameterValues,
  type ParameterValues,
  parametersOf,
} from './document/component-parameters';
import { type ComponentStorage, checkComponentStorage, ImageComponent } from './image-component';
import type { RecipeComponent } from './recipe-component';

/** Inputs of {@link DocumentComponents}. */
export interface DocumentComponentsProps {
  /** 3 to 127 letters, digits, `-` and `_`. */
  readonly name: string;
  /** What to do during the build, such as a file's that `parseComponentFile` has read. */
  readonly document: ComponentDocument;
  /**
   * What happens to a document over 16,000 characters: `fail`; `split` makes several components of
   * it, named `<name>`, `<name>-2` and so on; a bucket takes it as a whole.
   * @default fail
   */
  readonly whenTooLong?: 'fail' | 'split' | ComponentStorage | undefined;
  /**
   * Values for the document's parameters. They are logged in CloudTrail: no place for a secret.
   * @default - the defaults of the document
   */
  readonly parameters?: ParameterValues | undefined;
  /** Tags of the components. @default - no tags beyond the provider's */
  readonly tags?: Tags | undefined;
}

/**
 * The components of one document: one {@link ImageComponent}, or several when it is too long for one
 * and may be split. Costs nothing by itself.
 */
export class DocumentComponents extends Construct {
  /** In the order in which the recipe has to run them. */
  public readonly components: readonly RecipeComponent[];

  constructor(scope: Construct, id: string, props: DocumentComponentsProps) {
    super(scope, id);
    assertNoProblems(this, validateDocumentComponentsProps(props));
    const { documents } = divide(props);
    this.components = documents.map((document, index) =>
      this.createComponent(props, document, index),
    );
  }

  private createComponent(
    props: DocumentComponentsProps,
    document: ComponentDocument,
    index: number,
  ): RecipeComponent {
    const { name, tags, parameters = {} } = props;
    // The first has the address of this construct itself: `Default` stays out of addresses.
    const component = new ImageComponent(this, index === 0 ? 'Default' : String(index + 1), {
      name: partName(name, index),
      document,
      storage: storageFor(props),
      tags,
    });
    const { arn, contentId } = component;
    return { arn, contentId, parameters: parametersOf(document, parameters) };
  }
}

const inlineProblems = ({ document }: DocumentComponentsProps): Problem[] =>
  checkInlineLength(
    ['document'],
    document,
    'set `whenTooLong` to "split" for several components, or to a bucket to keep it in S3',
  );

/** Where the document lies, if it is too long for a request and there is a bucket for it. */
function storageFor(props: DocumentComponentsProps): ComponentStorage | undefined {
  const { whenTooLong = 'fail' } = props;
  if (typeof whenTooLong === 'string' || inlineProblems(props).length === 0) return undefined;
  return whenTooLong;
}

function divide(props: DocumentComponentsProps): SplitDocument {
  if (props.whenTooLong === 'split') return splitComponentDocument(['document'], props.document);
  const problems = storageFor(props) === undefined ? inlineProblems(props) : [];
  return { documents: [props.document], problems };
}

function validateDocumentComponentsProps(props: DocumentComponentsProps): Problem[] {
  const { name, document, whenTooLong = 'fail', parameters = {} } = props;
  const inStorage =
    typeof whenTooLong === 'string' ? [] : checkComponentStorage(['whenTooLong'], whenTooLong);
  const inDocument = checkComponentDocument(['document'], document);
  // A document that has not the right form can be neither measured nor divided.
  if (inDocument.length > 0)
    return [...checkResourceName(['name'], name), ...inStorage, ...inDocument];
  const divided = divide(props);
  const longestName = partName(name, Math.max(divided.documents.length - 1, 0));
  return [
    ...checkResourceName(['name'], longestName),
    ...inStorage,
    ...checkParameterValues(['parameters'], parameters, document),
    ...divided.problems,
  ];
}
