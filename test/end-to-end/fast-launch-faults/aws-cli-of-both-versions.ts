import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names the command that is left to version 2, such as `enable-fast-launch`; `all` for every one. */
export const COMMAND_OF_V2 = 'COMMAND_OF_AWS_CLI_V2';

/** Version 2 of the AWS CLI for one command, and version 1 for all others. */
export interface AwsCliOfBothVersions {
  readonly path: string;
  /** The commands that version 2 got since this was asked last. */
  commandsOfV2(): string[];
}

/** Writes it. It is called as the emulated AWS calls a CLI: `--endpoint-url URL SERVICE COMMAND ...`. */
export function writeAwsCliOfBothVersions(
  folder: string,
  one: string,
  two: string,
): AwsCliOfBothVersions {
  const path = join(folder, 'aws');
  const log = join(folder, 'commands-of-v2');
  const script = `#!/bin/sh
case $${COMMAND_OF_V2} in
  "$4" | all) echo "$4" >>'${log}' && exec '${two}' "$@" ;;
  *) exec '${one}' "$@" ;;
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  writeFileSync(log, '');
  const commandsOfV2 = () => {
    const commands = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    writeFileSync(log, '');
    return commands;
  };
  return { path, commandsOfV2 };
}
