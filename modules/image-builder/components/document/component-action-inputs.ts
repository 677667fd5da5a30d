import type { ComponentAction } from './component-action';
import { CONDITION } from './component-condition-shape';
import {
  anyOf,
  type Field,
  filledText,
  flag,
  integer,
  listOf,
  mapOf,
  number,
  oneOf,
  optional,
  orReference,
  type RecordRules,
  record,
  required,
  type Shape,
  text,
} from './component-shape';

/** The name of an action module. */
export type ComponentActionName = ComponentAction['action'];

type InputsOf<Name extends ComponentActionName> = NonNullable<
  Extract<ComponentAction, { action: Name }>['inputs']
>;
type KeysOf<T> = T extends unknown ? keyof T : never;
type IsOptional<T, K extends PropertyKey> = T extends unknown
  ? T extends { readonly [P in K]: unknown }
    ? false
    : true
  : never;

/** One field for every key of the type, required exactly when the type says so. */
type FieldsOf<T> = {
  readonly [K in KeysOf<T>]: Field & {
    readonly required: true extends IsOptional<T, K> ? false : true;
  };
};

const entry = <T>(fields: FieldsOf<T>, rules?: RecordRules): Shape => record(fields, rules);
const entries = <T>(fields: FieldsOf<T>, rules?: RecordRules): Shape =>
  listOf(record(fields, rules), { min: 1 });

type Item<Name extends ComponentActionName> =
  InputsOf<Name> extends readonly (infer T)[] ? T : never;

const path = filledText();
const texts = listOf(text(), { min: 0 });

const accountId = orReference(
  text({ id: 'action-account-id', pattern: /^\d{12}$/, rule: 'be an account id of 12 digits' }),
);
const s3Uri = orReference(
  text({ id: 's3-uri', pattern: /^s3:\/\/[^/]+\/.+$/s, rule: 'be s3://<bucket>/<key>' }),
);
const s3Place = orReference(
  text({
    id: 's3-folder-uri',
    pattern: /^s3:\/\/[^/]+(?:\/.*)?$/s,
    rule: 'be s3://<bucket>/<key>',
  }),
);
const webUrl = orReference(
  text({
    id: 'web-url',
    pattern: /^https?:\/\/[^/\s]+[^\s]*$/i,
    rule: 'be a URL with https or http',
  }),
);
const powerShellFile = orReference(
  text({ id: 'powershell-file', pattern: /^.+\.ps1$/is, rule: 'be the path of a .ps1 file' }),
);
const encoding = orReference(
  text({
    id: 'text-encoding',
    pattern: /^utf-?(?:8|(?:16|32)(?:-[lb]e)?)$/i,
    rule: 'be utf-8, utf-16 or utf-32, the last two perhaps with -LE or -BE',
  }),
);
const logOptions = orReference(
  text({
    id: 'msi-log-options',
    pattern: /^[iwearucmopvx+!*]+$/i,
    rule: 'be letters for msiexec /L',
  }),
);
const registryPath = orReference(
  text({
    id: 'registry-path',
    pattern:
      /^(?:HK(?:CR|U|LM|CC|CU):|HKEY_(?:CLASSES_ROOT|USERS|LOCAL_MACHINE|CURRENT_CONFIG|CURRENT_USER))(?:\\|$).*$/is,
    rule: 'begin with a root such as HKLM: or HKEY_LOCAL_MACHINE',
  }),
);

/** Inputs that exist on Linux only; AWSTOE fails a Windows build that has them. */
const LINUX_OWNERSHIP = {
  owner: 'it works on Linux only',
  group: 'it works on Linux only',
  permissions: 'it works on Linux only',
};

const sourceAndDestination = () =>
  entries<Item<'CopyFile'>>({
    source: required(path),
    destination: required(path),
    overwrite: optional(flag()),
  });

const msi = () =>
  entry<InputsOf<'InstallMSI'>>({
    path: required(path),
    reboot: optional(orReference(oneOf(['Allow', 'Force', 'Skip']))),
    logOptions: optional(logOptions),
    logFile: optional(path),
    properties: optional(mapOf(text())),
    ignoreAuthenticodeSignatureErrors: optional(flag()),
    allowUnsignedInstaller: optional(flag()),
  });

