import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeWithProgram } from './support/tools';

const ROOT = join(__dirname, '..');

/** Scripts of constructs are parts of a whole, and are checked as the whole where they are used. */
const PARTS = 'modules/';

const files = execFileSync('git', ['ls-files', '*.sh', '.ci/*'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith(PARTS));

/** The shell that the first line of a script names. */
function shellOf(file: string): string {
  const [, shell] =
    /^#!(?:\/usr\/bin\/env |\/bin\/)(\w+)\n/.exec(readFileSync(join(ROOT, file), 'utf8')) ?? [];
  return shell ?? 'none';
}

describe('the shell scripts of the repository', () => {
  it('are the ones that are checked here', () => {
    expect(files).toContain('.ci/run');
    expect(files).toContain('scripts/check.sh');
  });

  it.each(files)('%s can be read by the shell that it names', (file) => {
    const shell = shellOf(file);
    expect(['bash', 'sh']).toContain(shell);
    const { status, stderr } = spawnSync(shell, ['-n', file], { cwd: ROOT, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  describeWithProgram('shellcheck', () => {
    it.each(files)('finds nothing in %s', (file) => {
      const { status, stdout } = spawnSync('shellcheck', [file], { cwd: ROOT, encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    });
  });
});
