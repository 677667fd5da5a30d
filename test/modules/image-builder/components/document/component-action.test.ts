import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../../../modules/core';
import {
  ACTION_INPUTS,
  isComponentAction,
  LINUX_ACTIONS,
} from '../../../../../modules/image-builder/components/document/component-action-inputs';
import type { ComponentDocument } from '../../../../../modules/image-builder/components/document/component-document';
import { checkComponentDocument } from '../../../../../modules/image-builder/components/document/component-document-rules';
import { adviceOf, outline } from '../../../../support/problem';
import { EVERY_ACTION } from './component-documents';

/** What is wrong with the inputs of a step with that action. */
function foundIn(action: string, inputs?: unknown): Problem[] {
  const document = { phases: [{ name: 'build', steps: [{ name: 'Only', action, inputs }] }] };
  return checkComponentDocument([], document as unknown as ComponentDocument);
}

const problemsOf = (action: string, inputs?: unknown): string[] =>
  foundIn(action, inputs).map((one) => outline(one).replace('phases[0].steps[0].', ''));

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
      `\`action\` action-for-windows: "${action}"`,
    ]);
    expect(foundIn(action, { commands: ['a'] }).map(adviceOf)).toEqual([
      `${instead} (phase build, step Only)`,
    ]);
  });

  it('have no inputs that work on Linux only', () => {
    const found = foundIn('CreateFolder', [{ path: 'C:\\a', permissions: '0777' }]);
    expect(found.map(adviceOf)).toEqual(['it works on Linux only (phase build, step Only)']);
  });

  it('have names that are sensitive to case', () => {
    expect(problemsOf('ExecutePowershell')).toEqual(['`action` action: "ExecutePowershell"']);
  });

  it.each(['UpdateOS', 'Reboot'])('include %s, which needs no inputs', (action) => {
    expect(problemsOf(action)).toEqual([]);
    expect(problemsOf(action, {})).toEqual([]);
  });

  it.each(Object.keys(ACTION_INPUTS).filter((name) => !['UpdateOS', 'Reboot'].includes(name)))(
    'include %s, which needs inputs',
    (action) => {
      expect(problemsOf(action)).toEqual(['`inputs` document-missing-key: nothing']);
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
      missing.map((key) => `\`${start}.${key}\` document-missing-key: nothing`),
    );
  });

  it.each([
    [
      'ExecutePowerShell',
      { comands: ['a'] },
      ['`inputs.comands` key-not-here: ["a"]', '`inputs` document-exactly-one: 0'],
    ],
    [
      'ExecutePowerShell',
      { commands: ['a'], file: 'C:\\a.ps1' },
      ['`inputs` document-exactly-one: 2'],
    ],
    ['ExecutePowerShell', { commands: [] }, ['`inputs.commands` list-length: 0']],
    ['ExecutePowerShell', { commands: 'a' }, ['`inputs.commands` document-list: "a"']],
    ['ExecutePowerShell', { commands: ['a', true] }, ['`inputs.commands[1]` document-text: true']],
    ['ExecutePowerShell', { file: 'C:\\a.bat' }, ['`inputs.file` powershell-file: "C:\\\\a.bat"']],
    ['ExecutePowerShell', { file: '{{ build.Get.outputs.file }}.bat' }, undefined],
    ['ExecuteBinary', { path: '' }, ['`inputs.path` document-filled-text: ""']],
    [
      'ExecuteDocument',
      { document: 'a', 'document-s3-bucket-owner': '1', parameters: [{ name: 'a' }] },
      [
        '`inputs["document-s3-bucket-owner"]` action-account-id: "1"',
        '`inputs.parameters[0].value` document-missing-key: nothing',
      ],
    ],
    [
      'S3Download',
      { source: 's3://b/k', destination: 'C:\\k' },
      ['`inputs` document-list: {"source":"s3://b/k","destination":"C:\\\\k"}'],
    ],
    ['S3Download', [], ['`inputs` list-length: 0']],
    [
      'S3Download',
      [{ ...FILES, expectedBucketOwner: 123456789012 }],
      [
        '`inputs[0].source` s3-uri: "C:\\\\a"',
        '`inputs[0].expectedBucketOwner` document-text: 123456789012',
      ],
    ],
    ['S3Upload', [{ source: 'C:\\a', destination: 's3://b' }], []],
    [
      'S3Upload',
      [{ source: 'C:\\a', destination: 'b/k', recurse: 'true' }],
      ['`inputs[0].destination` s3-folder-uri: "b/k"', '`inputs[0].recurse` document-flag: "true"'],
    ],
    [
      'WebDownload',
      [{ source: 'ftp://a/b', destination: 'C:\\b', checksum: 'a' }],
      [
        '`inputs[0].source` web-url: "ftp://a/b"',
        '`inputs[0].algorithm` document-together: nothing',
      ],
    ],
    [
      'WebDownload',
      [{ source: 'https://a', destination: 'C:\\b', checksum: 'a', algorithm: 'CRC' }],
      ['`inputs[0].algorithm` one-of: "CRC"'],
    ],
    [
      'CreateFile',
      [{ path: 'C:\\a', owner: 'me', encoding: 'latin1' }],
      [
        '`inputs[0].owner` key-of-another-form: "me"',
        '`inputs[0].encoding` text-encoding: "latin1"',
      ],
    ],
    [
      'CreateFolder',
      [{ path: 'C:\\a', permissions: '0777', group: 'us' }],
      [
        '`inputs[0].permissions` key-of-another-form: "0777"',
        '`inputs[0].group` key-of-another-form: "us"',
      ],
    ],
    [
      'InstallMSI',
      { path: 'a.msi', reboot: 'Never', logOptions: 'z', properties: { A: 1 } },
      [
        '`inputs.reboot` one-of: "Never"',
        '`inputs.logOptions` msi-log-options: "z"',
        '`inputs.properties.A` document-text: 1',
      ],
    ],
    ['Reboot', { delaySeconds: -1 }, ['`inputs.delaySeconds` integer-range: -1']],
    [
      'SetRegistry',
      [{ path: 'SOFTWARE\\A', name: 'a', value: true, type: 'STRING' }],
      [
        '`inputs[0].path` registry-path: "SOFTWARE\\\\A"',
        '`inputs[0].value` document-alternative: true',
        '`inputs[0].type` one-of: "STRING"',
      ],
    ],
    [
      'SetRegistry',
      [{ path: 'HKLM:\\A', name: 'a', value: 2 ** 60, type: 'QWORD' }],
      ['`inputs[0].value` document-alternative: 1152921504606847000'],
    ],
    ['UpdateOS', { include: 'KB1' }, ['`inputs.include` document-list: "KB1"']],
  ])('look at the inputs of %s: %j', (action, inputs, expected = []) => {
    const problems = problemsOf(action, inputs);
    // The reference to a step that is not there is another check's business.
    expect(problems.filter((text) => !text.includes('{{'))).toEqual(expected);
  });
});
