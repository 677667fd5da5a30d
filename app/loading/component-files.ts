import { posix } from 'node:path';
import type { ComponentDocuments } from '../../environment/component-documents';
import { type Path, problem } from '../../modules/core';
import { type ComponentDocument, parseComponentFile } from '../../modules/image-builder';
import { FILE_START, type FileProblem } from '../files/file-problem';
import type { FieldProblem } from '../files/schema-problems';
import { readTextFile } from '../files/text-file';
import { checkDocumentText, checkDocumentUse } from '../rules/document-rules';

/** A component of an environment file that names a file. */
export interface ComponentFileReference {
  /** Where the component stands, such as `image.components[0]`. */
  readonly path: Path;
  /** As it is written: a path that begins at the folder of the environment file. */
  readonly file: string;
  readonly whenTooLong: 'fail' | 'split' | 'bucket' | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** As much of an environment file as its component files depend on. */
export interface ComponentFilesOwner {
  readonly file: string;
  readonly componentFiles: readonly ComponentFileReference[];
  readonly locate: (problem: FieldProblem) => FileProblem;
}

/** What {@link readComponentFiles} found. */
export interface ComponentFiles {
  readonly documents: ComponentDocuments;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the component files of an environment. What is wrong with a document is reported in its own
 * file, what is wrong with its use in that of the environment.
 */
export function readComponentFiles(owner: ComponentFilesOwner): ComponentFiles {
  const documents: Record<string, ComponentDocument> = {};
  const problems: FileProblem[] = [];
  for (const reference of owner.componentFiles) {
    const read = readComponentFile(owner, reference);
    problems.push(...read.problems);
    if (read.document !== undefined) documents[reference.file] = read.document;
  }
  return { documents, problems };
}

interface ComponentFile {
  /** Given when nothing is wrong with it. */
  readonly document?: ComponentDocument;
  readonly problems: readonly FileProblem[];
}

function readComponentFile(
  { file: environmentFile, locate }: ComponentFilesOwner,
  reference: ComponentFileReference,
): ComponentFile {
  const file = posix.join(posix.dirname(environmentFile), reference.file);
  const read = readTextFile(file);
  if ('message' in read) {
    const path = [...reference.path, 'file'];
    const rule = 'name a component file';
    return {
      problems: [
        locate(problem('unreadable-component-file', path, rule, file, `it ${read.message}`)),
      ],
    };
  }
  const parsed = parseComponentFile(read.text);
  if ('problems' in parsed) {
    return { problems: parsed.problems.map((one) => ({ ...FILE_START, ...one, file })) };
  }
  const { document } = parsed;
  const inText = checkDocumentText(reference, document, read.text);
  const problems = [
    ...checkDocumentUse(reference, document).map(locate),
    ...inText.map((one) => ({ ...one, file })),
  ];
  return problems.length === 0 ? { document, problems } : { problems };
}
