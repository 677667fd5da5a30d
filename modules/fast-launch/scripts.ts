import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeTerraformTemplate } from '../core';

/** The scripts that switch Fast Launch on and off. */
export type FastLaunchScript = 'enable' | 'disable';

const read = (name: string): string =>
  readFileSync(join(__dirname, 'scripts', `${name}.sh`), 'utf8').replaceAll('\r\n', '\n');

/** The text of a script, with what both share in front. */
export function fastLaunchScript(name: FastLaunchScript): string {
  return `${read('preamble')}\n${read(name)}`;
}

/** The text of a script as a Terraform string. */
export function renderFastLaunchCommand(name: FastLaunchScript): string {
  return escapeTerraformTemplate(fastLaunchScript(name));
}
