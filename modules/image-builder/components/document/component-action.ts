import type { ComponentCondition } from './component-condition';

/**
 * What a step of a component does: AWSTOE's action modules that run on Windows. Every text may hold
 * references such as `{{ Name }}` and `{{ build.Download.outputs[0].destination }}`.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html
 */
export type ComponentAction =
  | ExecutePowerShell
  | ExecuteBinary
  | ExecuteDocument
  | Assert
  | S3Download
  | S3Upload
  | WebDownload
  | AppendFile
  | CreateFile
  | ReadFile
  | SetFileEncoding
  | DeleteFile
  | ListFiles
  | CopyFile
  | MoveFile
  | CreateFolder
  | CopyFolder
  | MoveFolder
  | DeleteFolder
  | InstallMsi
  | UninstallMsi
  | Reboot
  | SetRegistry
  | UpdateOs;

/** Runs PowerShell. Exit code 3010 restarts the instance and then runs the same step again. */
export interface ExecutePowerShell {
  readonly action: 'ExecutePowerShell';
  /** Either lines that run as one script, or a script that lies on the instance. */
  readonly inputs:
    | {
        /** One script; only the exit code of its end counts. */
        readonly commands: readonly string[];
        readonly file?: undefined;
      }
    | {
        /** Path of a `.ps1` file. */
        readonly file: string;
        readonly commands?: undefined;
      };
}

/** Runs a program. Exit code 3010 restarts the instance and then runs the same step again. */
export interface ExecuteBinary {
  readonly action: 'ExecuteBinary';
  readonly inputs: {
    readonly path: string;
    readonly arguments?: readonly string[] | undefined;
  };
}

/** Runs another AWSTOE document. */
export interface ExecuteDocument {
  readonly action: 'ExecuteDocument';
  readonly inputs: {
    /** A local path, an `s3://` URI or the ARN of a component build version. */
    readonly document: string;
    /** Account that must own the bucket of the document. */
    readonly 'document-s3-bucket-owner'?: string | undefined;
    /** Names of phases with commas between them. @default - all phases */
    readonly phases?: string | undefined;
    readonly parameters?: readonly { readonly name: string; readonly value: string }[] | undefined;
  };
}

/** Fails the step unless a condition holds. */
export interface Assert {
  readonly action: 'Assert';
  readonly inputs: ComponentCondition;
}

/** Copies objects from S3. The build role has to be allowed to read them. */
export interface S3Download {
  readonly action: 'S3Download';
  readonly inputs: readonly {
    /** `s3://bucket/key`, or `s3://bucket/folder/*` for at most 1,000 objects. */
    readonly source: string;
    /** Path of a file, or of a folder that exists. */
    readonly destination: string;
    /** Account that must own the bucket. */
    readonly expectedBucketOwner?: string | undefined;
    /** Whether files that exist are replaced; else the step fails. @default true */
    readonly overwrite?: boolean | undefined;
  }[];
}

/** Copies files to S3. The build role has to be allowed to write there. */
export interface S3Upload {
  readonly action: 'S3Upload';
  readonly inputs: readonly {
    /** Path of a file, or of several with `*`. */
    readonly source: string;
    /** `s3://bucket/key`. */
    readonly destination: string;
    /** Whether folders inside go along. @default false */
    readonly recurse?: boolean | undefined;
    /** Account that must own the bucket. */
    readonly expectedBucketOwner?: string | undefined;
  }[];
}

/** Downloads files over HTTP or HTTPS. */
export interface WebDownload {
  readonly action: 'WebDownload';
  readonly inputs: readonly {
    /** `https://...` or `http://...`. */
    readonly source: string;
    /** Path of a file, or of a folder when it ends in a slash; folders are made. */
    readonly destination: string;
    /** @default true */
    readonly overwrite?: boolean | undefined;
    /** What the file's hash has to be; give `algorithm` too. @default - not checked */
    readonly checksum?: string | undefined;
    readonly algorithm?: 'MD5' | 'SHA1' | 'SHA256' | 'SHA512' | undefined;
    /** Takes any certificate: the file can be anybody's. @default false */
    readonly ignoreCertificateErrors?: boolean | undefined;
  }[];
}

/** Adds text to a file that exists. */
export interface AppendFile {
  readonly action: 'AppendFile';
  readonly inputs: readonly {
    readonly path: string;
    /** @default - nothing is added */
    readonly content?: string | undefined;
    /** `utf-8`, or `utf-16`, `utf-32`, each also with `-LE` or `-BE`. @default utf-8 */
    readonly encoding?: string | undefined;
  }[];
}

/** Makes a file, and its folder. */
export interface CreateFile {
  readonly action: 'CreateFile';
  readonly inputs: readonly {
    readonly path: string;
    /** @default - an empty file */
    readonly content?: string | undefined;
    /** `utf-8`, or `utf-16`, `utf-32`, each also with `-LE` or `-BE`. @default utf-8 */
    readonly encoding?: string | undefined;
    /** @default true */
    readonly overwrite?: boolean | undefined;
  }[];
}

