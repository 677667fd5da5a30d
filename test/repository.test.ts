import { homedir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { importsOf, repositoryFiles, repositoryText } from './support/repository';
import { ROOT } from './support/run-node';

const FILES = repositoryFiles();
const SOURCES = FILES.filter((file) => /\.(?:ts|js)$/.test(file));

describe('package.json', () => {
  const packageJson = JSON.parse(repositoryText('package.json'));

  it('names exact versions of everything that is installed', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    const loose = Object.entries(all).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(`${version}`),
    );
    expect(loose).toEqual([]);
  });

  it('takes ranges only for what the modules are used with, and has a version of each to test with', () => {
    expect(packageJson.peerDependencies).toEqual({
      '@cdktf/provider-aws': '^21.22.0',
      cdktf: '^0.21.0',
      constructs: '^10.4.2',
    });
    expect(Object.keys(packageJson.devDependencies)).toEqual(
      expect.arrayContaining(Object.keys(packageJson.peerDependencies)),
    );
  });

  it('has the versions that package-lock.json installs', () => {
    const { packages } = JSON.parse(repositoryText('package-lock.json'));
    const { '': root } = packages;
    expect(root.devDependencies).toEqual(packageJson.devDependencies);
    // npm may write optional ones in both places.
    const { dependencies, optionalDependencies } = packageJson;
    expect({ ...root.dependencies, ...optionalDependencies }).toEqual({
      ...dependencies,
      ...optionalDependencies,
    });
    expect(root.optionalDependencies).toEqual(packageJson.optionalDependencies);
    expect(root.peerDependencies).toEqual(packageJson.peerDependencies);
  });
});

describe('the packages that the app and the modules import', () => {
  it('are all declared as dependencies or peers, not for development only', () => {
    const sources = SOURCES.filter((file) =>
      /^(?:main\.ts|(?:app|environment|modules|stacks)\/)/.test(file),
    );
    const imported = sources
      .flatMap((file) => importsOf(repositoryText(file)))
      .filter((one) => !/^(?:\.|node:)/.test(one))
      .map((one) => /^(?:@[^/]+\/)?[^/]+/.exec(one)?.[0] ?? one);
    const { dependencies, peerDependencies } = JSON.parse(repositoryText('package.json'));
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    expect(imported).toContain('zod');
    expect(imported.filter((name) => !declared.includes(name))).toEqual([]);
  });
});

describe('importsOf', () => {
  it.each([
    ["import a from 'b';", ['b']],
    ["import {\n  a,\n  b,\n} from '../c';", ['../c']],
    ["import type { A } from 'b';\nexport * from './c';", ['b', './c']],
    ["import './a';\nimport 'b';", ['./a', 'b']],
    ["const a = require('b');", ['b']],
    ["const a = await import('b');", ['b']],
    ['// about imports from elsewhere', []],
    ["export const a = 'b';", []],
  ])('finds the imports of %j', (text, expected) => {
    expect(importsOf(text)).toEqual(expected);
  });
});

describe('imports', () => {
  it('of the provider are of one resource each, since its package root takes seconds to load', () => {
    const found = SOURCES.flatMap((file) =>
      importsOf(repositoryText(file))
        .filter((one) => one.startsWith('@cdktf/provider-aws'))
        .filter((one) => !/^@cdktf\/provider-aws\/lib\/[\w-]+\/index\.js$/.test(one))
        .map((one) => `${file}: ${one}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the files of the repository', () => {
  it('name no folder of the machine that they were written on', () => {
    const literal = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    // Not inside a word, so that a folder /app does not find ./app.
    const machine = [ROOT, homedir()]
      .filter((path) => path.length > 1)
      .map((path) => `${literal(path)}(?![\\w-])`);
    const homes = ['home', 'Users'].map((folder) => `/${folder}/\\w+`);
    const pattern = new RegExp(`(?<![\\w.~$}{)>-])(?:${[...machine, ...homes].join('|')})`);
    const found = FILES.flatMap((file) => {
      const match = pattern.exec(repositoryText(file))?.[0];
      return match === undefined ? [] : [`${file}: ${match}`];
    });
    expect(found).toEqual([]);
  });
});
