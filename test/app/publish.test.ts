import fs, { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { publish } from '../../app/publish';
import {
  fileTexts,
  folderContents,
  listFiles,
  makeOld,
  newFiles,
} from '../support/folder-contents';

let folder: string;
let staging: string;
let output: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
  [staging, output] = [join(folder, 'staging'), join(folder, 'deep', 'output')];
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const manifest = (names: readonly string[]): string =>
  JSON.stringify({ stacks: Object.fromEntries(names.map((name) => [name, {}])) });

/** Stages an app of some stacks, each with a text of its own. */
function stage(texts: Readonly<Record<string, string>>): void {
  rmSync(staging, { recursive: true, force: true });
  write(join(staging, 'manifest.json'), manifest(Object.keys(texts)));
  for (const [name, text] of Object.entries(texts)) {
    write(join(staging, 'stacks', name, 'cdk.tf.json'), text);
  }
}

describe('publish', () => {
  it('makes the output folder with all files, also those in deeper folders', () => {
    stage({ one: '1', two: '2' });
    write(join(staging, 'stacks', 'one', 'assets', 'a', 'b.txt'), 'b');
    publish(staging, output);
    expect(fileTexts(output)).toEqual(fileTexts(staging));
    expect(listFiles(output)).toContain('stacks/one/assets/a/b.txt');
  });

  it('removes review files of former inputs, and no other file of a stack that stays', () => {
    stage({ one: '1', two: '2' });
    write(join(staging, 'stacks', 'one', 'review', 'user-data', 'apps.ps1'), 'apps');
    write(join(staging, 'stacks', 'one', 'review', 'user-data', 'batch.ps1'), 'batch');
    write(join(staging, 'stacks', 'two', 'review', 'policy.json'), '{}');
    publish(staging, output);
    write(join(output, 'stacks', 'one', '.terraform.lock.hcl'), 'locked');
    stage({ one: '1', two: '2' });
    write(join(staging, 'stacks', 'one', 'review', 'user-data', 'apps.ps1'), 'apps');
    publish(staging, output);
    expect(listFiles(output)).toEqual([
      'manifest.json',
      'stacks/one/.terraform.lock.hcl',
      'stacks/one/cdk.tf.json',
      'stacks/one/review/user-data/apps.ps1',
      'stacks/two/cdk.tf.json',
    ]);
  });

  it('leaves the staged files where they are', () => {
    stage({ one: '1' });
    makeOld(staging);
    const before = folderContents(staging);
    publish(staging, output);
    expect(folderContents(staging)).toEqual(before);
  });

  it('writes only what is different', () => {
    stage({ one: '1', two: '2' });
    publish(staging, output);
    makeOld(output);
    stage({ one: '1', two: 'II' });
    publish(staging, output);
    expect(newFiles(output)).toEqual(['stacks/two/cdk.tf.json']);
    expect(fileTexts(output)['stacks/two/cdk.tf.json']).toBe('II');
  });

  it('takes texts of one length for different when one letter is', () => {
    stage({ one: 'a1' });
    publish(staging, output);
    stage({ one: 'a2' });
    publish(staging, output);
    expect(fileTexts(output)['stacks/one/cdk.tf.json']).toBe('a2');
  });

  it('writes the manifest last, when all that it names is there', () => {
    stage({ zebra: '1', apple: '2' });
    const written: string[] = [];
    const { writeFileSync: writeReally } = fs;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((file, text) => {
      written.push(String(file));
      writeReally(file, text);
    });
    publish(staging, output);
    expect(written).toHaveLength(3);
    expect(written.at(-1)).toBe(join(output, 'manifest.json'));
  });

  it('keeps what is not its own in the folder of a stack and beside it', () => {
    stage({ one: '1' });
    publish(staging, output);
    const others = ['.terraform/providers/aws', '.terraform.lock.hcl', 'terraform.tfvars'];
    for (const file of others) write(join(output, 'stacks', 'one', file), 'mine');
    write(join(output, 'stacks', 'by-hand', 'main.tf'), 'mine');
    stage({ one: '2' });
    publish(staging, output);
    expect(fileTexts(output)).toEqual({
      'manifest.json': manifest(['one']),
      'stacks/by-hand/main.tf': 'mine',
      'stacks/one/.terraform.lock.hcl': 'mine',
      'stacks/one/.terraform/providers/aws': 'mine',
      'stacks/one/cdk.tf.json': '2',
      'stacks/one/terraform.tfvars': 'mine',
    });
  });

  it('removes the folder of a stack that is no longer named, with all that is in it', () => {
    stage({ one: '1', two: '2' });
    publish(staging, output);
    write(join(output, 'stacks', 'two', '.terraform', 'providers', 'aws'), 'a program');
    stage({ one: '1' });
    publish(staging, output);
    expect(existsSync(join(output, 'stacks', 'two'))).toBe(false);
    expect(listFiles(output)).toEqual(['manifest.json', 'stacks/one/cdk.tf.json']);
  });

  it('does not mind when the folder of such a stack is gone already', () => {
    stage({ one: '1', two: '2' });
    publish(staging, output);
    rmSync(join(output, 'stacks', 'two'), { recursive: true });
    stage({ one: '1' });
    publish(staging, output);
    expect(listFiles(output)).toEqual(['manifest.json', 'stacks/one/cdk.tf.json']);
  });

  it('takes a manifest without stacks for one of an empty app', () => {
    write(join(output, 'manifest.json'), '{"version":"0.21.0"}');
    write(join(output, 'stacks', 'other', 'main.tf'), 'mine');
    stage({ one: '1' });
    publish(staging, output);
    expect(fileTexts(output)['stacks/other/main.tf']).toBe('mine');
  });

  it.each(['../outside', '../../outside', '..', '.', '', 'a/../../outside', '.hidden', 'a\\b'])(
    'removes nothing for a former stack with the name "%s"',
    (name) => {
      write(join(output, 'outside', 'precious.txt'), 'outside of stacks');
      write(join(folder, 'deep', 'outside', 'precious.txt'), 'outside of the output');
      write(join(output, 'stacks', '.hidden', 'precious.txt'), 'hidden');
      write(join(output, 'stacks', 'a\\b', 'precious.txt'), 'odd');
      write(join(output, 'manifest.json'), manifest([name]));
      const before = fileTexts(join(folder, 'deep'));
      stage({ one: '1' });
      publish(staging, output);
      expect(fileTexts(join(folder, 'deep'))).toEqual({
        ...before,
        'output/manifest.json': manifest(['one']),
        'output/stacks/one/cdk.tf.json': '1',
      });
    },
  );

  it.each([
    ['is cut short', '{ "stacks": { "a"'],
    ['is empty', ''],
    ['has nothing in place of its stacks', '{ "stacks": null }'],
  ])('takes the place of a former manifest that %s', (_what, text) => {
    write(join(output, 'manifest.json'), text);
    stage({ a: '1' });
    publish(staging, output);
    expect(fileTexts(output)).toEqual(fileTexts(staging));
  });

  it('removes nothing for a former stack whose name is an absolute path', () => {
    const outside = join(folder, 'outside');
    write(join(outside, 'precious.txt'), 'mine');
    write(join(output, 'manifest.json'), manifest([outside]));
    stage({ one: '1' });
    publish(staging, output);
    expect(fileTexts(outside)).toEqual({ 'precious.txt': 'mine' });
  });

  it('does not follow a link in the place of a removed stack', () => {
    const outside = join(folder, 'outside');
    write(join(outside, 'precious.txt'), 'mine');
    write(join(output, 'manifest.json'), manifest(['gone']));
    mkdirSync(join(output, 'stacks'));
    fs.symlinkSync(outside, join(output, 'stacks', 'gone'));
    stage({ one: '1' });
    publish(staging, output);
    expect(fileTexts(outside)).toEqual({ 'precious.txt': 'mine' });
    expect(existsSync(join(output, 'stacks', 'gone'))).toBe(false);
  });
});
