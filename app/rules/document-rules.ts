import type { Path, Problem } from '../../modules/core';
import type { ComponentDocument } from '../../modules/image-builder';
import {
  checkInlineLength,
  checkParameterValues,
  splitComponentDocument,
} from '../../modules/image-builder/checks';
import { problemInText, type TextProblem } from '../files/file-problem';
import { readYaml } from '../files/yaml-file';

/** How an environment uses a document. */
export interface DocumentUse {
  /** Where the component stands. */
  readonly path: Path;
  readonly whenTooLong: 'fail' | 'split' | 'bucket' | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What is wrong between a component and its document, at the component. */
export function checkDocumentUse(
  { path, whenTooLong = 'fail', parameters }: DocumentUse,
  document: ComponentDocument,
): Problem[] {
  const advice = 'set `whenTooLong` to split for several components, or to bucket to keep it in S3';
  return [
    ...checkParameterValues([...path, 'parameters'], parameters, document),
    ...(whenTooLong === 'fail' ? checkInlineLength([...path, 'file'], document, advice) : []),
  ];
}

/** Steps that are too long for one component, at the first of them in the document's own text. */
export function checkDocumentText(
  { whenTooLong }: DocumentUse,
  document: ComponentDocument,
  text: string,
): TextProblem[] {
  if (whenTooLong !== 'split') return [];
  const { problems } = splitComponentDocument([], document);
  if (problems.length === 0) return [];
  const { positionOf } = readYaml(text);
  return problems.map((one) => problemInText(positionOf(one.path), one));
}
