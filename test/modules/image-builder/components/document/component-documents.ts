import type { ComponentDocument } from '../../../../../modules/image-builder/components/document/component-document';

export const REBOOT = { name: 'Restart', action: 'Reboot', inputs: { delaySeconds: 30 } } as const;

export const MINIMAL: ComponentDocument = {
  name: 'Minimal',
  phases: [{ name: 'build', steps: [REBOOT] }],
};

export const ALL_OPTIONS: ComponentDocument = {
  name: 'AllOptions',
  description: 'Every option of a step: "quoted", # and more',
  phases: [
    {
      name: 'build',
      steps: [
        {
          name: 'Install',
          action: 'ExecutePowerShell',
          timeoutSeconds: 600,
          onFailure: 'Abort',
          maxAttempts: 3,
          inputs: { commands: ['Write-Host "a: b" # c', "$x = 'y'\nif ($x) { exit 0 }\n"] },
        },
        {
          name: 'Patch',
          action: 'UpdateOS',
          timeoutSeconds: -1,
          onFailure: 'Continue',
          inputs: { include: ['KB1234567'], exclude: ['KB7654321', 'KB1'] },
        },
        { name: 'PatchAll', action: 'UpdateOS' },
        REBOOT,
      ],
    },
    {
      name: 'validate',
      steps: [
        {
          name: 'Registry',
          action: 'SetRegistry',
          onFailure: 'Ignore',
          inputs: [
            { path: 'HKLM:\\SOFTWARE\\Example', name: 'Flag', value: '0001', type: 'DWORD' },
            { path: 'HKLM:\\SOFTWARE\\Example', name: 'Text', value: ' a\n', type: 'SZ' },
          ],
        },
      ],
    },
    { name: 'test', steps: [{ ...REBOOT, name: 'Restart-2_b' }] },
  ],
};

const FROM_TO = { source: 'C:\\a\\*', destination: 'C:\\b\\' };

const MSI = {
  path: 's3://tools/agent.msi',
  reboot: 'Skip',
  logOptions: '*VX',
  logFile: 'C:\\logs\\agent.log',
  properties: { TARGETDIR: 'C:\\agent', COMPANYNAME: '"Acme ""Widgets"""' },
  ignoreAuthenticodeSignatureErrors: false,
  allowUnsignedInstaller: true,
} as const;

