import { Scalar, stringify } from 'yaml';
import {
  checkInteger,
  checkListLength,
  checkText,
  checkUnique,
  type Path,
  type Problem,
  problem,
} from '../core';

/** Runs PowerShell lines as one script; only the exit code of its end counts. */
export interface ExecutePowerShell {
  readonly action: 'ExecutePowerShell';
  readonly inputs: { readonly commands: readonly string[] };
}

/** Restarts the build instance and goes on with the next step. */
export interface Reboot {
  readonly action: 'Reboot';
  readonly inputs: { readonly delaySeconds: number };
}

/** Installs Windows updates. */
export interface UpdateOs {
  readonly action: 'UpdateOS';
  readonly inputs?: {
    readonly include?: readonly string[];
    readonly exclude?: readonly string[];
  };
}

/** Sets a value of the Windows registry. */
export interface SetRegistry {
  readonly action: 'SetRegistry';
  readonly inputs: readonly {
    readonly path: string;
    readonly name: string;
    readonly value: string;
    readonly type: 'BINARY' | 'DWORD' | 'EXPAND_SZ' | 'MULTI_SZ' | 'QWORD' | 'SZ';
  }[];
}

/** What a step does: the action modules that a Windows image needs most. */
export type ComponentAction = ExecutePowerShell | Reboot | UpdateOs | SetRegistry;

/** One step of a phase. */
export type ComponentStep = ComponentAction & {
  /** Unique in its phase; shows in the build log. */
  readonly name: string;
  /** Seconds; `-1` waits for ever. @default 7200 */
  readonly timeoutSeconds?: number;
  /**
   * `Abort` stops the build. `Continue` runs the other steps and then still fails. `Ignore` carries
   * on as if nothing had happened.
   * @default Abort
   */
  readonly onFailure?: 'Abort' | 'Continue' | 'Ignore';
  /** How often the step is tried in all. @default 1 */
  readonly maxAttempts?: number;
};

/** `build` and `validate` run on the build instance, `test` on a fresh instance of the new AMI. */
export interface ComponentPhase {
  readonly name: 'build' | 'validate' | 'test';
  readonly steps: readonly ComponentStep[];
}

/**
 * A document for AWSTOE, the program that runs Image Builder's components. A text that only Terraform
 * knows is put into the YAML as it is: it must not have line ends, nor a colon before a blank.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
 */
export interface ComponentDocument {
  readonly name: string;
  readonly description?: string;
  readonly phases: readonly ComponentPhase[];
}

/**
 * What Image Builder takes in a request. A longer document has to lie in S3.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export const MAX_INLINE_DOCUMENT_CHARACTERS = 16_000;

/** What is wrong with a document before it is rendered. */
export function checkComponentDocument(path: Path, document: ComponentDocument): Problem[] {
  const phases = [...path, 'phases'];
  return [
    ...checkListLength(phases, document.phases, { min: 1 }),
    ...checkUnique(
      phases,
      document.phases.map((phase) => phase.name),
    ),
    ...document.phases.flatMap((phase, index) => checkPhase([...phases, index], phase)),
    ...checkDocumentLength(path, document),
  ];
}

function checkPhase(path: Path, phase: ComponentPhase): Problem[] {
  const steps = [...path, 'steps'];
  return [
    ...checkListLength(steps, phase.steps, { min: 1 }),
    ...checkUnique(
      steps,
      phase.steps.map((step) => step.name),
    ),
    ...phase.steps.flatMap((step, index) => checkStep([...steps, index], step)),
  ];
}

function checkStep(path: Path, step: ComponentStep): Problem[] {
  const { timeoutSeconds = 1, maxAttempts = 1 } = step;
  const delaySeconds = step.action === 'Reboot' ? step.inputs.delaySeconds : 0;
  return [
    ...checkText([...path, 'name'], step.name, {
      pattern: /^[A-Za-z0-9_-]{1,128}$/,
      rule: 'be up to 128 letters, digits, - and _',
    }),
    // -1 waits for ever; 0 is refused by AWSTOE.
    ...(timeoutSeconds === -1
      ? []
      : checkInteger([...path, 'timeoutSeconds'], timeoutSeconds, { min: 1 })),
    ...checkInteger([...path, 'maxAttempts'], maxAttempts, { min: 1 }),
    ...checkInteger([...path, 'inputs', 'delaySeconds'], delaySeconds, { min: 0 }),
  ];
}

function checkDocumentLength(path: Path, document: ComponentDocument): Problem[] {
  const { length } = renderComponentDocument(document);
  if (length <= MAX_INLINE_DOCUMENT_CHARACTERS) return [];
  const rule = `be at most ${MAX_INLINE_DOCUMENT_CHARACTERS} characters of YAML`;
  return [problem(path, rule, length, 'split it over several components')];
}

/**
 * Renders a document as YAML. The order of the keys is fixed here, and long lines are not folded:
 * the same document always is the same text, because every change of the text is a new version.
 */
export function renderComponentDocument(document: ComponentDocument): string {
  const content = {
    name: document.name,
    description: document.description,
    schemaVersion: decimal(1),
    phases: document.phases.map((phase) => ({
      name: phase.name,
      steps: phase.steps.map(buildStep),
    })),
  };
  return stringify(content, {
    lineWidth: 0,
    blockQuote: 'literal',
    aliasDuplicateObjects: false,
    // In quotes whatever an older reader would not take for text, such as `yes` and `12:30`.
    compat: 'yaml-1.1',
  });
}

function buildStep(step: ComponentStep): object {
  return {
    name: step.name,
    action: step.action,
    timeoutSeconds: step.timeoutSeconds,
    onFailure: step.onFailure,
    maxAttempts: step.maxAttempts,
    inputs: buildInputs(step),
  };
}

function buildInputs(step: ComponentStep): object | undefined {
  switch (step.action) {
    case 'ExecutePowerShell':
      return { commands: step.inputs.commands };
    case 'Reboot':
      return { delaySeconds: step.inputs.delaySeconds };
    case 'UpdateOS':
      return step.inputs && { include: step.inputs.include, exclude: step.inputs.exclude };
    case 'SetRegistry':
      return step.inputs.map(({ path, name, value, type }) => ({ path, name, value, type }));
  }
}

/** The number 1 written as `1.0`, as AWSTOE wants its schema version. */
function decimal(value: number): Scalar<number> {
  const scalar = new Scalar(value);
  scalar.minFractionDigits = 1;
  return scalar;
}