/** What each action takes: a map, or a list of maps of which each is done in turn. */
export const ACTION_INPUTS: { readonly [Name in ComponentActionName]: Field } = {
  ExecutePowerShell: required(
    entry<InputsOf<'ExecutePowerShell'>>(
      {
        commands: optional(listOf(text(), { min: 1 })),
        file: optional(powerShellFile),
      },
      { exactlyOne: ['commands', 'file'] },
    ),
  ),
  ExecuteBinary: required(
    entry<InputsOf<'ExecuteBinary'>>({ path: required(path), arguments: optional(texts) }),
  ),
  ExecuteDocument: required(
    entry<InputsOf<'ExecuteDocument'>>({
      document: required(path),
      'document-s3-bucket-owner': optional(accountId),
      phases: optional(filledText()),
      parameters: optional(
        listOf(record({ name: required(filledText()), value: required(text()) }), { min: 1 }),
      ),
    }),
  ),
  Assert: required(CONDITION),
  S3Download: required(
    entries<Item<'S3Download'>>({
      source: required(s3Uri),
      destination: required(path),
      expectedBucketOwner: optional(accountId),
      overwrite: optional(flag()),
    }),
  ),
  S3Upload: required(
    entries<Item<'S3Upload'>>({
      source: required(path),
      destination: required(s3Place),
      recurse: optional(flag()),
      expectedBucketOwner: optional(accountId),
    }),
  ),
  WebDownload: required(
    entries<Item<'WebDownload'>>(
      {
        source: required(webUrl),
        destination: required(path),
        overwrite: optional(flag()),
        checksum: optional(filledText()),
        algorithm: optional(orReference(oneOf(['MD5', 'SHA1', 'SHA256', 'SHA512']))),
        ignoreCertificateErrors: optional(flag()),
      },
      { together: ['checksum', 'algorithm'] },
    ),
  ),
  AppendFile: required(
    entries<Item<'AppendFile'>>({
      path: required(path),
      content: optional(text()),
      encoding: optional(encoding),
    }),
  ),
  CreateFile: required(
    entries<Item<'CreateFile'>>(
      {
        path: required(path),
        content: optional(text()),
        encoding: optional(encoding),
        overwrite: optional(flag()),
      },
      { refused: LINUX_OWNERSHIP },
    ),
  ),
  ReadFile: required(
    entries<Item<'ReadFile'>>({
      path: required(path),
      encoding: optional(encoding),
      printFileContent: optional(flag()),
    }),
  ),
  SetFileEncoding: required(
    entries<Item<'SetFileEncoding'>>({ path: required(path), encoding: optional(encoding) }),
  ),
  DeleteFile: required(entries<Item<'DeleteFile'>>({ path: required(path) })),
  ListFiles: required(
    entries<Item<'ListFiles'>>({
      path: required(path),
      fileNamePattern: optional(filledText()),
      recursive: optional(flag()),
    }),
  ),
  CopyFile: required(sourceAndDestination()),
  MoveFile: required(sourceAndDestination()),
  CreateFolder: required(
    entries<Item<'CreateFolder'>>(
      { path: required(path), overwrite: optional(flag()) },
      { refused: LINUX_OWNERSHIP },
    ),
  ),
  CopyFolder: required(sourceAndDestination()),
  MoveFolder: required(sourceAndDestination()),
  DeleteFolder: required(
    entries<Item<'DeleteFolder'>>({ path: required(path), force: optional(flag()) }),
  ),
  InstallMSI: required(msi()),
  UninstallMSI: required(msi()),
  Reboot: optional(entry<InputsOf<'Reboot'>>({ delaySeconds: optional(integer({ min: 0 })) })),
  SetRegistry: required(
    entries<Item<'SetRegistry'>>({
      path: required(registryPath),
      name: required(text()),
      value: required(anyOf('text, a number or a list of texts', text(), number(), texts)),
      type: required(
        orReference(oneOf(['BINARY', 'DWORD', 'EXPAND_SZ', 'MULTI_SZ', 'QWORD', 'SZ'])),
      ),
    }),
  ),
  UpdateOS: optional(
    entry<InputsOf<'UpdateOS'>>({ include: optional(texts), exclude: optional(texts) }),
  ),
};

/** Actions of AWSTOE that do nothing on Windows but fail, and what to use there. */
export const LINUX_ACTIONS: Readonly<Record<string, string>> = {
  ExecuteBash: 'use ExecutePowerShell',
  CreateSymlink: 'use ExecutePowerShell with New-Item -ItemType SymbolicLink',
  SetFileOwner: 'use ExecutePowerShell with icacls',
  SetFolderOwner: 'use ExecutePowerShell with icacls',
  SetFilePermissions: 'use ExecutePowerShell with icacls',
  SetFolderPermissions: 'use ExecutePowerShell with icacls',
};

/** Whether AWSTOE has an action of that name that runs on Windows. */
export function isComponentAction(name: unknown): name is ComponentActionName {
  return typeof name === 'string' && Object.hasOwn(ACTION_INPUTS, name);
}
