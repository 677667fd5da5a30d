import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../../../../modules/core';
import {
  ACTION_INPUTS,
  isComponentAction,
  LINUX_ACTIONS,
} from '../../../../../modules/image-builder/components/document/component-action-inputs';
import type { ComponentDocument } from '../../../../../modules/image-builder/components/document/component-document';
import { checkComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-rules';
import { EVERY_ACTION } from './component-documents';

/** What is wrong with the inputs of a step with that action. */
function problemsOf(action: string, inputs?: unknown): string[] {
  const document = { phases: [{ name: 'build', steps: [{ name: 'Only', action, inputs }] }] };
  return checkComponentDocument([], document as unknown as ComponentDocument).map((problem) =>
    formatProblem(problem)
      .replace('phases[0].steps[0].', '')
      .replace(' (phase build, step Only)', ''),
  );
}

const FILES = { source: 'C:\\a', destination: 'C:\\b' };

describe('the actions of a component', () => {
  it('are all in the document that shows every action', () => {
    const shown = EVERY_ACTION.phases.flatMap(({ steps }) => steps.map(({ action }) => action));
    expect([...new Set(shown)].sort()).toEqual(Object.keys(ACTION_INPUTS).sort());
  });

  it.each([
    ['ExecuteBash', 'use ExecutePowerShell'],
    ['CreateSymlink', 'use ExecutePowerShell with New-Item -ItemType SymbolicLink'],
    ['SetFileOwner', 'use ExecutePowerShell with icacls'],
    ['SetFolderOwner', 'use ExecutePowerShell with icacls'],
    ['SetFilePermissions', 'use ExecutePowerShell with icacls'],
    ['SetFolderPermissions', 'use ExecutePowerShell with icacls'],
  ])('do not include %s, which runs on Linux only', (action, instead) => {
    expect(Object.keys(LINUX_ACTIONS)).toContain(action);
    expect(isComponentAction(action)).toBe(false);
    expect(problemsOf(action, { commands: ['a'] })).toEqual([
      `\`action\` must be an action for Windows, got: "${action}"; ${instead}`,
    ]);
  });

  it('have names that are sensitive to case', () => {
    expect(problemsOf('ExecutePowershell')).toEqual([
      '`action` must be an action of AWSTOE, got: "ExecutePowershell"; known are AppendFile, ' +
        'Assert, CopyFile, CopyFolder, CreateFile, CreateFolder, DeleteFile, DeleteFolder, ' +
        'ExecuteBinary, ExecuteDocument, ExecutePowerShell, InstallMSI, ListFiles, MoveFile, ' +
        'MoveFolder, ReadFile, Reboot, S3Download, S3Upload, SetFileEncoding, SetRegistry, ' +
        'UninstallMSI, UpdateOS, WebDownload',
    ]);
  });

  it.each(['UpdateOS', 'Reboot'])('include %s, which needs no inputs', (action) => {
    expect(problemsOf(action)).toEqual([]);
    expect(problemsOf(action, {})).toEqual([]);
  });

  it.each(Object.keys(ACTION_INPUTS).filter((name) => !['UpdateOS', 'Reboot'].includes(name)))(
    'include %s, which needs inputs',
    (action) => {
      expect(problemsOf(action)).toEqual(['`inputs` must be given, got: nothing']);
    },
  );

  it.each([
    ['ExecuteBinary', {}, ['path']],
    ['ExecuteDocument', {}, ['document']],
    ['S3Download', [{}], ['source', 'destination']],
    ['S3Upload', [{}], ['source', 'destination']],
    ['WebDownload', [{}], ['source', 'destination']],
    ['AppendFile', [{}], ['path']],
    ['CreateFile', [{}], ['path']],
    ['ReadFile', [{}], ['path']],
    ['SetFileEncoding', [{}], ['path']],
    ['DeleteFile', [{}], ['path']],
    ['ListFiles', [{}], ['path']],
    ['CopyFile', [{}], ['source', 'destination']],
    ['MoveFile', [{}], ['source', 'destination']],
    ['CreateFolder', [{}], ['path']],
    ['CopyFolder', [{}], ['source', 'destination']],
    ['MoveFolder', [{}], ['source', 'destination']],
    ['DeleteFolder', [{}], ['path']],
    ['InstallMSI', {}, ['path']],
    ['UninstallMSI', {}, ['path']],
    ['SetRegistry', [{}], ['path', 'name', 'value', 'type']],
  ])('say what %s needs', (action, inputs, missing) => {
    const start = Array.isArray(inputs) ? 'inputs[0]' : 'inputs';
    expect(problemsOf(action, inputs)).toEqual(
      missing.map((key) => `\`${start}.${key}\` must be given, got: nothing`),
    );
  });

  it.each([
    [
      'ExecutePowerShell',
      { comands: ['a'] },
      [
        '`inputs.comands` must be left out, got: ["a"]; known here are `commands`, `file`',
        '`inputs` must have exactly one of `commands` and `file`, got: 0',
      ],
    ],
    [
      'ExecutePowerShell',
      { commands: ['a'], file: 'C:\\a.ps1' },
      ['`inputs` must have exactly one of `commands` and `file`, got: 2'],
    ],
    [
      'ExecutePowerShell',
      { commands: [] },
      ['`inputs.commands` must have at least 1 item, got: 0'],
    ],
    ['ExecutePowerShell', { commands: 'a' }, ['`inputs.commands` must be a list, got: "a"']],
    [
      'ExecutePowerShell',
      { commands: ['a', true] },
      ['`inputs.commands[1]` must be text, got: true; put it in quotes'],
    ],
    [
      'ExecutePowerShell',
      { file: 'C:\\a.bat' },
      ['`inputs.file` must be the path of a .ps1 file, got: "C:\\\\a.bat"'],
    ],
    ['ExecutePowerShell', { file: '{{ build.Get.outputs.file }}.bat' }, undefined],
    ['ExecuteBinary', { path: '' }, ['`inputs.path` must be text that is not empty, got: ""']],
    [
      'ExecuteDocument',
      { document: 'a', 'document-s3-bucket-owner': '1', parameters: [{ name: 'a' }] },
      [
        '`inputs["document-s3-bucket-owner"]` must be an account id of 12 digits, got: "1"',
        '`inputs.parameters[0].value` must be given, got: nothing',
      ],
    ],
    [
      'S3Download',
      { source: 's3://b/k', destination: 'C:\\k' },
      ['`inputs` must be a list, got: {"source":"s3://b/k","destination":"C:\\\\k"}'],
    ],
    ['S3Download', [], ['`inputs` must have at least 1 item, got: 0']],
    [
      'S3Download',
      [{ ...FILES, expectedBucketOwner: 123456789012 }],
      [
        '`inputs[0].source` must be s3://<bucket>/<key>, got: "C:\\\\a"',
        '`inputs[0].expectedBucketOwner` must be text, got: 123456789012; put it in quotes',
      ],
    ],
    ['S3Upload', [{ source: 'C:\\a', destination: 's3://b' }], []],
    [
      'S3Upload',
      [{ source: 'C:\\a', destination: 'b/k', recurse: 'true' }],
      [
        '`inputs[0].destination` must be s3://<bucket>/<key>, got: "b/k"',
        '`inputs[0].recurse` must be true or false, got: "true"',
      ],
    ],
    [
      'WebDownload',
      [{ source: 'ftp://a/b', destination: 'C:\\b', checksum: 'a' }],
      [
        '`inputs[0].source` must be a URL with https or http, got: "ftp://a/b"',
        '`inputs[0].algorithm` must be given, because `checksum` and `algorithm` go together, ' +
          'got: nothing',
      ],
    ],
    [
      'WebDownload',
      [{ source: 'https://a', destination: 'C:\\b', checksum: 'a', algorithm: 'CRC' }],
      ['`inputs[0].algorithm` must be one of "MD5", "SHA1", "SHA256", "SHA512", got: "CRC"'],
    ],
    [
      'CreateFile',
      [{ path: 'C:\\a', owner: 'me', encoding: 'latin1' }],
      [
        '`inputs[0].owner` must be left out, got: "me"; it works on Linux only',
        '`inputs[0].encoding` must be utf-8, utf-16 or utf-32, the last two perhaps with -LE or ' +
          '-BE, got: "latin1"',
      ],
    ],
    [
      'CreateFolder',
      [{ path: 'C:\\a', permissions: '0777', group: 'us' }],
      [
        '`inputs[0].permissions` must be left out, got: "0777"; it works on Linux only',
        '`inputs[0].group` must be left out, got: "us"; it works on Linux only',
      ],
    ],
    [
      'InstallMSI',
      { path: 'a.msi', reboot: 'Never', logOptions: 'z', properties: { A: 1 } },
      [
        '`inputs.reboot` must be one of "Allow", "Force", "Skip", got: "Never"',
        '`inputs.logOptions` must be letters for msiexec /L, got: "z"',
        '`inputs.properties.A` must be text, got: 1; put it in quotes',
      ],
    ],
    [
      'Reboot',
      { delaySeconds: -1 },
      ['`inputs.delaySeconds` must be an integer of at least 0, got: -1'],
    ],
    [
      'SetRegistry',
      [{ path: 'SOFTWARE\\A', name: 'a', value: true, type: 'STRING' }],
      [
        '`inputs[0].path` must begin with a root such as HKLM: or HKEY_LOCAL_MACHINE, ' +
          'got: "SOFTWARE\\\\A"',
        '`inputs[0].value` must be text, a number or a list of texts, got: true',
        '`inputs[0].type` must be one of "BINARY", "DWORD", "EXPAND_SZ", "MULTI_SZ", "QWORD", ' +
          '"SZ", got: "STRING"',
      ],
    ],
    [
      'SetRegistry',
      [{ path: 'HKLM:\\A', name: 'a', value: 2 ** 60, type: 'QWORD' }],
      ['`inputs[0].value` must be text, a number or a list of texts, got: 1152921504606847000'],
    ],
    ['UpdateOS', { include: 'KB1' }, ['`inputs.include` must be a list, got: "KB1"']],
  ])('look at the inputs of %s: %j', (action, inputs, expected = []) => {
    const problems = problemsOf(action, inputs);
    // The reference to a step that is not there is another check's business.
    expect(problems.filter((text) => !text.includes('{{'))).toEqual(expected);
  });
});