/** Reads a text file, for later steps or for the log. */
export interface ReadFile {
  readonly action: 'ReadFile';
  readonly inputs: readonly {
    readonly path: string;
    /** `utf-8`, or `utf-16`, `utf-32`, each also with `-LE` or `-BE`. @default utf-8 */
    readonly encoding?: string | undefined;
    /** Whether the content goes to the log. @default false */
    readonly printFileContent?: boolean | undefined;
  }[];
}

/** Converts a text file from UTF-8. */
export interface SetFileEncoding {
  readonly action: 'SetFileEncoding';
  readonly inputs: readonly {
    readonly path: string;
    /** `utf-8`, or `utf-16`, `utf-32`, each also with `-LE` or `-BE`. @default utf-8 */
    readonly encoding?: string | undefined;
  }[];
}

/** Deletes files; the name may hold `*`. */
export interface DeleteFile {
  readonly action: 'DeleteFile';
  readonly inputs: readonly { readonly path: string }[];
}

/** Lists files, for later steps. */
export interface ListFiles {
  readonly action: 'ListFiles';
  readonly inputs: readonly {
    readonly path: string;
    /** Name with `*`. @default - all files */
    readonly fileNamePattern?: string | undefined;
    /** @default false */
    readonly recursive?: boolean | undefined;
  }[];
}

/** From where to where files or folders go; the last part of the source may hold `*`. */
export interface SourceAndDestination {
  readonly source: string;
  /** A path, or the folder to put it in when it ends in a slash; folders are made. */
  readonly destination: string;
  /** Whether what exists is replaced; else the step fails. @default true */
  readonly overwrite?: boolean | undefined;
}

/** Copies files. */
export interface CopyFile {
  readonly action: 'CopyFile';
  readonly inputs: readonly SourceAndDestination[];
}

/** Moves files. */
export interface MoveFile {
  readonly action: 'MoveFile';
  readonly inputs: readonly SourceAndDestination[];
}

/** Makes a folder. */
export interface CreateFolder {
  readonly action: 'CreateFolder';
  readonly inputs: readonly {
    readonly path: string;
    /** @default true */
    readonly overwrite?: boolean | undefined;
  }[];
}

/** Copies folders. */
export interface CopyFolder {
  readonly action: 'CopyFolder';
  readonly inputs: readonly SourceAndDestination[];
}

/** Moves folders. */
export interface MoveFolder {
  readonly action: 'MoveFolder';
  readonly inputs: readonly SourceAndDestination[];
}

/** Deletes folders. */
export interface DeleteFolder {
  readonly action: 'DeleteFolder';
  readonly inputs: readonly {
    readonly path: string;
    /** Whether a folder with something in it is deleted too. @default false */
    readonly force?: boolean | undefined;
  }[];
}

/** What the installer of an MSI file gets. */
export interface MsiInputs {
  /** A local path, an `s3://` URI or an `https://` URL. */
  readonly path: string;
  /** `Allow` restarts when the installer asks for it. @default Allow */
  readonly reboot?: 'Allow' | 'Force' | 'Skip' | undefined;
  /** Letters for `msiexec /L`. @default *VX */
  readonly logOptions?: string | undefined;
  /** @default - no log is kept */
  readonly logFile?: string | undefined;
  /** Properties for the installer. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
  /** Takes an installer whose signature is wrong. @default false */
  readonly ignoreAuthenticodeSignatureErrors?: boolean | undefined;
  /** Takes an installer without a signature. @default false */
  readonly allowUnsignedInstaller?: boolean | undefined;
}

/** Installs an MSI file. */
export interface InstallMsi {
  readonly action: 'InstallMSI';
  readonly inputs: MsiInputs;
}

/** Removes what an MSI file has installed. */
export interface UninstallMsi {
  readonly action: 'UninstallMSI';
  readonly inputs: MsiInputs;
}

/** Restarts the instance and goes on with the next step. */
export interface Reboot {
  readonly action: 'Reboot';
  readonly inputs?: { /** @default 0 */ readonly delaySeconds?: number | undefined } | undefined;
}

/** Sets values of the Windows registry; keys are made. */
export interface SetRegistry {
  readonly action: 'SetRegistry';
  readonly inputs: readonly {
    /** Begins with a root such as `HKLM:` or `HKEY_LOCAL_MACHINE`. */
    readonly path: string;
    readonly name: string;
    readonly value: string | number | readonly string[];
    readonly type: 'BINARY' | 'DWORD' | 'EXPAND_SZ' | 'MULTI_SZ' | 'QWORD' | 'SZ';
  }[];
}

/** Installs Windows updates. */
export interface UpdateOs {
  readonly action: 'UpdateOS';
  readonly inputs?:
    | {
        /** Numbers such as `KB1234567`, or names with `*`. @default - all updates */
        readonly include?: readonly string[] | undefined;
        readonly exclude?: readonly string[] | undefined;
      }
    | undefined;
}
