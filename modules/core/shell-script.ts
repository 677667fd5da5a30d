import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of `<name>.sh` in a folder, with line feeds only, however it was checked out. */
export function readShellPart(folder: string, name: string): string {
  return readFileSync(join(folder, `${name}.sh`), 'utf8').replaceAll('\r\n', '\n');
}

/**
 * What stands in front of every script that calls the AWS CLI: strict mode, output, exit codes,
 * signals, waiting and credentials. Beside it a script sets `PROGRAM`, `POLL_SECONDS` and
 * `TIMEOUT_SECONDS`.
 */
export function awsCliShell(): string {
  const parts = ['aws-cli', 'aws-credentials'];
  return parts.map((part) => readShellPart(join(__dirname, 'shell'), part)).join('\n');
}
