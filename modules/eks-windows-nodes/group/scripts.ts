import { join } from 'node:path';
import { awsCliShell, escapeTerraformTemplate, readShellPart } from '../../core';

const read = (name: string): string => readShellPart(join(__dirname, 'scripts'), name);

/** The text of the script that exchanges the nodes of a group. */
export function renderInstanceRefreshScript(): string {
  return [read('preamble'), awsCliShell(), read('refresh')].join('\n');
}

/** The text of the script as a Terraform string. */
export function renderInstanceRefreshCommand(): string {
  return escapeTerraformTemplate(renderInstanceRefreshScript());
}
