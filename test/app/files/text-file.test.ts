import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readTextFile, reasonOf } from '../../../app/files/text-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'texts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Reads a file with such bytes. */
function readBytes(bytes: string | Buffer) {
  const file = join(folder, 'a.yaml');
  writeFileSync(file, bytes);
  return readTextFile(file);
}

describe('readTextFile', () => {
  it('gives the text of a file', () => {
    expect(readBytes('name: größe\n')).toEqual({ text: 'name: größe\n' });
    expect(readBytes('')).toEqual({ text: '' });
  });

  it('takes off a byte order mark', () => {
    expect(readBytes('\uFEFFname')).toEqual({ text: 'name' });
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFFname', 'utf16le')],
    ['an old encoding', Buffer.from('größe', 'latin1')],
  ])('refuses %s', (_name, bytes) => {
    expect(readBytes(bytes)).toEqual({
      id: 'file-encoding',
      value: 'another encoding',
      message: 'must be UTF-8 text, got: another encoding; save it again as UTF-8',
    });
  });

  it('says why a file cannot be read', () => {
    const advice = 'check that it is a file and who may read it';
    const unreadable = (value: string) => ({
      id: 'unreadable-file',
      value,
      message: `must be readable, got: ${value}; ${advice}`,
    });
    expect(readTextFile(join(folder, 'b.yaml'))).toEqual(unreadable('nothing there'));
    expect(readTextFile(folder)).toEqual(unreadable('a folder'));
  });
});

describe('reasonOf', () => {
  it.each([
    ['EACCES', 'no permission'],
    ['EPERM', 'no permission'],
    ['ENOTDIR', 'a file'],
    ['EMFILE', 'EMFILE'],
  ])('says what %s means', (code, reason) => {
    expect(reasonOf(Object.assign(new Error('refused'), { code }))).toBe(reason);
  });

  it('throws what is no refusal of the operating system', () => {
    const bug = new Error('bug');
    expect(() => reasonOf(bug)).toThrow(bug);
  });
});
