import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { wording } from '../../modules/core';

/** What is in a file, or what is wrong with it. */
export type TextFile = { readonly text: string } | UnreadableFile;

/** Why a file cannot be read. */
interface UnreadableFile {
  readonly id: string;
  /** What was found. */
  readonly value: string;
  /** Reads after "the file". */
  readonly message: string;
}

/** Reads a file that has to be UTF-8 text. Takes off a byte order mark. */
export function readTextFile(file: string): TextFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const advice = 'check that it is a file and who may read it';
    const value = reasonOf(error);
    return { id: 'unreadable-file', value, message: wording('be readable', value, advice) };
  }
  const text = decode(bytes);
  if (text !== undefined) return { text };
  const value = 'another encoding';
  const message = wording('be UTF-8 text', value, 'save it again as UTF-8');
  return { id: 'file-encoding', value, message };
}

/** Gives nothing for bytes that are not UTF-8. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw error;
  }
}

/** What the operating system said, by its short code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EEXIST: 'a file',
  EISDIR: 'a folder',
  ENOENT: 'nothing there',
  ENOTDIR: 'a file',
  EPERM: 'no permission',
};

/** Why a file or a folder cannot be read, in a few words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}

/** The code that errors of Node.js have, and mistakes in our own code do not. */
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
