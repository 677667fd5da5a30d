import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'cdktf';
import type { EnvironmentStack } from '../stacks/environment-stack';
import { WindowsImageStack } from '../stacks/windows-image-stack';
import { WindowsNodesStack } from '../stacks/windows-nodes-stack';
import type { LoadedEnvironment } from './loading/load-environments';
import { publish, REVIEW_FOLDER } from './publish';

/** What the stacks of an environment are made from. */
export type StackInputs = Pick<LoadedEnvironment, 'environment' | 'documents'>;

/** A stack as Terraform will read it. */
export interface SynthesizedStack {
  readonly name: string;
  /** The JSON's path inside the output folder, with forward slashes. */
  readonly file: string;
  /** How many resources of each Terraform type. */
  readonly resources: ReadonlyMap<string, number>;
}

/**
 * Synthesizes two stacks per environment into the output folder. Needs neither Terraform nor AWS
 * nor a network. Everything is made in a folder of its own first: when something is wrong, this
 * throws, and the output folder is as it was.
 *
 * @throws ValidationError when a construct refuses its inputs
 */
export function synthesize(
  environments: readonly StackInputs[],
  outputFolder: string,
): readonly SynthesizedStack[] {
  const staging = mkdtempSync(join(tmpdir(), 'cdktf-eks-windows-ami-'));
  try {
    // Stack traces would put absolute paths into the manifest.
    const app = new App({ outdir: staging, stackTraces: false });
    const added = environments.flatMap((environment) => addStacks(app, environment));
    app.synth();
    for (const stack of added) writeReviewFiles(staging, stack);
    const stacks = Object.values(app.manifest.stacks).map(({ name }) => readStack(staging, name));
    publish(staging, outputFolder);
    return stacks;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function addStacks(app: App, { environment, documents }: StackInputs): EnvironmentStack[] {
  const image = new WindowsImageStack(app, environment, documents);
  const nodes = new WindowsNodesStack(app, environment);
  if (environment.nodes.ami === 'built') nodes.addDependency(image);
  return [image, nodes];
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
