import { type Path, type Problem, problem } from '../../../core';
import type { ComponentDocument, ComponentPhase } from './component-document';
import { inPlace } from './component-document-shape';
import { MAX_INLINE_DOCUMENT_CHARACTERS, renderComponentDocument } from './component-document-yaml';
import {
  chainedStep,
  findReferences,
  type PlacedStep,
  placeSteps,
  variableIn,
} from './component-reference';

/** What has become of a document that was split. There are no documents when there is a problem. */
export interface SplitDocument {
  readonly documents: readonly ComponentDocument[];
  readonly problems: readonly Problem[];
}

/**
 * Cuts a valid document between steps into documents that are short enough, each with the constants
 * and parameters that it uses. Their steps run in the same order as before, whether all phases of a
 * component run before the next component or each phase runs through all components: every document
 * begins where the one before it ends.
 *
 * A document that is short enough stays as it is. The others are named `<name>`, `<name>-2` and so
 * on, so that a longer document leaves the first ones as they are. A step stays in one document
 * with the steps that it refers to; it is a problem when these are too long together.
 *
 * One thing changes: after a failed step with `onFailure: Continue`, the other documents do not run.
 */
export function splitComponentDocument(
  path: Path,
  document: ComponentDocument,
  maxCharacters: number = MAX_INLINE_DOCUMENT_CHARACTERS,
): SplitDocument {
  const fits = (one: ComponentDocument) => renderComponentDocument(one).length <= maxCharacters;
  if (fits(document)) return { documents: [document], problems: [] };
  const groups = groupSteps(placeSteps(path, document));
  const build = (steps: readonly PlacedStep[], index: number) => buildPart(document, steps, index);
  const parts = fill(groups, (steps, index) => fits(build(steps, index)));
  const documents = parts.map((steps, index) => build(steps, index));
  const problems = documents.flatMap((one, index) =>
    fits(one)
      ? []
      : tooLong(parts[index] ?? [], renderComponentDocument(one).length, maxCharacters),
  );
  return problems.length > 0 ? { documents: [], problems } : { documents, problems };
}

/** Steps that have to stay together: no step refers over the border between two groups. */
function groupSteps(steps: readonly PlacedStep[]): PlacedStep[][] {
  const groups: PlacedStep[][] = [];
  for (const step of steps) {
    const targets = chainedSteps(step);
    const first = groups.findIndex((group) => group.some((one) => targets.some(isStep(one))));
    const joined = first === -1 ? [] : groups.splice(first).flat();
    groups.push([...joined, step]);
  }
  return groups;
}

const chainedSteps = (step: PlacedStep) =>
  findReferences(step).flatMap(({ expression }) => chainedStep(expression) ?? []);

const isStep =
  ({ phase, step }: PlacedStep) =>
  (target: { readonly phase: string; readonly step: string }): boolean =>
    phase.name === target.phase && step.name === target.step;

/** Puts as many groups into each part as fit; a group that fits nowhere gets a part of its own. */
function fill(
  groups: readonly (readonly PlacedStep[])[],
  fits: (steps: readonly PlacedStep[], index: number) => boolean,
): readonly (readonly PlacedStep[])[] {
  const parts: (readonly PlacedStep[])[] = [];
  for (const group of groups) {
    const longer = [...(parts.at(-1) ?? []), ...group];
    if (parts.length > 0 && fits(longer, parts.length - 1)) parts.splice(-1, 1, longer);
    else parts.push(group);
  }
  return parts;
}

/** A document of some of the steps. */
function buildPart(
  document: ComponentDocument,
  steps: readonly PlacedStep[],
  index: number,
): ComponentDocument {
  const { name, constants, parameters } = document;
  const used = steps.flatMap(findReferences).map(({ expression }) => variableIn(expression));
  return {
    ...document,
    name: name === undefined ? undefined : partName(name, index),
    constants: pick(constants, used),
    parameters: pick(parameters, used),
    phases: document.phases.flatMap((phase) => buildPhase(phase, steps)),
  };
}

/** The name of the part with that index: the first keeps the name of the whole. */
export const partName = (name: string, index: number): string =>
  index === 0 ? name : `${name}-${index + 1}`;

function buildPhase(phase: ComponentPhase, all: readonly PlacedStep[]): ComponentPhase[] {
  const steps = all.filter((one) => one.phase === phase).map(({ step }) => step);
  return steps.length === 0 ? [] : [{ ...phase, steps }];
}

function pick<T>(
  values: Readonly<Record<string, T>> | undefined,
  names: readonly (string | undefined)[],
): Readonly<Record<string, T>> | undefined {
  if (values === undefined) return undefined;
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function tooLong(steps: readonly PlacedStep[], length: number, max: number): Problem[] {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return [];
  const rule =
    first === last
      ? `be at most ${max} characters of YAML in a document of its own`
      : `be at most ${max} characters of YAML together with the steps that it refers to`;
  const whatToDo = 'shorten it, or keep the document in S3';
  const where = `phase ${last.phase.name}, step ${last.step.name}`;
  return inPlace([problem('part-length', last.path, rule, length, whatToDo)], where);
}
