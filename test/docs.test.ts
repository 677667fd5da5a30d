import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { parse } from 'yaml';
import { formatFileProblem } from '../app/files/file-problem';
import { readEnvironmentFile } from '../app/loading/environment-file';
import { readMarkdown } from './support/markdown';
import { repositoryFiles, repositoryText } from './support/repository';
import { ROOT } from './support/run-node';

const DOCUMENTS = repositoryFiles().filter(
  (file) =>
    /^(?:[^/]+|(?:docs|emulator|examples|modules)\/.+)\.md$/.test(file) && !file.startsWith('.'),
);

const readDocument = (file: string) => readMarkdown(repositoryText(file));

/** What is wrong with a link of a document; nothing for one that leads out of the repository. */
function linkProblem(file: string, link: string): string | undefined {
  if (/^(?:https?|mailto):/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#', 2);
  const target = path === '' ? file : posix.join(posix.dirname(file), decodeURIComponent(path));
  if (target.startsWith('..') || !existsSync(join(ROOT, target))) return `no ${target}`;
  if (anchor === undefined) return undefined;
  if (!target.endsWith('.md')) return `#${anchor} of a file that is no Markdown`;
  return readDocument(target).anchors.includes(anchor) ? undefined : `no #${anchor} in ${target}`;
}

describe('the documents', () => {
  it('are those that a reader looks for', () => {
    expect(DOCUMENTS).toEqual(
      expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md']),
    );
  });

  it.each(DOCUMENTS)('%s has one title, and it is first', (file) => {
    const levels = readDocument(file).headings.map(({ level }) => level);
    expect(
      levels.map((level, index) => (level === 1 ? index : -1)).filter((at) => at >= 0),
    ).toEqual([0]);
  });

  it.each(DOCUMENTS)('%s links only to files and headings that exist', (file) => {
    const problems = readDocument(file).links.flatMap((link) => linkProblem(file, link) ?? []);
    expect(problems).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(repositoryText('package.json'));
    const named = DOCUMENTS.flatMap((file) => [
      ...repositoryText(file).matchAll(/\bnpm run (?:--?\S+ )*([\w:-]+)/g),
    ]).map((match) => match[1] ?? '');
    expect(named).toContain('check');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('name only programs and folders of the repository that exist', () => {
    const named = DOCUMENTS.flatMap((file) => [
      ...repositoryText(file).matchAll(/^\s*(?:ba)?sh (\S+\.sh)\b/gm),
    ]).map((match) => match[1] ?? '');
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('the YAML of the README', () => {
  const environments = readDocument('README.md')
    .codeBlocks.filter(({ language }) => language === 'yaml')
    .filter(({ text }) => {
      const data: unknown = parse(text);
      return typeof data === 'object' && data !== null && 'name' in data && 'cluster' in data;
    });

  it('has an environment to copy', () => {
    expect(environments.length).toBeGreaterThan(0);
  });

  it('loads without a problem', () => {
    const problems = environments.flatMap(
      ({ text, line }) => readEnvironmentFile(`README.md, block of line ${line}`, text).problems,
    );
    expect(problems.map(formatFileProblem)).toEqual([]);
  });
});

/** The READMEs of modules, each with the folder that it is about. */
const MODULE_READMES = DOCUMENTS.flatMap((file): [string, string][] => {
  const [, folder] = /^(modules\/[^/]+)\/README\.md$/.exec(file) ?? [];
  return folder === undefined ? [] : [[file, folder]];
});

/** The module that other modules are made with, and that makes nothing by itself. */
const WITHOUT_CONSTRUCTS = ['modules/settings'];

/** What the examples of the READMEs import. */
const ENTRIES = ['./modules', './modules/core', './modules/iam', './modules/settings'];

/** Every construct that a folder's index has, by its class. What else it has is internal. */
const constructsOf = (folder: string): string[] => {
  const isPublic = new Set(Object.keys(require(join(ROOT, folder))));
  return classesIn(folder).filter((name) => isPublic.has(name));
};

const classesIn = (folder: string): string[] =>
  repositoryFiles(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...repositoryText(file).matchAll(
        /^export class (\w+)(?:<.*>)? extends (?:Construct|Terraform\w+)\b/gm,
      ),
    ])
    .map((match) => match[1] ?? '');

describe('the README of a module', () => {
  it('is in each of their folders', () => {
    const folders = repositoryFiles('modules').flatMap(
      (file) => /^modules\/[^/]+(?=\/)/.exec(file) ?? [],
    );
    expect(MODULE_READMES.map(([, folder]) => folder)).toEqual([...new Set(folders)]);
  });

  it.each(MODULE_READMES)('%s shows every construct of %s', (file, folder) => {
    const code = readDocument(file).codeBlocks.map(({ text }) => text);
    const shown = (name: string) => code.some((text) => text.includes(`new ${name}(`));
    const constructs = constructsOf(folder);
    expect(constructs.length === 0).toBe(WITHOUT_CONSTRUCTS.includes(folder));
    expect(code.length).toBeGreaterThan(0);
    expect(constructs.filter((name) => !shown(name))).toEqual([]);
  });

  it.each(MODULE_READMES)('%s says what it needs and what it costs', (file) => {
    const titles = readDocument(file).headings.map(({ text }) => text);
    expect(titles).toEqual(expect.arrayContaining(['What it needs', 'What it costs']));
  });

  it.each(MODULE_READMES)('%s leads nowhere outside of a copy', (file) => {
    const { links, codeBlocks } = readDocument(file);
    const outside = links
      .filter((link) => !/^(?:https?:|#)/.test(link))
      .filter((link) => !posix.join(posix.dirname(file), link).startsWith('modules/'));
    const imports = codeBlocks.flatMap(({ text }) => [...text.matchAll(/from '(\.[^']*)'/g)]);
    const foreign = imports
      .map((match) => match[1] ?? '')
      .filter((from) => !ENTRIES.includes(from));
    expect([outside, foreign]).toEqual([[], []]);
  });
});

/** The TypeScript of READMEs as files of the repository's root that exist in memory only. */
function typeScriptBlocks(): Map<string, string> {
  const readmes = DOCUMENTS.filter((file) => /^(?:modules\/.*|emulator\/)?README\.md$/.test(file));
  const blocks = readmes.flatMap((file) =>
    readDocument(file)
      .codeBlocks.filter(({ language }) => language === 'ts' || language === 'typescript')
      .map(({ text, line }) => {
        const name = `${file.replaceAll('/', '-')}-line-${line}.ts`;
        // A module of its own even without an import, so that names cannot clash.
        return [join(ROOT, name), `${text}\nexport {};\n`] as const;
      }),
  );
  return new Map(blocks);
}

/** Type errors of files in memory, by the rules of the repository. */
function typeErrors(files: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  const unusedIsFine = { ...options, noUnusedLocals: false };
  const program = ts.createProgram([...files.keys()], unusedIsFine, host);
  const own = program.getSourceFiles().filter(({ fileName }) => files.has(fileName));
  return own
    .flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ])
    .map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      const name = posix.basename(file?.fileName ?? '');
      return `${name}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}

describe('the TypeScript of the READMEs', () => {
  it('type-checks', () => {
    const blocks = typeScriptBlocks();
    expect(blocks.size).toBeGreaterThan(0);
    // One that is wrong shows that the check sees something.
    const wrong = join(ROOT, 'wrong.ts');
    const files = new Map([...blocks, [wrong, "import { x } from './modules';\n"]]);
    expect(typeErrors(files)).toEqual([
      `wrong.ts, line 1: Module '"./modules"' has no exported member 'x'.`,
    ]);
  });
});
