import { join } from 'node:path';
import { awsCliShell, escapeTerraformTemplate, readShellPart } from '../core';
import { fastLaunchStateShell } from '../fast-launch/scripts';

/** The scripts that retire older AMIs, and that run when the stack is destroyed. */
export type AmiRetentionScript = 'retire' | 'destroy';

const read = (name: string): string => readShellPart(join(__dirname, 'scripts'), name);

/** The text of a script, with what both share in front. */
export function amiRetentionScript(name: AmiRetentionScript): string {
  const parts = [awsCliShell(), fastLaunchStateShell(), read('amis'), read('removal'), read(name)];
  return [read('preamble'), ...parts].join('\n');
}

/** The text of a script as a Terraform string. */
export function renderAmiRetentionCommand(name: AmiRetentionScript): string {
  return escapeTerraformTemplate(amiRetentionScript(name));
}
