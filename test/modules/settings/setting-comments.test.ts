import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { ROOT } from '../../support/run-node';

/** A program of somebody who uses a construct, in memory only. */
const PROGRAM = join(ROOT, 'modules', 'program.ts');
const TEXT = `
import type { FastLaunchProps } from './fast-launch/fast-launch';
const props: FastLaunchProps = {
  name: 'x',
  targetResourceCount: 1,
  subnetId: 'subnet-01234567',
};
const { onDestroy } = props;
props.waitForEnabled;
`;

/** Only our own files and those of the language itself: no package is read. */
const resolved = (name: string, from: string): ts.ResolvedModuleFull | undefined => {
  if (!name.startsWith('.')) return undefined;
  const path = join(from, '..', name);
  const file = [`${path}.ts`, join(path, 'index.ts')].find((one) => ts.sys.fileExists(one));
  return file === undefined ? undefined : { resolvedFileName: file, extension: '.ts' };
};

const HOST: ts.LanguageServiceHost = {
  getCompilationSettings: () => ({
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es5.d.ts'],
  }),
  getScriptFileNames: () => [PROGRAM],
  getScriptVersion: () => '1',
  getScriptSnapshot: (file) => {
    const text = file === PROGRAM ? TEXT : ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === PROGRAM || ts.sys.fileExists(file),
  readFile: ts.sys.readFile,
  resolveModuleNameLiterals: (names, from) =>
    names.map(({ text }) => ({ resolvedModule: resolved(text, from) })),
};

describe('the comment above a key of a table', () => {
  const service = ts.createLanguageService(HOST);

  /** What an editor shows over a word of the program. */
  const shown = (word: string) => {
    const info = service.getQuickInfoAtPosition(PROGRAM, TEXT.indexOf(word));
    const byDefault = info?.tags?.find(({ name }) => name === 'default');
    return {
      type: ts.displayPartsToString(info?.displayParts),
      comment: ts.displayPartsToString(info?.documentation).replaceAll('\n', ' '),
      default: ts.displayPartsToString(byDefault?.text),
    };
  };

  it('is what editors show of a prop that is given', () => {
    expect(shown('targetResourceCount')).toEqual({
      type: '(property) targetResourceCount?: number | undefined',
      comment: expect.stringMatching(/^Snapshots to keep ready, 1 to 10,000: one for each node/),
      default: '5',
    });
  });

  it('is shown of a prop that another interface has taken over', () => {
    expect(shown('subnetId')).toEqual({
      type: '(property) subnetId?: string | undefined',
      comment: 'Where the instances run that prepare the snapshots.',
      default: '- a subnet of the default VPC',
    });
  });

  it('is shown where a prop is read', () => {
    const { type, comment } = shown('waitForEnabled');
    expect(type).toContain('waitForEnabled?: boolean | undefined');
    expect(comment).toMatch(/^Whether an apply waits until Fast Launch is on/);
  });
});
