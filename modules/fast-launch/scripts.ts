import { join } from 'node:path';
import { awsCliShell, escapeTerraformTemplate, readShellPart } from '../core';

/** The scripts that switch Fast Launch on and off. */
export type FastLaunchScript = 'enable' | 'disable';

const read = (name: string): string => readShellPart(join(__dirname, 'scripts'), name);

/** How a script finds out whether Fast Launch is on, and waits until it is off. */
export function fastLaunchStateShell(): string {
  return read('state');
}

/** The text of a script, with what both share in front. */
export function renderFastLaunchScript(name: FastLaunchScript): string {
  const shared = [read('preamble'), awsCliShell(), fastLaunchStateShell()];
  const parts = name === 'enable' ? ['known-fixes', 'preflight', name] : ['known-fixes', name];
  return [...shared, ...parts.map(read)].join('\n');
}

/** The text of a script as a Terraform string. */
export function renderFastLaunchCommand(name: FastLaunchScript): string {
  return escapeTerraformTemplate(renderFastLaunchScript(name));
}
