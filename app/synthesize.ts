import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ValidationError } from '../modules/core';
import type { EnvironmentStack } from '../stacks/environment-stack';
import { buildStacks, type StackInputs } from './environment-stacks';
import type { FileProblem } from './files/file-problem';
import { refusedInOutputFolder } from './output-folder';
import { publish, REVIEW_FOLDER } from './publish';

/** A stack as Terraform will read it. */
export interface SynthesizedStack {
  readonly name: string;
  /** The JSON's path inside the output folder, with forward slashes. */
  readonly file: string;
  /** How many resources of each Terraform type. */
  readonly resources: ReadonlyMap<string, number>;
}

/**
 * What came out of {@link synthesize}: stacks that were written, what constructs have refused, or what
 * has kept the output folder from being written, which then may be new in part.
 */
export type Synthesized =
  | { readonly stacks: readonly SynthesizedStack[] }
  | { readonly refused: readonly ValidationError[] }
  | { readonly unwritten: FileProblem };

/**
 * Synthesizes two stacks per environment into the output folder. Needs neither Terraform nor AWS
 * nor a network. Everything is made in a folder of its own first: when something is wrong, the
 * output folder is as it was.
 */
export function synthesize(
  environments: readonly StackInputs[],
  outputFolder: string,
): Synthesized {
  const staging = mkdtempSync(join(tmpdir(), 'cdktf-eks-windows-ami-'));
  try {
    const {
      app,
      stacks: built,
      refused,
    } = buildStacks(environments, {
      outputFolder: staging,
      passOver: false,
    });
    if (refused.length > 0) return { refused };
    app.synth();
    for (const stack of built) writeReviewFiles(staging, stack);
    const stacks = Object.values(app.manifest.stacks).map(({ name }) => readStack(staging, name));
    const unwritten = attempt(() => publish(staging, outputFolder));
    return unwritten === undefined ? { stacks } : { unwritten };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function attempt(write: () => void): FileProblem | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    return refusedInOutputFolder(error);
  }
}

function writeReviewFiles(folder: string, stack: EnvironmentStack): void {
  for (const [path, text] of stack.reviewFiles) {
    const file = join(folder, 'stacks', stack.node.id, REVIEW_FOLDER, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function readStack(folder: string, name: string): SynthesizedStack {
  const file = `stacks/${name}/cdk.tf.json`;
  const { resource = {} } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    resource?: Record<string, Record<string, unknown>>;
  };
  const counts = Object.entries(resource).map(
    ([type, byName]) => [type, Object.keys(byName).length] as const,
  );
  return { name, file, resources: new Map(counts) };
}
