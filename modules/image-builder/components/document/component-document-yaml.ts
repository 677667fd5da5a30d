import { Document, Scalar, visit } from 'yaml';
import type { ComponentDocument } from './component-document';
import { orderDocument } from './component-document-shape';

/**
 * What Image Builder takes in a request. A longer document has to lie in S3.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export const MAX_INLINE_DOCUMENT_CHARACTERS = 16_000;

/** Nothing but blanks and line ends: as a block of YAML it would lose the blanks. */
const BLANK_LINES = /^[ \t\n]*\n$/;

/**
 * Renders a document as YAML. The order of the keys is fixed, and long lines are not folded: the
 * same document always is the same text, because every change of the text is a new version.
 */
export function renderComponentDocument(document: ComponentDocument): string {
  const { constants = {}, parameters = {}, ...rest } = orderDocument(document);
  const content = {
    name: rest.name,
    description: rest.description,
    schemaVersion: decimal(1),
    constants: asList(constants, (value) => ({ type: 'string', value })),
    parameters: asList(parameters, (parameter) => ({ type: 'string', ...parameter })),
    phases: rest.phases,
  };
  const yaml = new Document(content, {
    aliasDuplicateObjects: false,
    // In quotes whatever an older reader would not take for text, such as `yes` and `12:30`.
    compat: 'yaml-1.1',
  });
  visit(yaml, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && BLANK_LINES.test(node.value))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return yaml.toString({ lineWidth: 0, blockQuote: 'literal' });
}

/** AWSTOE has a list of maps with one key each where a map would do. */
function asList<T>(
  values: Readonly<Record<string, T>>,
  describe: (value: T) => object,
): readonly object[] | undefined {
  const list = Object.entries(values).map(([name, value]) => ({ [name]: describe(value) }));
  return list.length === 0 ? undefined : list;
}

/** The number 1 written as `1.0`, as AWSTOE wants its schema version. */
function decimal(value: number): Scalar<number> {
  const scalar = new Scalar(value);
  scalar.minFractionDigits = 1;
  return scalar;
}
