import { describe, expect, it } from '@jest/globals';
import type { ComponentDocument } from '../../../../../modules/image-builder/components/document/component-document';
import { renderComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-yaml';
import { parseComponentFile } from '../../../../../modules/image-builder/components/document/component-file';
import { expectGolden } from '../../../../support/golden';
import { outline } from '../../../../support/problem';

const FILE = `# Installs the agent.
name: Agent   # shows in the log
description: >-
  Installs the agent
  of the company
schemaVersion: 1.0

parameters:
  - Source:
      type: string
      default: 'https://example.com/agent.msi'
      description: Where the agent is
constants:
  - Target: { type: string, value: 'C:\\Temp\\agent.msi' }

phases:
  - name: build
    steps:
      - name: Download
        action: WebDownload
        maxAttempts: 3
        inputs:
          - destination: '{{ Target }}'
            source: '{{ Source }}'
      - name: Install
        inputs:
          path: '{{ build.Download.inputs[0].destination }}'
          reboot: Skip
        action: InstallMSI
        if:
          fileExists: 'C:\\Program Files\\Agent\\agent.exe'
          then: Skip
          else: Execute
      - name: Patch
        action: UpdateOS
        inputs:
  - name: test
    steps:
      - name: Starts
        action: ExecutePowerShell
        inputs:
          commands:
            - |
              $ErrorActionPreference = 'Stop'
              Start-Service agent
            - "exit 0"
`;

/** The problems of a file: `line:column text`. */
function problemsOf(text: string): string[] {
  const parsed = parseComponentFile(text);
  return 'problems' in parsed
    ? parsed.problems.map((one) => `${one.line}:${one.column} ${outline(one)}`)
    : [];
}

/** The same as it is printed. */
function textsOf(text: string): string[] {
  const parsed = parseComponentFile(text);
  return 'problems' in parsed
    ? parsed.problems.map((one) => `${one.line}:${one.column} ${one.text}`)
    : [];
}

function documentOf(text: string): ComponentDocument {
  const parsed = parseComponentFile(text);
  if ('problems' in parsed) throw new Error(parsed.problems.map((one) => one.text).join('\n'));
  return parsed.document;
}

/** A file with one step, whose keys are given. */
const withStep = (...lines: string[]): string =>
  ['schemaVersion: 1.0', 'phases:', '  - name: build', '    steps:', '      - name: Only']
    .concat(lines.map((line) => `        ${line}`))
    .join('\n');

describe('parseComponentFile', () => {
  it('reads what stands in a file', () => {
    expectGolden('component/from-file.yaml', renderComponentDocument(documentOf(FILE)));
  });

  it('makes the same document of a file in which comments and forms are others', () => {
    const other = FILE.replace('# Installs the agent.', '# Once more.\n\n')
      .replace('   # shows in the log', '')
      .replace('{ type: string, value: ', '\n      type: "string"\n      value: ')
      .replace("agent.msi' }", "agent.msi'")
      .replace('- "exit 0"', '- exit 0')
      .replaceAll('\n', '\r\n');
    expect(renderComponentDocument(documentOf(other))).toBe(
      renderComponentDocument(documentOf(FILE)),
    );
  });

  it('reads JSON too', () => {
    const phases = [{ name: 'build', steps: [{ name: 'A', action: 'UpdateOS' }] }];
    expect(documentOf(JSON.stringify({ schemaVersion: '1.0', phases }))).toEqual({ phases });
  });

  it('writes out what an alias repeats', () => {
    const text = withStep('action: UpdateOS', 'inputs: &kb { include: &list [KB1] }').concat(
      '\n  - name: test\n    steps: [{ name: A, action: UpdateOS, inputs: *kb }]',
    );
    const inputs = { include: ['KB1'] };
    expect(documentOf(text).phases).toEqual([
      { name: 'build', steps: [{ name: 'Only', action: 'UpdateOS', inputs }] },
      { name: 'test', steps: [{ name: 'A', action: 'UpdateOS', inputs }] },
    ]);
  });

  it.each([
    ['an empty file', '', '1:1', 'nothing'],
    ['a file of comments', '# later\n', '1:1', 'nothing'],
    ['a list', '# a\n- name: build\n', '2:1', 'a list'],
    ['a single word', 'build', '1:1', 'a single value'],
  ])('refuses %s', (_, text, place, value) => {
    const rule = 'have keys such as schemaVersion and phases at its top';
    expect(problemsOf(text)).toEqual([`${place} \`\` component-no-keys: "${value}"`]);
    expect(textsOf(text)).toEqual([`${place} the file must ${rule}, got: ${value}`]);
  });

  it.each([
    [
      'a file without a version',
      'phases: []',
      ['1:1 `schemaVersion` document-schema-version: nothing', '1:1 `phases` list-length: 0'],
    ],
    [
      'a file with another version',
      withStep('action: UpdateOS').replace('1.0', '1.1'),
      ['1:1 `schemaVersion` document-schema-version: 1.1'],
    ],
  ])('says where there is %s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it.each([
    [
      'a key that is there twice',
      withStep('action: UpdateOS', 'action: Reboot'),
      '7:9 the file must be valid YAML, got: "action: Reboot"; this key is there already; remove one of them',
    ],
    [
      'an open quote',
      withStep('action: "UpdateOS'),
      '6:17 the file must be valid YAML, got: "action: \\"UpdateOS"; close the quote that opens here',
    ],
    [
      'a missing comma',
      withStep('action: UpdateOS', 'inputs: { include: a exclude: b }'),
      '7:28 the file must be valid YAML, got: "inputs: { include: a exclude: b }"; put a comma between two keys',
    ],
    [
      'a file that git could not merge',
      `<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> main\n${withStep('action: UpdateOS')}`,
      '1:1 the file must be valid YAML, got: "<<<<<<< HEAD"; git could not merge: choose a version, and take out <<<<<<<, ======= and >>>>>>>',
    ],
    [
      'a tab',
      withStep('action: UpdateOS', 'inputs:', '\tinclude: [KB1]').replace('        \t', '\t'),
      '8:1 the file must be valid YAML, got: "include: [KB1]"; indent with blanks instead of tabs',
    ],
    [
      'a tab of which the reader stumbles at the lines behind it too',
      withStep('action: UpdateOS').replace('- name: Only', '-\tname: Only'),
      '5:8 the file must be valid YAML, got: "-\\tname: Only"; indent with blanks instead of tabs',
    ],
    [
      'a reference without quotes',
      withStep('action: ExecutePowerShell', 'inputs:', '  file: {{ Source }}'),
      '8:17 the file must be valid YAML, got: "file: {{ Source }}"; put text with {{ in quotes: braces begin a map in YAML',
    ],
    [
      'text that begins with a reference without quotes',
      withStep('action: ExecutePowerShell', 'inputs:', '  commands:', '    - {{ Source }}/a'),
      '9:15 the file must be valid YAML, got: "- {{ Source }}/a"; put text with {{ in quotes: braces begin a map in YAML',
    ],
    [
      'a star without quotes',
      withStep('action: DeleteFile', 'inputs:', '  - path: *log'),
      '8:19 the file must be valid YAML, got: "- path: *log"; there is no &log before it; put text that begins with * in quotes',
    ],
    [
      'a file with two documents',
      `${withStep('action: UpdateOS')}\n---\na: b\n`,
      '7:1 the file must be valid YAML, got: "---"; make each part behind --- a file of its own',
    ],
    [
      'an alias inside of what it repeats',
      'schemaVersion: 1.0\nphases: &all\n  - name: build\n    steps: *all\n',
      '1:1 the file must be valid YAML, got: too many repetitions by aliases; write the values out',
    ],
    [
      'a tag of another program',
      withStep('action: ExecuteBinary', 'inputs:', '  path: !Sub a'),
      '8:17 the file must be valid YAML, got: "path: !Sub a"; put text that begins with ! in quotes',
    ],
  ])('says where YAML goes wrong: %s', (_, text, expected) => {
    expect(textsOf(text)).toEqual([expected]);
  });

  it.each([
    ['yes', 'true'],
    ['On', 'true'],
    ['010', '8'],
    ['12:30', '750'],
    ['1_000', '1000'],
    ['2026-01-01', '"2026-01-01T00:00:00.000Z"'],
  ])('does not take %s for text', (written, read) => {
    const text = withStep(
      'action: ExecutePowerShell',
      'inputs:',
      '  commands:',
      '    - Get-Date',
      `    - ${written}`,
    );
    expect(problemsOf(text)).toEqual([
      `10:15 \`phases[0].steps[0].inputs.commands[1]\` document-text: ${read}`,
    ]);
    expect(textsOf(text)).toEqual([
      expect.stringContaining(
        `; put it in quotes (phase build, step Only); the file says ${written}`,
      ),
    ]);
  });

  it('takes a key without a value for one that is left out', () => {
    expect(documentOf(withStep('action: UpdateOS', 'onFailure:', 'inputs:')).phases).toEqual([
      { name: 'build', steps: [{ name: 'Only', action: 'UpdateOS' }] },
    ]);
    expect(problemsOf(withStep('action: DeleteFile', 'inputs:', '  - path:'))).toEqual([
      '8:13 `phases[0].steps[0].inputs[0].path` document-missing-key: nothing',
    ]);
  });

  it('shows the place of every problem, from top to bottom', () => {
    const text = [
      'schemaVersion: 1.0',
      'title: Tools',
      'constants:',
      '  - Target: { type: string, value: C:\\tools }',
      '  - Number: { type: string, value: 5 }',
      '  - Target: { type: string, value: again }',
      'parameters:',
      '  - Target: { type: string }',
      '  - Edition: { type: number }',
      '  - Source: { type: string, defalt: a }',
      '  - One: {}',
      '    Two: {}',
      '  - Three',
      '  - Four:',
      'phases:',
      '  - name: build',
      '    steps:',
      '      - name: Get',
      '        action: S3Download',
      '        timeoutSeconds: 0',
      '        inputs:',
      '          - source: C:\\a',
      '            expectedBucketOwner: 012345678901',
      '      - action: ExecuteBash',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      '2:1 `title` key-not-here: "Tools"',
      '5:29 `constants.Number` document-text: 5',
      '6:5 `constants[2]` variable-named-twice: "Target"',
      '9:16 `parameters[1].Edition.type` document-parameter-type: "number"',
      '10:29 `parameters.Source.defalt` key-not-here: "a"',
      '11:5 `parameters[3]` document-variable: {"One":{},"Two":{}}',
      '13:5 `parameters[4]` document-variable: "Three"',
      '14:5 `parameters[5]` document-variable: {}',
      `20:9 \`phases[0].steps[0].timeoutSeconds\` integer-range: 0`,
      `22:13 \`phases[0].steps[0].inputs[0].source\` s3-uri: "C:\\\\a"`,
      '22:13 `phases[0].steps[0].inputs[0].destination` document-missing-key: nothing',
      '23:13 `phases[0].steps[0].inputs[0].expectedBucketOwner` document-text: 12345678901',
      '24:9 `phases[0].steps[1].name` document-missing-key: nothing',
      '24:9 `phases[0].steps[1].action` action-for-windows: "ExecuteBash"',
    ]);
  });

  it.each([
    ['schemaVersion', 'schemaversion', '1:1 `schemaversion` key-not-here: 1'],
    ['phases', 'Phases', '2:1 `Phases`'],
    ['steps', 'step', '4:5 `phases[0].step`'],
    ['name', 'Name', '3:5 `phases[0].Name` key-not-here: "build"'],
    ['inputs', 'input', '7:9 `phases[0].steps[0].input`'],
    ['source', 'Source', '8:13 `phases[0].steps[0].inputs[0].Source` key-not-here: "https://a/b"'],
  ])('tells once of %s that is written %s', (key, written, expected) => {
    const inputs = ['inputs:', '  - source: https://a/b', "    destination: 'C:\\b'"];
    const text = withStep('action: WebDownload', ...inputs).replace(`${key}:`, `${written}:`);
    expect(problemsOf(text)).toEqual([expect.stringContaining(expected)]);
    expect(textsOf(text)).toEqual([expect.stringContaining(`; did you mean "${key}"?`)]);
  });

  it('counts a misspelled key where one of several has to be there', () => {
    const loop = withStep('action: UpdateOS', 'loop: { foreach: [a] }');
    expect(problemsOf(loop)).toEqual([
      '7:17 `phases[0].steps[0].loop.foreach` key-not-here: ["a"]',
    ]);
  });

  it('names all keys that a file may have', () => {
    expect(textsOf(`title: Tools\n${withStep('action: UpdateOS')}`)).toEqual([
      '1:1 `title` must be left out, got: "Tools"; known here are `schemaVersion`, `name`, `description`, `constants`, `parameters`, `phases`',
    ]);
  });

  it.each(['constants', 'parameters'])('refuses %s that are no list', (section) => {
    expect(problemsOf(`${section}: { Target: a }\n${withStep('action: UpdateOS')}`)).toEqual([
      `1:1 \`${section}\` document-variables: {"Target":"a"}`,
    ]);
  });

  it('checks references, and shows where they stand', () => {
    const text = withStep(
      'action: ExecutePowerShell',
      'inputs:',
      '  commands:',
      '    - |',
      "      Write-Host '{{ Source }}'",
    );
    expect(problemsOf(text)).toEqual([
      '9:15 `phases[0].steps[0].inputs.commands[0]` reference-to-variable: "{{ Source }}"',
    ]);
  });
});