/** Every action, with all of its inputs. */
export const EVERY_ACTION: ComponentDocument = {
  name: 'EveryAction',
  phases: [
    {
      name: 'build',
      steps: [
        {
          name: 'Lines',
          action: 'ExecutePowerShell',
          inputs: { commands: ['Get-Date', 'if ($true) {\n  exit 0\n}\n'] },
        },
        { name: 'Script', action: 'ExecutePowerShell', inputs: { file: 'C:\\scripts\\a.ps1' } },
        {
          name: 'Binary',
          action: 'ExecuteBinary',
          inputs: { path: 'C:\\setup.exe', arguments: ['/quiet', '/norestart'] },
        },
        {
          name: 'Document',
          action: 'ExecuteDocument',
          inputs: {
            document: 's3://documents/other.yaml',
            'document-s3-bucket-owner': '012345678901',
            phases: 'build,validate',
            parameters: [{ name: 'Edition', value: 'Core' }],
          },
        },
        { name: 'Check', action: 'Assert', inputs: { fileExists: 'C:\\setup.exe' } },
        {
          name: 'FromS3',
          action: 'S3Download',
          inputs: [
            {
              source: 's3://tools/agent/*',
              destination: 'C:\\agent\\',
              expectedBucketOwner: '012345678901',
              overwrite: false,
            },
          ],
        },
        {
          name: 'ToS3',
          action: 'S3Upload',
          inputs: [
            {
              source: 'C:\\logs\\*',
              destination: 's3://logs/',
              recurse: true,
              expectedBucketOwner: '012345678901',
            },
          ],
        },
        {
          name: 'FromWeb',
          action: 'WebDownload',
          inputs: [
            {
              source: 'https://example.com/a.zip',
              destination: 'C:\\a.zip',
              overwrite: true,
              checksum: 'ac68bbf921d953d1cfab916cb6120864',
              algorithm: 'MD5',
              ignoreCertificateErrors: false,
            },
          ],
        },
        {
          name: 'Append',
          action: 'AppendFile',
          inputs: [{ path: 'C:\\a.txt', content: 'more\n', encoding: 'utf-8' }],
        },
        {
          name: 'Create',
          action: 'CreateFile',
          inputs: [{ path: 'C:\\a.txt', content: '', encoding: 'UTF-16-LE', overwrite: false }],
        },
        {
          name: 'Read',
          action: 'ReadFile',
          inputs: [{ path: 'C:\\a.txt', encoding: 'utf16', printFileContent: true }],
        },
        {
          name: 'Encode',
          action: 'SetFileEncoding',
          inputs: [{ path: 'C:\\a.txt', encoding: 'utf-32' }],
        },
        { name: 'Delete', action: 'DeleteFile', inputs: [{ path: 'C:\\*.log' }] },
        {
          name: 'List',
          action: 'ListFiles',
          inputs: [{ path: 'C:\\logs', fileNamePattern: '*log', recursive: true }],
        },
        { name: 'Copy', action: 'CopyFile', inputs: [{ ...FROM_TO, overwrite: false }] },
        { name: 'Move', action: 'MoveFile', inputs: [FROM_TO] },
        { name: 'Folder', action: 'CreateFolder', inputs: [{ path: 'C:\\b', overwrite: false }] },
        { name: 'CopyAll', action: 'CopyFolder', inputs: [FROM_TO] },
        { name: 'MoveAll', action: 'MoveFolder', inputs: [FROM_TO] },
        { name: 'DeleteAll', action: 'DeleteFolder', inputs: [{ path: 'C:\\b', force: true }] },
        { name: 'Install', action: 'InstallMSI', inputs: MSI },
        { name: 'Uninstall', action: 'UninstallMSI', inputs: { path: 'C:\\old.msi' } },
        REBOOT,
        {
          name: 'Registry',
          action: 'SetRegistry',
          inputs: [
            { path: 'HKLM:\\SOFTWARE\\A', name: 'Number', value: 1, type: 'DWORD' },
            { path: 'HKEY_USERS\\.DEFAULT', name: 'Texts', value: ['a', 'b'], type: 'MULTI_SZ' },
          ],
        },
        { name: 'Update', action: 'UpdateOS', inputs: { include: ['*Security*'] } },
      ],
    },
  ],
};

/** Variables, references, loops and conditions. */
export const CONTROL_FLOW: ComponentDocument = {
  name: 'ControlFlow',
  constants: { Target: 'C:\\tools\\' },
  parameters: {
    Tools: { default: 'one,two', description: 'Names with commas between them' },
    SecretName: {},
  },
  phases: [
    {
      name: 'build',
      steps: [
        {
          name: 'Download',
          action: 'S3Download',
          loop: { name: 'Tool', forEach: { list: '{{ Tools }}', delimiter: ',' } },
          inputs: [
            {
              source: 's3://tools/{{ Tool.value }}.zip',
              destination: '{{Target}}{{ loop.index }}',
            },
          ],
        },
        {
          name: 'Count',
          action: 'ExecutePowerShell',
          loop: { for: { start: 3, end: 1, updateBy: -1 } },
          inputs: { commands: ["Write-Host '{{ loop.value }} {{ env:ProgramFiles(x86) }}'"] },
        },
        {
          name: 'UseSecret',
          action: 'ExecutePowerShell',
          disableLogging: true,
          if: { fileExists: '{{ build.Download.inputs[0].destination }}', else: 'Abort' },
          inputs: { commands: ["$secret = '{{ aws:ssm:resolve(SecretName) }}'"] },
        },
        {
          name: 'Where',
          action: 'ExecutePowerShell',
          loop: { forEach: ['{{ context:region }}', '{{ aws:imds:placement/region }}'] },
          if: {
            and: [
              { or: [{ binaryExists: 'pwsh' }, { not: { folderExists: 'C:\\tools' } }] },
              { numberGreaterThanEquals: '1.5', value: '{{ build.Count.outputs.stdout }}' },
            ],
          },
          inputs: { commands: ["Write-Host '{{ loop.value }}'"] },
        },
      ],
    },
    {
      name: 'validate',
      steps: [
        {
          name: 'Version',
          action: 'Assert',
          inputs: { patternMatches: '^2\\.', value: '{{ build.Where.outputs.stdout }}' },
        },
        {
          name: 'Hash',
          action: 'Assert',
          onFailure: 'Ignore',
          inputs: { fileSHA256Equals: 'ab'.repeat(32), path: 'C:\\tools\\0' },
        },
      ],
    },
  ],
};
