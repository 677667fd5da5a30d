import { Document, Scalar, visit } from 'yaml';
import type { ComponentAction } from './component-action';
import type { ComponentIf } from './component-condition';
import { orderDocument } from './component-document-shape';

/** Runs a step once for every number from `start` to `end`, both included. */
export interface ComponentForLoop {
  /** Name for references such as `{{ <name>.value }}`. @default - only `{{ loop.value }}` */
  readonly name?: string | undefined;
  readonly for: {
    readonly start: number;
    readonly end: number;
    /** Added after every round; not 0, and negative to count down. */
    readonly updateBy: number;
  };
  readonly forEach?: undefined;
}

/** Runs a step once for every text of a list. */
export interface ComponentForEachLoop {
  /** Name for references such as `{{ <name>.value }}`. @default - only `{{ loop.value }}` */
  readonly name?: string | undefined;
  /** The texts, or one text to cut. */
  readonly forEach:
    | readonly string[]
    | {
        readonly list: string;
        /** One character: `.`, `,`, `;`, `:`, a line end, a tab, a blank, `-` or `_`. @default , */
        readonly delimiter?: string | undefined;
      };
  readonly for?: undefined;
}

/**
 * Runs a step several times, with `{{ loop.index }}` from 0 and `{{ loop.value }}`. Time limit,
 * attempts and `onFailure` are for all rounds together.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-looping-constructs.html
 */
export type ComponentLoop = ComponentForLoop | ComponentForEachLoop;

/** One step of a phase. */
export type ComponentStep = ComponentAction & {
  /** Unique in its phase; shows in the build log. */
  readonly name: string;
  /** Seconds; `-1` waits for ever. @default 7200 */
  readonly timeoutSeconds?: number | undefined;
  /**
   * `Abort` stops the build. `Continue` runs the other steps and then still fails. `Ignore` carries
   * on as if nothing had happened.
   * @default Abort
   */
  readonly onFailure?: 'Abort' | 'Continue' | 'Ignore' | undefined;
  /** How often the step is tried in all. @default 1 */
  readonly maxAttempts?: number | undefined;
  /** Keeps the output of the step out of the log. @default false */
  readonly disableLogging?: boolean | undefined;
  /** @default - the step always runs */
  readonly if?: ComponentIf | undefined;
  /** @default - the step runs once */
  readonly loop?: ComponentLoop | undefined;
};

/** `build` and `validate` run on the build instance, `test` on a fresh instance of the new AMI. */
export interface ComponentPhase {
  readonly name: 'build' | 'validate' | 'test';
  readonly steps: readonly ComponentStep[];
}

/** A value that the recipe may give. It is logged in CloudTrail: no place for a secret. */
export interface ComponentParameter {
  /** @default - the recipe has to give the value */
  readonly default?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * A document for AWSTOE, the program that runs Image Builder's components. A text that only Terraform
 * knows is put into the YAML as it is: it must not have line ends, nor a colon before a blank.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
 */
export interface ComponentDocument {
  /** @default - the component's name alone tells what it is */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /**
   * Texts by name: 3 to 128 letters, digits, `-` and `_`. Steps refer to one as `{{ Name }}`.
   * @default - none
   */
  readonly constants?: Readonly<Record<string, string>> | undefined;
  /**
   * Values from the recipe, by name, as for `constants`; no name is in both.
   * @default - none
   */
  readonly parameters?: Readonly<Record<string, ComponentParameter>> | undefined;
  readonly phases: readonly ComponentPhase[];
}

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
