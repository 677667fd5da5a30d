import ts from 'typescript';
import { wording } from '../../modules/core';

/** Stands where a value goes in. */
const VALUE = '…';

/** How deep constants and functions of a file are followed into each other. */
const MAX_DEPTH = 6;

/**
 * Every text that an expression can have, as far as its own file tells: constants, functions,
 * templates and both sides of a condition are followed. Nothing (`undefined`) is one of them when
 * the expression can be that.
 */
export function wordings(expression: ts.Expression, depth = 0): (string | undefined)[] {
  return [...new Set(alternatives(expression, depth))].map((one) =>
    one?.replace(/…(?:\s?…)+/g, VALUE),
  );
}

function alternatives(node: ts.Expression, depth: number): (string | undefined)[] {
  if (depth > MAX_DEPTH) return [VALUE];
  const inside = (one: ts.Expression) => wordings(one, depth + 1);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
  if (ts.isIdentifier(node) && node.text === 'undefined') return [undefined];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.flatMap((span) => [
      texts(inside(span.expression)),
      [span.literal.text],
    ]);
    return joined([[node.head.text], ...spans]);
  }
  if (ts.isBinaryExpression(node)) return binary(node, inside);
  if (isWording(node)) {
    const [rules = [], shown = [], advices = [undefined]] = node.arguments.map(inside);
    return texts(rules).flatMap((rule) =>
      texts(shown).flatMap((one) => advices.map((advice) => wording(rule, one, advice))),
    );
  }
  return sourcesOf(node)?.flatMap(inside) ?? [VALUE];
}

/** `wording(rule, shown, advice)`, the sentence of a problem. */
const isWording = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === wording.name;

/** The expressions that another one has its value from; nothing when its file does not tell. */
function sourcesOf(node: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (ts.isElementAccessExpression(node)) return entriesOf(node.expression);
  if (ts.isPropertyAccessExpression(node)) return entriesOf(node.expression, node.name.text);
  if (ts.isCallExpression(node)) return resultsOf(node);
  const value = ts.isIdentifier(node) ? initialiserOf(node) : undefined;
  return value && [value];
}

function binary(
  { operatorToken, left, right }: ts.BinaryExpression,
  inside: (one: ts.Expression) => (string | undefined)[],
): (string | undefined)[] {
  if (operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return joined([texts(inside(left)), texts(inside(right))]);
  }
  if (operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) return [VALUE];
  return [...inside(left).filter((one) => one !== undefined), ...inside(right)];
}

const texts = (found: readonly (string | undefined)[]): string[] =>
  found.map((one) => one ?? VALUE);

const joined = (parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>(
    (done, part) => done.flatMap((front) => part.map((back) => front + back)),
    [''],
  );

/** The value of a constant of the same file, or what a parameter is when it is left out. */
function initialiserOf(place: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = place; scope !== undefined; scope = scope.parent) {
    const [declared] = declarationsIn(scope).filter(({ name }) => declares(name, place.text));
    if (declared === undefined) continue;
    return ts.isIdentifier(declared.name) ? declared.initializer : undefined;
  }
  return undefined;
}

function declarationsIn(
  scope: ts.Node,
): readonly (ts.ParameterDeclaration | ts.VariableDeclaration)[] {
  if (isFunction(scope)) return scope.parameters;
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) return [];
  return scope.statements.flatMap((one) =>
    ts.isVariableStatement(one) ? one.declarationList.declarations : [],
  );
}

function declares(name: ts.BindingName, wanted: string): boolean {
  if (ts.isIdentifier(name)) return name.text === wanted;
  return name.elements.some((one) => ts.isBindingElement(one) && declares(one.name, wanted));
}

/** The values of a table such as `ADVICE[key]`, or the one of `RULE.rule`. */
function entriesOf(table: ts.Expression, key?: string): ts.Expression[] | undefined {
  const value = ts.isIdentifier(table) ? initialiserOf(table) : undefined;
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return undefined;
  return value.properties
    .filter((one) => key === undefined || one.name?.getText() === key)
    .flatMap((one) => (ts.isPropertyAssignment(one) ? [one.initializer] : []));
}

const isFunction = (node: ts.Node): node is ts.FunctionDeclaration | ts.ArrowFunction =>
  ts.isFunctionDeclaration(node) || ts.isArrowFunction(node);

/** What a function of the same file gives back. */
function resultsOf({ expression }: ts.CallExpression): ts.Expression[] | undefined {
  if (!ts.isIdentifier(expression)) return undefined;
  const declared = expression
    .getSourceFile()
    .statements.find((one) => ts.isFunctionDeclaration(one) && one.name?.text === expression.text);
  const called = declared ?? initialiserOf(expression);
  if (called === undefined || !isFunction(called) || called.body === undefined) return undefined;
  return ts.isBlock(called.body) ? returnsOf(called.body) : [called.body];
}

function returnsOf(node: ts.Node): ts.Expression[] {
  const found: ts.Expression[] = [];
  ts.forEachChild(node, (child) => {
    if (isFunction(child)) return;
    if (ts.isReturnStatement(child) && child.expression !== undefined) found.push(child.expression);
    found.push(...returnsOf(child));
  });
  return found;
}
