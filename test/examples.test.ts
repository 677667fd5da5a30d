import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fileTexts } from './support/folder-contents';
import { expectGolden } from './support/golden';
import { readMarkdown } from './support/markdown';
import { importsOf, repositoryFiles, repositoryText } from './support/repository';
import { ROOT, runNode } from './support/run-node';
import { Template } from './support/template';

const EXAMPLES = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const HEADINGS = [
  'What it shows',
  'Needs',
  'Cost and time',
  'Run',
  'Check that it worked',
  'Clean up',
];

/** Starting a program may take long when the machine is busy. */
const LIMIT_MS = 600_000;

/** The addresses of an example; with several stacks, each with the name of its stack in front. */
function addressesIn(files: Readonly<Record<string, string>>): string[] {
  const stacks = Object.keys(files).filter((file) => file.endsWith('/cdk.tf.json'));
  return stacks.flatMap((file) => {
    const prefix = stacks.length === 1 ? '' : `${file.split('/')[1]} `;
    const addresses = Template.parse(files[file] ?? '').addresses();
    return addresses.map((address) => `${prefix}${address}`);
  });
}

describe('the examples', () => {
  it('are there', () => {
    expect(EXAMPLES).toContain('image-and-nodes');
  });

  it('are all linked from the README of the repository', () => {
    const { links } = readMarkdown(repositoryText('README.md'));
    const linked = (name: string): boolean =>
      links.some((link) => posix.join(link, '.').startsWith(`examples/${name}`));
    expect(EXAMPLES.filter((name) => !linked(name))).toEqual([]);
  });
});

describe.each(EXAMPLES)('the example %s', (name) => {
  const folder = `examples/${name}`;

  it.each(['README.md', 'main.ts', 'cdktf.json'])('has a file %s', (file) => {
    expect(existsSync(join(ROOT, folder, file))).toBe(true);
  });

  it('has a README with a title and the same headings as all of them', () => {
    const { headings } = readMarkdown(repositoryText(`${folder}/README.md`));
    const [title, ...others] = headings;
    expect(title?.level).toBe(1);
    expect(others).toEqual(HEADINGS.map((text) => ({ level: 2, text })));
  });

  it('is run by the cdktf command with the program that the test runs', () => {
    expect(JSON.parse(repositoryText(`${folder}/cdktf.json`))).toMatchObject({
      app: 'node --require tsx/cjs main.ts',
      output: 'cdktf.out',
      sendCrashReports: 'false',
    });
  });

  it('imports packages, the modules and its own files, and no other example', () => {
    const files = repositoryFiles(folder).filter((file) => file.endsWith('.ts'));
    const imported = files.flatMap((file) =>
      importsOf(repositoryText(file))
        .filter((one) => one.startsWith('.'))
        .map((one) => posix.join(posix.dirname(file), one)),
    );
    expect(imported).toContain('modules');
    const allowed = (path: string): boolean => path === 'modules' || path.startsWith(`${folder}/`);
    expect(imported.filter((path) => !allowed(path))).toEqual([]);
  });

  it(
    'synthesizes, without any setting, to these addresses',
    () => {
      const out = mkdtempSync(join(tmpdir(), 'example-'));
      try {
        const environment = { CDKTF_OUTDIR: out };
        const { status, stderr } = runNode('main.ts', join(ROOT, folder), environment);
        expect([status, stderr]).toEqual([0, '']);
        expectGolden(`addresses/${name}.txt`, `${addressesIn(fileTexts(out)).join('\n')}\n`);
      } finally {
        rmSync(out, { recursive: true });
      }
    },
    LIMIT_MS,
  );
});
