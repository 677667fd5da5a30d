import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from './template';

/** Only what hangs takes as long, however busy the machine is. */
const HANG_MS = 300_000;

/** What a configuration without providers consists of. */
export interface Configuration {
  readonly variable?: object;
  readonly locals?: object;
}

/**
 * Evaluates a Terraform expression with the real Terraform, offline. For groups declared with
 * `describeWith(['terraform'], …)`.
 */
export function evaluate(expression: string, configuration: Configuration): unknown {
  const directory = mkdtempSync(join(tmpdir(), 'terraform-console-'));
  try {
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration));
    const { status, stdout, stderr } = spawnSync('terraform', ['console'], {
      cwd: directory,
      encoding: 'utf8',
      timeout: HANG_MS,
      // In base64, because the console writes text in a form of its own.
      input: `base64encode(jsonencode(${expression}))\n`,
      env: { PATH: process.env['PATH'] ?? '', HOME: directory, CHECKPOINT_DISABLE: '1' },
    });
    const answer = /^"([A-Za-z0-9+/=]*)"\s*$/.exec(stdout)?.[1];
    if (status !== 0 || answer === undefined) throw new Error(`${stdout}${stderr}`);
    return JSON.parse(Buffer.from(answer, 'base64').toString('utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The variables and locals of a synthesized stack: what can be evaluated without AWS. */
export function valuesOf(template: Template): { variable: object; locals: object } {
  return { variable: template.part('variable'), locals: template.part('locals') };
}
