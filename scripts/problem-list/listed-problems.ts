import ts from 'typescript';
import { wording } from '../../modules/core';
import { wordings } from './wordings';

/** A place in the sources that words a problem. */
export interface ListedProblem {
  readonly id: string;
  /** What can be printed, `…` where values go in. */
  readonly wordings: readonly string[];
  /** The source file, and the line of it. */
  readonly file: string;
  readonly line: number;
}

/** The file whose calls hand on what their callers have named. */
const SHARED = 'modules/core/check.ts';

/**
 * Finds where the sources word problems: `problem('id', path, rule, value, advice)`,
 * `namedTwice(path, item, advice)`, the forms that a value can have, and objects with an `id` and a
 * `rule`, a `message` or a `text`.
 *
 * @throws Error for an `id` that is not written where the problem is
 */
export function listProblems(file: string, text: string): ListedProblem[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: ListedProblem[] = [];
  const visit = (node: ts.Node): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const listed = wordedBy(node, `${file}:${line}`);
    found.push(...listed.map((one) => ({ ...one, file, line })));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type Worded = Pick<ListedProblem, 'id' | 'wordings'>;

function wordedBy(node: ts.Node, place: string): Worded[] {
  if (ts.isObjectLiteralExpression(node)) return ofObject(node);
  if (!ts.isCallExpression(node)) return [];
  if (ts.isPropertyAccessExpression(node.expression)) {
    return node.expression.name.text === 'union' ? ofUnion(node) : [];
  }
  if (!ts.isIdentifier(node.expression)) return [];
  const [first, , third, value, advice] = node.arguments;
  const name = node.expression.text;
  if (name === 'namedTwice') {
    return third === undefined
      ? []
      : [{ id: 'unique', wordings: sentences(['be named once'], '…', third) }];
  }
  if (name === 'hexId') return ofHexId(node);
  if (name === 'anyOf') return ofAnyOf(node);
  if (name !== 'problem' || first === undefined || third === undefined) return [];
  if (ts.isStringLiteral(first)) {
    return [{ id: first.text, wordings: sentences(wordings(third), shown(value), advice) }];
  }
  if (place.startsWith(`${SHARED}:`)) return [];
  throw new Error(`${place}: the id of a problem has to be written where the problem is`);
}

/** Values that are the same each time. */
function shown(value: ts.Expression | undefined): string {
  const text = value?.getText();
  if (text === 'undefined') return 'nothing';
  return text === 'null' ? text : '…';
}

/** The sentences with their advice; when both have several forms, the advice has lines of its own. */
function sentences(
  rules: readonly (string | undefined)[],
  got: string,
  advice?: ts.Expression,
): string[] {
  const advices = advice === undefined ? [undefined] : wordings(advice);
  const said = rules.map((rule) => rule ?? '…');
  if (said.length > 1 && advices.length > 1) {
    const ends = advices.filter((one) => one !== undefined).map((one) => `; ${one}`);
    return [...said.map((rule) => wording(rule, got)), ...ends];
  }
  return said.flatMap((rule) => advices.map((one) => wording(rule, got, one)));
}

/** A rule on text, or a problem that a file has as a whole. */
function ofObject(node: ts.ObjectLiteralExpression): Worded[] {
  const named = (name: string) => propertyOf(node, name);
  const id = named('id');
  if (id === undefined || !ts.isStringLiteral(id)) return [];
  const rule = named('rule');
  if (rule !== undefined && named('pattern') !== undefined) {
    return [{ id: id.text, wordings: sentences(wordings(rule), '…', named('whatToDo')) }];
  }
  const message = named('message') ?? named('text');
  if (message === undefined) return [];
  return [{ id: id.text, wordings: wordings(message).map((one) => one ?? '…') }];
}

function propertyOf(
  { properties }: ts.ObjectLiteralExpression,
  name: string,
): ts.Expression | undefined {
  const property = properties.find((one) => one.name?.getText() === name);
  if (property === undefined) return undefined;
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** `z.union([…], { error: 'be true, false or …' })`, the forms of a value in a file. */
function ofUnion({ arguments: [, options] }: ts.CallExpression): Worded[] {
  const error = options && ts.isObjectLiteralExpression(options) && propertyOf(options, 'error');
  return error ? [{ id: 'alternative', wordings: sentences(wordings(error), '…') }] : [];
}

/** `anyOf('text or a number', …)`, the forms of a value in a component document. */
function ofAnyOf({ arguments: [what] }: ts.CallExpression): Worded[] {
  if (what === undefined) return [];
  const rules = wordings(what).map((one) => `be ${one}`);
  return [{ id: 'document-alternative', wordings: sentences(rules, '…') }];
}

/** `hexId('subnet', 'a subnet id')`, a rule on the ids of one kind of resource. */
function ofHexId({ arguments: given }: ts.CallExpression): Worded[] {
  const [prefix, noun] = given.map((one) => (ts.isStringLiteral(one) ? one.text : '…'));
  const rule = `be ${noun} (${prefix}- and 8 or 17 hex digits)`;
  return [{ id: `${prefix}-id`, wordings: sentences([rule], '…') }];
}
