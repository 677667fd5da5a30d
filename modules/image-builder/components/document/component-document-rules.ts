import { checkUnique, namedTwice, type Path, type Problem, problem } from '../../../core';
import type { ComponentDocument, ComponentPhase } from './component-document';
import { checkDocumentShape, type DocumentSource, inPlace } from './component-document-shape';
import { MAX_INLINE_DOCUMENT_CHARACTERS, renderComponentDocument } from './component-document-yaml';
import { checkReferences } from './component-reference';

/**
 * What is wrong with a document: its form first and, when that is right, names that are there
 * twice and references to nothing. Each message ends in the phase and the step.
 */
export function checkComponentDocument(
  path: Path,
  document: ComponentDocument,
  from: DocumentSource = 'props',
): Problem[] {
  const problems = checkDocumentShape(path, document, from);
  if (problems.length > 0) return problems;
  return [...checkNames(path, document), ...checkReferences(path, document)];
}

/** A document of which Image Builder takes the text in a request. */
export function checkInlineLength(
  path: Path,
  document: ComponentDocument,
  whatToDo: string,
): Problem[] {
  const { length } = renderComponentDocument(document);
  if (length <= MAX_INLINE_DOCUMENT_CHARACTERS) return [];
  const rule = `be at most ${MAX_INLINE_DOCUMENT_CHARACTERS} characters of YAML`;
  return [problem('document-length', path, rule, length, whatToDo)];
}

function checkNames(path: Path, document: ComponentDocument): Problem[] {
  const { constants = {}, parameters = {} } = document;
  const twice = Object.keys(parameters).filter((name) => Object.hasOwn(constants, name));
  const phaseNames = document.phases.map((phase) => phase.name);
  return [
    ...twice.map((name) =>
      problem(
        'constant-name',
        [...path, 'parameters', name],
        'have another name than a constant',
        name,
      ),
    ),
    ...checkUnique([...path, 'phases'], phaseNames),
    ...document.phases.flatMap((phase, index) =>
      inPlace(checkPhaseNames([...path, 'phases', index, 'steps'], phase), `phase ${phase.name}`),
    ),
  ];
}

function checkPhaseNames(path: Path, { steps }: ComponentPhase): Problem[] {
  const stepNames = steps.map((step) => step.name);
  const loops = steps.map((step) => step.loop?.name);
  return [
    ...checkUnique(path, stepNames),
    ...loops.flatMap((name, index) =>
      name !== undefined && loops.indexOf(name) < index
        ? [namedTwice([...path, index, 'loop', 'name'], name, 'choose another name')]
        : [],
    ),
  ];
}
