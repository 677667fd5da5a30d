import { type Path, type Problem, problem } from '../../../core';
import type {
  HashOperator,
  NumberOperator,
  QuestionOperator,
  TextOperator,
} from './component-condition';
import {
  anyOf,
  filledText,
  isRecord,
  keysInOrder,
  number,
  type Shape,
  text,
} from './component-shape';

/** Logical operators in each other deeper than this are refused by AWSTOE. */
const MAX_DEPTH = 4;

/** A comparison: how its own value looks, and what stands beside it. */
interface Comparison {
  readonly own: Shape;
  readonly beside?: { readonly key: string; readonly shape: Shape };
}

const BESIDE_TEXT = { key: 'value', shape: anyOf('text or a number', text(), number()) };

const NUMERIC = anyOf(
  'a number or text of one',
  number(),
  text({ id: 'condition-number', pattern: /^[-+]?(?:[0-9]+\.)?[0-9]+$/, rule: 'be a number' }),
);

const QUESTION: Comparison = { own: text() };
const OF_TEXTS: Comparison = { own: text(), beside: BESIDE_TEXT };
const OF_NUMBERS: Comparison = { own: NUMERIC, beside: BESIDE_TEXT };
const OF_HASHES: Comparison = { own: filledText(), beside: { key: 'path', shape: filledText() } };

const COMPARISONS: Readonly<
  Record<QuestionOperator | TextOperator | NumberOperator | HashOperator, Comparison>
> = {
  stringIsEmpty: QUESTION,
  stringIsWhitespace: QUESTION,
  binaryExists: QUESTION,
  fileExists: QUESTION,
  folderExists: QUESTION,
  stringEquals: OF_TEXTS,
  stringLessThan: OF_TEXTS,
  stringLessThanEquals: OF_TEXTS,
  stringGreaterThan: OF_TEXTS,
  stringGreaterThanEquals: OF_TEXTS,
  patternMatches: OF_TEXTS,
  numberEquals: OF_NUMBERS,
  numberLessThan: OF_NUMBERS,
  numberLessThanEquals: OF_NUMBERS,
  numberGreaterThan: OF_NUMBERS,
  numberGreaterThanEquals: OF_NUMBERS,
  fileMD5Equals: OF_HASHES,
  fileSHA1Equals: OF_HASHES,
  fileSHA256Equals: OF_HASHES,
  fileSHA512Equals: OF_HASHES,
};

const comparisonOf = (operator: string): Comparison | undefined =>
  Object.entries(COMPARISONS).find(([name]) => name === operator)?.[1];

const OPERATORS = ['and', 'or', 'not', ...Object.keys(COMPARISONS)];

/** The condition of an `Assert`, or one inside `and`, `or` and `not`. */
export const CONDITION: Shape = {
  check: (path, value) => checkCondition(path, value, { depth: 1, extra: [] }),
  order: orderCondition,
};

/** The condition of a step, with what follows from it. */
export const IF: Shape = {
  check: (path, value) => checkCondition(path, value, { depth: 1, extra: ['then', 'else'] }),
  order: orderCondition,
};

interface Place {
  /** 1 for a condition that stands in no other. */
  readonly depth: number;
  /** Keys allowed beside the operator. */
  readonly extra: readonly string[];
}

function checkCondition(path: Path, value: unknown, place: Place): Problem[] {
  if (!isRecord(value))
    return [problem('condition-map', path, 'be a map with a comparison', value)];
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const operators = keys.filter((key) => OPERATORS.includes(key));
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    const advice = operator === undefined ? operatorAdvice() : 'put them under `and` or `or`';
    return [problem('condition-comparison', path, 'have one comparison', operators.length, advice)];
  }
  const { beside } = comparisonOf(operator) ?? {};
  const known = [operator, ...place.extra, ...(beside === undefined ? [] : [beside.key])];
  return [
    ...keys
      .filter((key) => !known.includes(key))
      .map((key) =>
        problem('condition-operator', [...path, key], `be one of ${known.join(', ')}`, key),
      ),
    ...place.extra.flatMap((key) => checkOutcome([...path, key], value[key])),
    ...checkOperator(path, operator, value, place),
  ];
}

const operatorAdvice = () => `known are ${OPERATORS.join(', ')}`;

function checkOutcome(path: Path, value: unknown): Problem[] {
  if (value === undefined || ['Abort', 'Execute', 'Skip'].includes(String(value))) return [];
  return [problem('condition-outcome', path, 'be one of "Abort", "Execute", "Skip"', value)];
}

function checkOperator(
  path: Path,
  operator: string,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): Problem[] {
  const comparison = comparisonOf(operator);
  if (comparison === undefined) return checkLogical([...path, operator], value[operator], place);
  const { own, beside } = comparison;
  return [
    ...own.check([...path, operator], value[operator]),
    ...(beside === undefined ? [] : beside.shape.check([...path, beside.key], value[beside.key])),
  ];
}

function checkLogical(path: Path, value: unknown, place: Place): Problem[] {
  const depth = place.depth + 1;
  if (depth > MAX_DEPTH + 1) {
    return [
      problem('condition-depth', path, `stand at most ${MAX_DEPTH} levels deep`, place.depth),
    ];
  }
  const inner = { depth, extra: [] };
  if (path.at(-1) === 'not') return checkCondition(path, value, inner);
  if (!Array.isArray(value) || value.length === 0) {
    return [problem('condition-list', path, 'be a list of comparisons', value)];
  }
  return value.flatMap((one, index) => checkCondition([...path, index], one, inner));
}

/** The operator first, then what stands beside it, then what follows. */
function orderCondition(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderCondition);
  if (!isRecord(value)) return value;
  const ordered = keysInOrder(value, [...OPERATORS, 'value', 'path', 'then', 'else']);
  const entries = Object.entries(ordered).map(([key, inner]) => [
    key,
    ['and', 'or', 'not'].includes(key) ? orderCondition(inner) : inner,
  ]);
  return Object.fromEntries(entries);
}
