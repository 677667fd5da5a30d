import type { ComponentAction } from './component-action';
import type { ComponentIf } from './component-condition';

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
