import { type Path, type Problem, problem } from '../../../core';
import { ACTION_INPUTS, isComponentAction, LINUX_ACTIONS } from './component-action-inputs';
import { IF } from './component-condition-shape';
import type { ComponentDocument } from './component-document';
import {
  type Fields,
  filledText,
  flag,
  integer,
  isRecord,
  listOf,
  mapOf,
  oneOf,
  optional,
  type RecordRules,
  record,
  required,
  type Shape,
  text,
} from './component-shape';

/** What a constant, a parameter or a loop may be called: what a reference can spell. */
const VARIABLE_NAME = {
  id: 'variable-name',
  pattern: /^[A-Za-z0-9_-]{3,128}$/,
  rule: 'be a name of 3 to 128 letters, digits, - and _',
};

const STEP_NAME = {
  id: 'step-name',
  pattern: /^[A-Za-z0-9_-]{1,128}$/,
  rule: 'be up to 128 letters, digits, - and _',
};

/** -1 waits for ever; AWSTOE refuses 0. */
const TIMEOUT: Shape = {
  ...integer({ min: 1 }),
  check: (path, value) => (value === -1 ? [] : integer({ min: 1 }).check(path, value)),
};

const FOR_EACH_TEXTS = listOf(text(), { min: 1 });
const FOR_EACH_CUT = record({
  list: required(filledText()),
  delimiter: optional(
    text({
      id: 'loop-delimiter',
      pattern: /^[.,;:\n\t _-]$/,
      rule: 'be one of . , ; : - _ a blank, a tab, a line end',
    }),
  ),
});
const FOR_EACH: Shape = {
  check: (path, value) => (isRecord(value) ? FOR_EACH_CUT : FOR_EACH_TEXTS).check(path, value),
  order: (value) => (isRecord(value) ? FOR_EACH_CUT : FOR_EACH_TEXTS).order(value),
};

const RANGE = record({
  start: required(integer({ min: Number.MIN_SAFE_INTEGER })),
  end: required(integer({ min: Number.MIN_SAFE_INTEGER })),
  updateBy: required(integer({ min: Number.MIN_SAFE_INTEGER })),
});

const FOR: Shape = {
  ...RANGE,
  check: (path, value) => {
    const problems = RANGE.check(path, value);
    return problems.length > 0 ? problems : checkEnds(path, value as Record<string, number>);
  },
};

/** A loop that walks away from its end never stops. */
function checkEnds(path: Path, { start = 0, end = 0, updateBy = 0 }: Record<string, number>) {
  if (updateBy !== 0 && (end - start) * updateBy >= 0) return [];
  return [problem('loop-ends', [...path, 'updateBy'], `lead from ${start} to ${end}`, updateBy)];
}

const LOOP = record(
  { name: optional(text(STEP_NAME)), for: optional(FOR), forEach: optional(FOR_EACH) },
  { exactlyOne: ['for', 'forEach'] },
);

/** Everything of a step but its inputs, which depend on the action. */
const STEP_FIELDS: Fields = {
  name: required(text(STEP_NAME)),
  action: required(text()),
  timeoutSeconds: optional(TIMEOUT),
  onFailure: optional(oneOf(['Abort', 'Continue', 'Ignore'])),
  maxAttempts: optional(integer({ min: 1 })),
  disableLogging: optional(flag()),
  if: optional(IF),
  loop: optional(LOOP),
};

/** Stands for what is checked elsewhere, and for the inputs of an action that is not known. */
const ANYTHING: Shape = { check: () => [], order: (value) => value };

const STEP: Shape = {
  check: (path, value) => [
    ...stepShape(value).check(path, value),
    ...(isRecord(value) ? checkAction([...path, 'action'], value['action']) : []),
  ],
  order: (value) => stepShape(value).order(value),
};

function stepShape(step: unknown): Shape {
  const action = isRecord(step) ? step['action'] : undefined;
  return record({
    ...STEP_FIELDS,
    inputs: isComponentAction(action) ? ACTION_INPUTS[action] : optional(ANYTHING),
  });
}

function checkAction(path: Path, action: unknown): Problem[] {
  if (typeof action !== 'string' || isComponentAction(action)) return [];
  const instead = LINUX_ACTIONS[action];
  if (instead !== undefined)
    return [problem('action-for-windows', path, 'be an action for Windows', action, instead)];
  const known = Object.keys(ACTION_INPUTS).sort().join(', ');
  return [problem('action', path, 'be an action of AWSTOE', action, `known are ${known}`)];
}

const PARAMETER = record({ default: optional(text()), description: optional(text()) });

const phaseShape = (step: Shape): Shape =>
  record({
    name: required(oneOf(['build', 'validate', 'test'])),
    steps: required(listOf(step, { min: 1 })),
  });

const documentShape = (phase: Shape, rules?: RecordRules): Shape =>
  record(
    {
      name: optional(filledText()),
      description: optional(text()),
      constants: optional(mapOf(text(), VARIABLE_NAME)),
      parameters: optional(mapOf(PARAMETER, VARIABLE_NAME)),
      phases: required(listOf(phase, { min: 1 })),
    },
    rules,
  );

const WHOLE = documentShape(phaseShape(STEP));
/** Without what is in the phases, by where the document is written. */
const WITHOUT_PHASES = {
  props: documentShape(ANYTHING),
  file: documentShape(ANYTHING, { elsewhere: ['schemaVersion'] }),
};
const WITHOUT_STEPS = phaseShape(ANYTHING);

/** The document with the keys of all maps in the order in which they are written. */
export function orderDocument(document: ComponentDocument): ComponentDocument {
  // The shape only puts keys in another order.
  return WHOLE.order(document) as ComponentDocument;
}

/** Where a document is written: a file has a version beside it. */
export type DocumentSource = 'props' | 'file';

/** What does not have the form of a document: unknown keys, wrong types, values out of range. */
export function checkDocumentShape(path: Path, document: unknown, from: DocumentSource): Problem[] {
  const phases = isRecord(document) ? listIn(document['phases']) : [];
  return [
    ...WITHOUT_PHASES[from].check(path, document),
    ...phases.flatMap((phase, index) => checkPhase([...path, 'phases', index], phase, index)),
  ];
}

function checkPhase(path: Path, phase: unknown, phaseIndex: number): Problem[] {
  const where = `phase ${nameOf(phase, phaseIndex)}`;
  const steps = isRecord(phase) ? listIn(phase['steps']) : [];
  return [
    ...inPlace(WITHOUT_STEPS.check(path, phase), where),
    ...steps.flatMap((step, index) =>
      inPlace(STEP.check([...path, 'steps', index], step), `${where}, step ${nameOf(step, index)}`),
    ),
  ];
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The name, or the number of a phase or a step that has no proper name. */
const nameOf = (value: unknown, index: number): string => {
  const name = isRecord(value) ? value['name'] : undefined;
  return typeof name === 'string' && STEP_NAME.pattern.test(name) ? name : String(index + 1);
};

/** Says at the end of each message where it is, in the words of the document. */
export function inPlace(problems: readonly Problem[], where: string): Problem[] {
  return problems.map((one) => ({ ...one, message: `${one.message} (${where})` }));
}
