import { App } from 'cdktf';
import { gatherProblems, type ValidationError } from '../modules/core';
import type { EnvironmentStack } from '../stacks/environment-stack';
import { WindowsImageStack } from '../stacks/windows-image-stack';
import { WindowsNodesStack } from '../stacks/windows-nodes-stack';
import type { LoadedEnvironment } from './loading/load-environments';

/** What the stacks of an environment are made from. */
export type StackInputs = Pick<LoadedEnvironment, 'environment' | 'documents'>;

/** Stacks that were built, and what their constructs have refused. */
export interface BuiltStacks {
  readonly app: App;
  readonly stacks: readonly EnvironmentStack[];
  /** With something in it, the stacks are of no use. */
  readonly refused: readonly ValidationError[];
}

/** How {@link buildStacks} builds. */
export interface BuildOptions {
  /** Where the app writes when it is synthesized. CDKTF makes the folder at once. */
  readonly outputFolder: string;
  /**
   * Whether a stack that cannot be built is passed over, because something is wrong with its inputs
   * already.
   */
  readonly passOver: boolean;
}

/**
 * Builds the two stacks of each environment, and goes on when a construct refuses its inputs, so
 * that the problems of all of them are known at once.
 */
export function buildStacks(
  environments: readonly StackInputs[],
  { outputFolder, passOver }: BuildOptions,
): BuiltStacks {
  // Stack traces would put absolute paths into the manifest.
  const app = new App({ outdir: outputFolder, stackTraces: false });
  const refused = gatherProblems(app);
  /** Code behind a refused input may fail in any way; anything else is a bug. */
  const attempt = <T>(build: () => T): T | undefined => {
    const before = refused.length;
    try {
      return build();
    } catch (error) {
      if (!passOver && refused.length === before) throw error;
      return undefined;
    }
  };
  const stacks = environments.flatMap(({ environment, documents }) => {
    const image = attempt(() => new WindowsImageStack(app, environment, documents));
    const nodes = attempt(() => new WindowsNodesStack(app, environment));
    if (environment.nodes.ami === 'built' && image !== undefined) nodes?.addDependency(image);
    return [image, nodes].filter((stack) => stack !== undefined);
  });
  return { app, stacks, refused };
}
