import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Language, type Node, Parser } from 'web-tree-sitter';

// Otherwise V8 goes on optimising the grammar after the last test, and jest waits for it.
setFlagsFromString('--liftoff-only');

let parser: Promise<Parser> | undefined;

async function createParser(): Promise<Parser> {
  await Parser.init();
  const file = require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  // As bytes: given a path, the library imports in a way that jest does not support.
  const language = await Language.load(readFileSync(file));
  return new Parser().setLanguage(language);
}

/** Rules that the grammar does not know, each a regular expression over the whole script. */
const LINTS: readonly (readonly [RegExp, string])[] = [
  [/"[^"\n]*\$\w+:\s/, 'a variable directly before a colon in a string reads as a scope'],
  [/\bcatch\s*\{\s*\}/, 'an empty catch hides a failure'],
  [/\$\w+\s==\s/, '== is no operator of PowerShell'],
  [/[^\r\n]*\t/, 'a tab'],
  [/\r/, 'a carriage return'],
];

/** What is wrong with a PowerShell script: syntax errors with their line, and a few known traps. */
export async function powerShellProblems(script: string): Promise<string[]> {
  parser ??= createParser();
  const tree = (await parser).parse(script);
  if (tree === null) throw new Error('bug: the parser gave up');
  const lints = LINTS.filter(([pattern]) => pattern.test(script)).map(([, rule]) => rule);
  return [...errorNodes(tree.rootNode), ...lints];
}

function errorNodes(node: Node): string[] {
  if (!node.hasError) return [];
  const own = node.isError || node.isMissing;
  const line = node.startPosition.row + 1;
  const here = own
    ? [`line ${line}: ${node.isMissing ? 'missing' : 'unexpected'} ${node.text}`]
    : [];
  return [...here, ...node.children.flatMap((child) => (child === null ? [] : errorNodes(child)))];
}
