import { type Path, type Problem, problem } from '../../../core';
import type { ComponentDocument, ComponentPhase, ComponentStep } from './component-document';
import { inPlace } from './component-document-shape';
import { isRecord } from './component-shape';

/** A step with the place where it stands. */
export interface PlacedStep {
  readonly phase: ComponentPhase;
  readonly step: ComponentStep;
  readonly path: Path;
}

/** All steps of a document, in the order in which they stand. */
export function placeSteps(path: Path, document: ComponentDocument): PlacedStep[] {
  return document.phases.flatMap((phase, phaseIndex) =>
    phase.steps.map((step, index) => ({
      phase,
      step,
      path: [...path, 'phases', phaseIndex, 'steps', index],
    })),
  );
}

/** `{{ ... }}` in a text, without the braces and the blanks around it. */
export interface ComponentReference {
  readonly path: Path;
  readonly expression: string;
}

/** Everything a step refers to: in its inputs, its loop and its condition. */
export function findReferences({ step, path }: PlacedStep): ComponentReference[] {
  const { inputs, loop } = step;
  return Object.entries({ inputs, loop, if: step.if }).flatMap(([key, value]) =>
    referencesIn([...path, key], value),
  );
}

function referencesIn(path: Path, value: unknown): ComponentReference[] {
  if (typeof value === 'string') {
    const found = value.matchAll(/\{\{([^{}]*)\}\}/g);
    return [...found].map(([, expression = '']) => ({ path, expression: expression.trim() }));
  }
  if (Array.isArray(value)) return value.flatMap((one, i) => referencesIn([...path, i], one));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => referencesIn([...path, key], one));
}

/** The constant or parameter that an expression names, also inside `aws:ssm:resolve(...)`. */
export function variableIn(expression: string): string | undefined {
  const [, name] = /^(?:aws:ssm:resolve\()?([A-Za-z0-9_-]{3,128})\)?$/.exec(expression) ?? [];
  return name;
}

/** The step that an expression takes an input or an output of. */
export function chainedStep(expression: string): { phase: string; step: string } | undefined {
  const [, phase, step] =
    /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.(?:inputs|outputs)(?:\[\d+\])?(?:\.|$)/.exec(
      expression,
    ) ?? [];
  return phase === undefined || step === undefined ? undefined : { phase, step };
}

/**
 * References that AWSTOE cannot resolve. Braces that look like none of its references are left
 * alone: a script may use them for something else.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-user-defined-variables.html
 */
export function checkReferences(path: Path, document: ComponentDocument): Problem[] {
  const steps = placeSteps(path, document);
  const { constants = {}, parameters = {} } = document;
  const variables = [...Object.keys(constants), ...Object.keys(parameters)].sort();
  return steps.flatMap((placed, index) => {
    const problems = findReferences(placed).flatMap((reference) => [
      ...checkVariable(reference, variables),
      ...checkLoopReference(reference, placed.step),
      ...checkMetadata(reference),
      ...checkChaining(reference, placed, { before: steps.slice(0, index), all: steps }),
    ]);
    return inPlace(problems, `phase ${placed.phase.name}, step ${placed.step.name}`);
  });
}

const show = ({ expression }: ComponentReference): string => `{{ ${expression} }}`;

function checkVariable(reference: ComponentReference, variables: readonly string[]): Problem[] {
  const name = variableIn(reference.expression);
  if (name === undefined || variables.includes(name)) return [];
  const known = variables.length === 0 ? 'there are none' : `known are ${variables.join(', ')}`;
  const rule = 'refer to a constant or a parameter of the document';
  return [problem('reference-to-variable', reference.path, rule, show(reference), known)];
}

/** AWSTOE leaves `{{ loop.value }}` as it is in a step without a loop. */
function checkLoopReference(reference: ComponentReference, step: ComponentStep): Problem[] {
  if (step.loop !== undefined || !/^loop\.(?:index|value)$/.test(reference.expression)) return [];
  return [
    problem('reference-to-loop', reference.path, 'stand in a step with a loop', show(reference)),
  ];
}

/** AWSTOE refuses paths that hand out credentials. */
function checkMetadata(reference: ComponentReference): Problem[] {
  if (!/^aws:imds:\/?(?:iam|identity-credentials)(?:\/|$)/.test(reference.expression)) return [];
  return [
    problem('reference-to-credentials', reference.path, 'not read credentials', show(reference)),
  ];
}

function checkChaining(
  reference: ComponentReference,
  { phase }: PlacedStep,
  steps: { readonly before: readonly PlacedStep[]; readonly all: readonly PlacedStep[] },
): Problem[] {
  const target = chainedStep(reference.expression);
  if (target === undefined) return [];
  const isTarget = (one: PlacedStep) =>
    one.phase.name === target.phase && one.step.name === target.step;
  if (!steps.all.some(isTarget)) {
    return [
      problem(
        'reference-to-step',
        reference.path,
        'refer to a step of the document',
        show(reference),
      ),
    ];
  }
  if (!steps.before.some(isTarget)) {
    return [
      problem(
        'reference-order',
        reference.path,
        'refer to a step that runs before',
        show(reference),
      ),
    ];
  }
  // Image Builder runs the phase test on another instance, and nothing is handed over to it.
  if ((target.phase === 'test') === (phase.name === 'test')) return [];
  return [
    problem(
      'reference-to-test',
      reference.path,
      'not refer from or to the phase test',
      show(reference),
    ),
  ];
}
