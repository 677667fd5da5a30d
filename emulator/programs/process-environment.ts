import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { withoutAwsSettings } from './without-aws-settings';

/** A directory with an `aws` command and the environment that uses it. */
export interface ProcessEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Deletes the directory. */
  remove(): void;
}

/**
 * The whole environment for programs that shall talk to the emulator: this process's environment
 * without its AWS settings, with the emulator's, and with an `aws` command first on PATH. That
 * command adds --endpoint-url, since an AWS CLI before 2.13 ignores AWS_ENDPOINT_URL and would
 * call the real AWS.
 */
export function createProcessEnvironment(
  url: string,
  region: string,
  awsCli: string | undefined,
): ProcessEnvironment {
  const directory = mkdtempSync(join(tmpdir(), 'emulated-aws-'));
  const commands = join(directory, 'bin');
  const emptyFile = join(directory, 'no-aws-config');
  mkdirSync(commands);
  writeFileSync(emptyFile, '');
  writeFileSync(join(commands, 'aws'), awsCommand(url, awsCli));
  chmodSync(join(commands, 'aws'), 0o755);
  const variables = {
    ...withoutAwsSettings(process.env),
    PATH: [commands, process.env['PATH'] ?? ''].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: emptyFile,
    AWS_SHARED_CREDENTIALS_FILE: emptyFile,
    AWS_PAGER: '',
    NO_PROXY: withLoopback('NO_PROXY'),
    no_proxy: withLoopback('no_proxy'),
  };
  return { variables, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function awsCommand(url: string, awsCli: string | undefined): string {
  if (awsCli === undefined) return '#!/bin/sh\necho "the AWS CLI is not installed" >&2\nexit 127\n';
  return [
    '#!/bin/sh',
    'unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_CA_BUNDLE',
    `exec ${shellQuoted(awsCli)} --endpoint-url ${shellQuoted(url)} "$@"`,
    '',
  ].join('\n');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function withLoopback(name: string): string {
  const present = process.env[name] ?? '';
  return [present, '127.0.0.1', 'localhost'].filter((entry) => entry !== '').join(',');
}
