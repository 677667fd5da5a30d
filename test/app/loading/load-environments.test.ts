import fs, { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { readEnvironmentFile } from '../../../app/loading/environment-file';
import { loadEnvironments } from '../../../app/loading/load-environments';
import { outlineInFile } from '../../support/problem';
import { FULL_ENVIRONMENT, withChanges } from '../full-environment';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'environments-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: string | Buffer): void =>
  writeFileSync(join(folder, name), content);

const named = (name: string): string => withChanges(['name: example\n', `name: ${name}\n`]);

/** The problems, with the temporary folder written as `env`. */
const found = (directory = folder): string[] =>
  loadEnvironments(directory).problems.map((one) => outlineInFile(one).replaceAll(folder, 'env'));

describe('the example', () => {
  it('is the full environment without provider and backend', () => {
    const { environments, problems } = loadEnvironments('environments');
    expect(problems).toEqual([]);
    const { provider, backend, ...rest } =
      readEnvironmentFile('e.yaml', FULL_ENVIRONMENT).environment ?? {};
    expect([provider?.version, backend?.s3.bucket]).toEqual(['6.25.0', 'acme-terraform-state']);
    expect(environments).toEqual([
      {
        file: 'environments/example.yaml',
        environment: rest,
        documents: {},
        problems: [],
        locate: expect.any(Function),
        isMisspelled: expect.any(Function),
      },
    ]);
  });

  it('stays right when provider and backend are taken out of their comments', () => {
    const example = fs.readFileSync('environments/example.yaml', 'utf8');
    const text = example.replaceAll(/^# (?=provider:|backend:|\s+s3:)/gm, '');
    expect(readEnvironmentFile('e.yaml', text).environment).toEqual(
      readEnvironmentFile('e.yaml', FULL_ENVIRONMENT).environment,
    );
  });

  it('stays right when every key is taken out of its comment', () => {
    const example = fs.readFileSync('environments/example.yaml', 'utf8');
    // No image of the example lies in the registry of the login.
    const text = example
      .replaceAll(/^( *)# (?=[a-zA-Z]+: [[{"]|backend:|\s+s3:)/gm, '$1')
      .replace('    - mcr', '    - registry.example.com/shop/web:1.4.2\n    - mcr');
    const { environment, problems } = readEnvironmentFile('e.yaml', text);
    expect(problems).toEqual([]);
    expect(environment?.image).toMatchObject({ rebuild: '2026-06-01', retention: { keep: 3 } });
    expect(environment?.nodes.groups[0]?.imageGcThresholds?.highPercent).toBe(95);
  });

  it('names its schema in the first line, for editors', () => {
    const [first] = fs.readFileSync('environments/example.yaml', 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./environment.schema.json');
  });
});

describe('a folder', () => {
  it('gives its environments by file name, whatever the language of the machine', () => {
    write('b.yaml', named('env-b'));
    write('Z.yml', named('env-z'));
    write('a.YAML', named('env-a'));
    const { environments, problems } = loadEnvironments(folder);
    expect(problems).toEqual([]);
    expect(environments.map(({ environment }) => environment.name)).toEqual([
      'env-z',
      'env-a',
      'env-b',
    ]);
  });

  it('may have other files, hidden files and a slash behind its name', () => {
    write('a.yaml', named('env-a'));
    write('.#a.yaml', 'half a li');
    write('a.yaml.bak', 'old');
    write('environment.schema.json', '{}');
    const { environments, problems } = loadEnvironments(`${folder}/`);
    expect(problems).toEqual([]);
    const right = environments.filter((one) => one.problems.length === 0);
    expect(right.map(({ file }) => file)).toEqual([`${folder}/a.yaml`]);
  });

  it('is shown as it was given', () => {
    write('a.yaml', '');
    const given = relative(process.cwd(), folder);
    expect(loadEnvironments(`./${given}`).problems.map(({ file }) => file)).toEqual([
      `${given}/a.yaml`,
    ]);
  });

  it('has to be there', () => {
    expect(found(join(folder, 'other'))).toEqual([
      'env/other:1:1  `` unreadable-folder: "nothing there"',
    ]);
  });

  it('has to be a folder', () => {
    write('a.yaml', named('env-a'));
    expect(found(join(folder, 'a.yaml'))).toEqual([
      'env/a.yaml:1:1  `` unreadable-folder: "a file"',
    ]);
  });

  it('has to have an environment file', () => {
    write('readme.md', 'soon');
    expect(found()).toEqual(['env:1:1  `` no-environment-file: 0']);
  });
});

describe('a file', () => {
  it('may begin with a byte order mark, which does not count as a column', () => {
    write('a.yaml', `\uFEFF${named('env-a')}`);
    expect(loadEnvironments(folder).environments).toHaveLength(1);
    write('a.yaml', `\uFEFF${named('Env')}`);
    expect(found()).toEqual(['env/a.yaml:1:7  `name` environment-name: "Env"']);
  });

  it('has to be UTF-8', () => {
    write('a.yaml', Buffer.from(`\uFEFF${named('env-a')}`, 'utf16le'));
    expect(found()).toEqual(['env/a.yaml:1:1  `` file-encoding: "another encoding"']);
  });

  it('has to be a file that exists', () => {
    mkdirSync(join(folder, 'a.yaml'));
    symlinkSync('gone.yaml', join(folder, 'b.yaml'));
    expect(found()).toEqual([
      'env/a.yaml:1:1  `` unreadable-file: "a folder"',
      'env/b.yaml:1:1  `` unreadable-file: "nothing there"',
    ]);
  });

  it('has to be one that we may read', () => {
    write('a.yaml', named('env-a'));
    // Permissions do not keep an administrator out, so the refusal is played.
    jest.spyOn(fs, 'readFileSync').mockImplementation(() => {
      throw Object.assign(new Error('refused'), { code: 'EACCES' });
    });
    expect(found()).toEqual(['env/a.yaml:1:1  `` unreadable-file: "no permission"']);
  });

  it('with a problem does not keep the others from being read', () => {
    write('a.yaml', named('env-a'));
    write('b.yaml', '');
    write('c.yaml', named('env-c').replace('minSize: 1', 'minSize: 9'));
    const { environments, problems } = loadEnvironments(folder);
    const right = environments.filter((one) => one.problems.length === 0);
    expect(right.map(({ file }) => file)).toEqual([`${folder}/a.yaml`]);
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      [`${folder}/b.yaml`, 1],
      [`${folder}/c.yaml`, 25],
    ]);
  });
});

describe('the names of environments', () => {
  it('are told once for each file, however many have the same', () => {
    for (const file of ['a.yaml', 'b.yaml', 'c.yaml']) write(file, named('twin'));
    const { problems } = loadEnvironments(folder);
    expect(problems.map(({ text }) => text.split('; ')[1])).toEqual([
      `${folder}/b.yaml:1:7 has the same`,
      `${folder}/a.yaml:1:7 has the same`,
      `${folder}/a.yaml:1:7 has the same`,
    ]);
  });

  it('differ, also from those of files with other problems', () => {
    write('a.yaml', named('twin'));
    write('b.yaml', 'region: x\nname: twin\n');
    write('c.yaml', named('other'));
    const { environments } = loadEnvironments(folder);
    const right = environments.filter((one) => one.problems.length === 0);
    expect(right.map(({ environment }) => environment.name)).toEqual(['other']);
    expect(found().filter((line) => line.includes('`name`'))).toEqual([
      'env/a.yaml:1:7  `name` environment-name-taken: "twin"',
      'env/b.yaml:2:7  `name` environment-name-taken: "twin"',
    ]);
    const { problems } = loadEnvironments(folder);
    const taken = problems.filter(({ id }) => id === 'environment-name-taken');
    expect(taken.map(({ text }) => text.split('; ')[1])).toEqual([
      `${folder}/b.yaml:2:7 has the same`,
      `${folder}/a.yaml:1:7 has the same`,
    ]);
  });
});

describe('any text', () => {
  const HOUSE_FORM = /^(?:`.+`|the file) (?:must .+|`.+` must .+), got: .+$/s;

  function expectResult(text: string): void {
    const { environment, problems } = readEnvironmentFile('e.yaml', text);
    expect(environment !== undefined || problems.length > 0).toBe(true);
    for (const { line, column, text: message } of problems) {
      expect(message).toMatch(HOUSE_FORM);
      // What is wrong was told where it stands; its stand-in is never shown.
      expect(message).not.toMatch(
        /TfToken|\n|Invalid (?:input|option)|Too (?:small|big)|Unrecognized key/,
      );
      expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
    }
  }

  it('gives an environment or problems in the house form, and never an exception', () => {
    const yamlish = fc.string({
      unit: fc.constantFrom(...'ab1:-?*&!|>%@`"\'{}[],#~<. \t\n', '\r\n', '<<: ', '---\n', 'name'),
      maxLength: 60,
    });
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), yamlish), expectResult));
  });

  it('gives the same for any value in any place of a file', () => {
    const lines = FULL_ENVIRONMENT.split('\n');
    const value = fc.oneof(
      fc.json({ maxDepth: 2 }),
      fc.constantFrom(
        '{"toString":0}',
        '',
        '~',
        '.nan',
        '-.inf',
        '!!set {a}',
        '!!binary aGk=',
        '&x [*x]',
        '1e999',
      ),
    );
    const changed = fc
      .tuple(fc.nat(lines.length - 1), value)
      .map(([index, one]) =>
        lines
          .map((line, at) => (at === index ? line.replace(/: .*$/, () => `: ${one}`) : line))
          .join('\n'),
      );
    fc.assert(fc.property(changed, expectResult));
  });
});
