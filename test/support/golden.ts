import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';

const FOLDER = join(__dirname, '..', 'golden');

/**
 * Compares rendered text with a file in `test/golden`, which a person has read. `npm run
 * golden:update` writes the files; a missing one is a failure, and CI never writes.
 */
export function expectGolden(file: string, text: string): void {
  const path = join(FOLDER, file);
  if (process.env['UPDATE_GOLDEN'] === '1' && !process.env['CI']) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (!existsSync(path)) throw new Error(`test/golden/${file} is missing; npm run golden:update`);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
