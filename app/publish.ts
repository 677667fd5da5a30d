import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MANIFEST = 'manifest.json';

/** Lies in a stack's folder and has texts for reviewers; all of it is written by the app. */
export const REVIEW_FOLDER = 'review';

/**
 * Brings a synthesized app into the output folder. Files that are the same are not touched, what
 * Terraform keeps beside them (`.terraform`, its lock file) stays, and the folders of stacks that
 * are no longer part of the app go, as with `cdktf synth`, and so do review files of former inputs.
 * State files do not lie in there.
 *
 * @throws Error as the operating system has refused it; then the folder may be new in part
 */
export function publish(staging: string, outputFolder: string): void {
  const former = stackNames(outputFolder);
  const current = stackNames(staging);
  for (const file of listFiles(staging)) {
    // Last of all: with the new manifest in place, all that it names is there.
    if (file !== MANIFEST) copyIfDifferent(staging, outputFolder, file);
  }
  copyIfDifferent(staging, outputFolder, MANIFEST);
  for (const name of former.filter((stack) => !current.includes(stack))) {
    rmSync(join(outputFolder, 'stacks', name), { recursive: true, force: true });
  }
  for (const name of current) removeFormerReviewFiles(staging, outputFolder, name);
}

function removeFormerReviewFiles(staging: string, outputFolder: string, stack: string): void {
  const folder = join('stacks', stack, REVIEW_FOLDER);
  if (!existsSync(join(outputFolder, folder))) return;
  const current = existsSync(join(staging, folder)) ? listFiles(join(staging, folder)) : [];
  for (const file of listFiles(join(outputFolder, folder))) {
    if (!current.includes(file)) rmSync(join(outputFolder, folder, file));
  }
}

/** The stacks that a manifest names; none without a manifest that can be read. */
function stackNames(folder: string): string[] {
  const file = join(folder, MANIFEST);
  const stacks = existsSync(file) ? stacksOf(readFileSync(file, 'utf8')) : {};
  // The names become paths that are removed: one that could lead elsewhere is left alone.
  return Object.keys(stacks).filter((name) => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name));
}

/** A manifest cut short by a full disk must not stand in the way of a whole one. */
function stacksOf(manifest: string): object {
  try {
    const { stacks } = JSON.parse(manifest) as { stacks?: object | null };
    return stacks ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? listFiles(join(folder, entry.name)).map((file) => join(entry.name, file))
      : [entry.name],
  );
}

function copyIfDifferent(from: string, to: string, file: string): void {
  const content = readFileSync(join(from, file));
  const target = join(to, file);
  if (existsSync(target) && readFileSync(target).equals(content)) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
