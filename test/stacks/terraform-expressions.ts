/** What an expression uses. */
export interface ExpressionParts {
  readonly functions: readonly string[];
  /** Such as `aws_iam_role.NodeRole.arn`, without indexes. */
  readonly references: readonly string[];
}

/**
 * The expressions in a string of Terraform JSON, which is a template: what stands in `${...}`.
 * Escaped openers (`$${`, `%%{`) are text.
 *
 * @throws Error for a directive (`%{...}`), a template inside a template, and one without an end:
 * nothing here means to write one
 */
export function expressionsIn(text: string): string[] {
  const expressions: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const opener = /^(?:\$\$\{|%%\{|\$\{|%\{)/.exec(text.slice(at, at + 3))?.[0];
    if (opener === undefined) continue;
    if (opener === '%{') throw new Error(`a directive: ${text.slice(at, at + 40)}`);
    if (opener === '${') {
      const end = findEnd(text, at + 2);
      expressions.push(text.slice(at + 2, end));
      at = end;
    } else {
      at += 2;
    }
  }
  return expressions;
}

/** Where the brace is that closes an expression. */
function findEnd(text: string, start: number): number {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}]/g;
  tokens.lastIndex = start;
  let depth = 1;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [found] = token;
    if (/[$%]\{/.test(found)) throw new Error(`a template inside a template: ${found}`);
    if (found === '{') depth++;
    if (found === '}') depth--;
    if (depth === 0) return token.index;
  }
  throw new Error(`no end: ${text.slice(start - 2, start + 40)}`);
}

/** Takes an expression apart. Words in quotes are not looked at. */
export function expressionParts(expression: string): ExpressionParts {
  const code = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\[(?:\d+|\*)\]/g, '');
  const words = code.match(/(?<![.\w-])[A-Za-z_][\w-]*(?:\.[\w-]+)*\(?/g) ?? [];
  const isFunction = (word: string): boolean => word.endsWith('(');
  return {
    functions: words.filter(isFunction).map((word) => word.slice(0, -1)),
    references: words.filter((word) => !isFunction(word)),
  };
}

/** Every string in a JSON value, with the key that it is under. Construct metadata is left out. */
export function stringsIn(value: unknown, key = ''): { key: string; text: string }[] {
  if (typeof value === 'string') return [{ key, text: value }];
  if (Array.isArray(value)) return value.flatMap((one) => stringsIn(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === '//' ? [] : stringsIn(one, name),
  );
}
