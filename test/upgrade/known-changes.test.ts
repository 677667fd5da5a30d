import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KNOWN_CHANGES } from './known-changes';

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

describe('known changes', () => {
  it('have a place for every stack of every version that is kept, and for nothing else', () => {
    const listed = Object.entries(KNOWN_CHANGES).map(([version, stacks]) => [
      version,
      Object.keys(stacks).sort(),
    ]);
    const kept = folders(__dirname).map((version) => [
      version,
      folders(join(__dirname, version)).sort(),
    ]);
    expect(listed).toEqual(kept);
  });

  it('have a reason each', () => {
    const entries = Object.values(KNOWN_CHANGES).flatMap((stacks) => Object.values(stacks).flat());
    expect(entries.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });
});
