import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { knownKeys } from '../../app/files/schema-walk';
import { environmentSchema } from '../../environment/schema/environment-schema';
import { repositoryFiles, repositoryText } from '../support/repository';

/** What people copy, without the pages about it. */
const FILES = repositoryFiles().filter((file) => /^modules\/.*\.(?:ts|sh)$/.test(file));

/** Parts of an environment file whose names are no props of a construct. */
const PARTS = ['fastLaunch', 'image', 'nodes', 'windows'];

/** A key of such a part, as messages for the writer of a file name it: `nodes.ami`. */
const FILE_KEY = new RegExp(
  `\\b(?:${PARTS.map((part) => `${part}\\.(?:${knownKeys(environmentSchema, [part]).join('|')})`).join('|')})\\b`,
);

/** A page of this repository, or a file that only an application of it has. */
const PAGE = /(?<![\w/.])docs\/|\benvironments?\/|\benvironment file\b|environment\.schema\.json/;

/** All that people read: comments and the texts of strings. Links lead elsewhere. */
function wordsOf(file: string): string[] {
  const text = repositoryText(file);
  const parts = file.endsWith('.sh') ? text.split('\n') : [...textsOf(file, text)];
  return parts.map((part) => part.replace(/https?:\/\/\S+/g, ''));
}

function textsOf(file: string, text: string): Set<string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node);
    if (isText) found.add(node.text);
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ]) {
      found.add(text.slice(pos, end));
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return found;
}

const misplaced = (words: readonly string[]): string[] =>
  words.flatMap((part) => FILE_KEY.exec(part)?.[0] ?? PAGE.exec(part)?.[0] ?? []);

describe('the words of modules/', () => {
  it.each(FILES)('are those of props in %s', (file) => {
    expect(misplaced(wordsOf(file))).toEqual([]);
  });

  it('would be found', () => {
    const source = [
      '// see docs/permissions.md',
      'const advice = `Name one in nodes.ami, ${id}`;',
      '/** As fastLaunch.method says. */',
      "const link = 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/x';",
      'const tag = image.tests;',
    ].join('\n');
    expect(misplaced([...textsOf('x.ts', source)])).toEqual([
      'docs/',
      'nodes.ami',
      'fastLaunch.method',
    ]);
  });
});
