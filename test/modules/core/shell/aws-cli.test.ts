import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { awsCliShell } from '../../../../modules/core';
import { describeWithProgram } from '../../../support/tools';

/** What `field` makes of an answer of the AWS CLI, in a shell. */
function fieldOf(shell: readonly string[], answer: string, field: number): string {
  const [program = '', ...options] = shell;
  const script = `${awsCliShell()}\nprintf '<%s>' "$(field "$ANSWER" ${field})"`;
  const { stdout, stderr } = spawnSync(program, [...options, '-c', script], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      PROGRAM: 'test',
      POLL_SECONDS: '0',
      TIMEOUT_SECONDS: '1',
      ANSWER: answer,
    },
  });
  return stdout + stderr;
}

/** The answer, the number of the field, and the field. */
const FIELDS: readonly (readonly [what: string, answer: string, field: number, text: string])[] = [
  ['the first', 'enabled\tlt-1\t2', 1, 'enabled'],
  ['one in the middle', 'enabled\tlt-1\t2', 2, 'lt-1'],
  ['the last', 'enabled\tlt-1\t2', 3, '2'],
  ['an empty one', 'enabled\t\t2', 2, ''],
  ['one behind an empty one', 'enabled\t\t2', 3, '2'],
  ['one that is not there', 'enabled\tlt-1', 3, ''],
  ['the first of an answer without tabs', 'None', 1, 'None'],
  ['the second of an answer without tabs', 'None', 2, ''],
  ['any of an empty answer', '', 1, ''],
  ['one with line ends, on one line', 'failed\tno space\nleft\n\nhere', 2, 'no space left  here'],
  ['one before line ends', 'failed\tno space\nleft', 1, 'failed'],
  [
    'one with characters that a shell knows',
    'failed\t* ? [a] \\n $HOME `id`',
    2,
    '* ? [a] \\n $HOME `id`',
  ],
];

const checkFields = (...shell: readonly string[]) =>
  it.each(FIELDS)('is %s', (_what, answer, field, text) => {
    expect(fieldOf(shell, answer, field)).toBe(`<${text}>`);
  });

describe('a field of an answer of the AWS CLI', () => {
  describe('in sh', () => checkFields('/bin/sh'));
  describeWithProgram('busybox', () => checkFields('busybox', 'sh'));
  describeWithProgram('ksh', () => checkFields('ksh'));
  describeWithProgram('zsh', () => checkFields('zsh', '--emulate', 'sh'));
});
