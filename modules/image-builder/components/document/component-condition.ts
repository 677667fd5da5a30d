/** Asks for one thing: whether a text is empty, whether a file is there. */
export type QuestionOperator =
  | 'stringIsEmpty'
  | 'stringIsWhitespace'
  | 'binaryExists'
  | 'fileExists'
  | 'folderExists';

/** Compares texts, not sensitive to case; a pattern is one of Go's `regexp`. */
export type TextOperator =
  | 'stringEquals'
  | 'stringLessThan'
  | 'stringLessThanEquals'
  | 'stringGreaterThan'
  | 'stringGreaterThanEquals'
  | 'patternMatches';

/** Compares numbers. */
export type NumberOperator =
  | 'numberEquals'
  | 'numberLessThan'
  | 'numberLessThanEquals'
  | 'numberGreaterThan'
  | 'numberGreaterThanEquals';

/** Compares the hash of a file. */
export type HashOperator =
  | 'fileMD5Equals'
  | 'fileSHA1Equals'
  | 'fileSHA256Equals'
  | 'fileSHA512Equals';

/** For each operator a map with its own value and with what stands beside it. */
type Comparison<Operator extends string, Own, Beside> = {
  readonly [K in Operator]: { readonly [P in K]: Own } & Beside;
}[Operator];

/**
 * What an `if` or an `Assert` asks: one comparison, or several under `and`, `or` and `not`, at most
 * four levels deep. `{ numberGreaterThan: 5, value: 7 }` asks whether 7 is greater than 5.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-comparison-operators.html
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-logical-operators.html
 */
export type ComponentCondition =
  | { readonly and: readonly ComponentCondition[] }
  | { readonly or: readonly ComponentCondition[] }
  | { readonly not: ComponentCondition }
  | Comparison<QuestionOperator, string, unknown>
  | Comparison<TextOperator, string, { readonly value: string | number }>
  | Comparison<NumberOperator, number | string, { readonly value: number | string }>
  | Comparison<HashOperator, string, { readonly path: string }>;

/** What becomes of a step once its condition is known. `Abort` fails it. */
export type ConditionOutcome = 'Abort' | 'Execute' | 'Skip';

/**
 * Whether a step runs. A skipped step counts as a success.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-conditional-constructs.html
 */
export type ComponentIf = ComponentCondition & {
  /** When the condition holds. @default Execute */
  readonly then?: ConditionOutcome | undefined;
  /** When it does not. @default Skip */
  readonly else?: ConditionOutcome | undefined;
};
