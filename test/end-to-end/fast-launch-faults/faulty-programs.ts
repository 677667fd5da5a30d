import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { executablePath } from '../../../emulator/programs/tools';
import type { CliFault } from './fault-case';

/** What the scripts may use beside `sh`, `aws` and `date`. */
const PROGRAMS = ['cat', 'cut', 'rm', 'sleep', 'tr'];

/** `$AWS` is the AWS CLI that talks to the emulated AWS. */
const CLIS: Readonly<Record<Exclude<CliFault, 'absent'>, string>> = {
  old: `case "$*" in
  --version) echo 'aws-cli/1.22.31 Python/3.9.2 Linux/5.10' && exit ;;
  *fast-launch*)
    echo 'aws: error: argument operation: Invalid choice, valid choices are:' >&2
    exit 2
    ;;
esac
exec "$AWS" "$@"`,
  unreachable: 'exec "$AWS" "$@" --endpoint-url http://127.0.0.1:1',
  impatient: 'exec "$AWS" "$@" --cli-read-timeout 5',
};

/**
 * An environment whose PATH has a clock first, which is ahead by the seconds in the file `clock` of
 * the folder, and an AWS CLI with a fault.
 */
export function writeFaultyPrograms(
  folder: string,
  fault: CliFault | undefined,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const commands = join(folder, `commands-${fault ?? 'none'}`);
  mkdirSync(commands, { recursive: true });
  const add = (name: string, script: string) => {
    writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(commands, name), 0o755);
  };
  const date = executablePath('date') ?? 'date';
  add('date', `read -r ahead <'${join(folder, 'clock')}'\necho $(($(${date} "$@") + ahead))`);
  if (fault === 'absent') {
    for (const program of PROGRAMS) {
      symlinkSync(executablePath(program) ?? program, join(commands, program));
    }
    return { ...env, PATH: commands };
  }
  const [first = ''] = (env['PATH'] ?? '').split(delimiter);
  if (fault !== undefined) add('aws', `AWS='${join(first, 'aws')}'\n${CLIS[fault]}`);
  return { ...env, PATH: [commands, env['PATH'] ?? ''].join(delimiter) };
}
