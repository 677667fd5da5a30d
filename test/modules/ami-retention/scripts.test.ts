import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { executablePath } from '../../../emulator/programs/tools';
import {
  amiRetentionScript,
  renderAmiRetentionCommand,
} from '../../../modules/ami-retention/scripts';
import { evaluate } from '../../support/terraform-console';
import { describeWith, describeWithProgram } from '../../support/tools';
import { PARAMETER, withAmis } from './fake-aws';

const SCRIPTS = ['retire', 'destroy'] as const;

/** Shells that may stand behind `/bin/sh`, as a program with its options. */
const SHELLS = [
  ['dash'],
  ['bash', '--posix'],
  ['busybox', 'sh'],
  ['ksh'],
  ['zsh', '--emulate', 'sh'],
];

describe('amiRetentionScript', () => {
  it.each(SCRIPTS)('gives only line feeds, tabs nowhere and plain ASCII to %s', (name) => {
    expect(amiRetentionScript(name)).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it.each(SCRIPTS)('is a script that /bin/sh can read, to %s', (name) => {
    const { status, stderr } = spawnSync('/bin/sh', ['-n', '-c', amiRetentionScript(name)], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('renderAmiRetentionCommand', () => {
  it.each(SCRIPTS)('leaves Terraform nothing to replace in the script to %s', (name) => {
    expect(renderAmiRetentionCommand(name)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
  });

  describeWith(['terraform'], 'read by Terraform', () => {
    it('is the script again', () => {
      const locals = {
        retire: renderAmiRetentionCommand('retire'),
        destroy: renderAmiRetentionCommand('destroy'),
      };
      expect(evaluate('[local.retire, local.destroy]', { locals })).toEqual([
        amiRetentionScript('retire'),
        amiRetentionScript('destroy'),
      ]);
    });
  });
});

describe('other shells', () => {
  for (const [name = '', ...options] of SHELLS) {
    describeWithProgram(name, () => {
      const shell = [executablePath(name) ?? name, ...options];

      it('keeps, switches Fast Launch off, deletes and goes on after a failure', () => {
        const denied = 'An error occurred (UnauthorizedOperation): no';
        const aws = withAmis(4)
          .parameter(PARAMETER, 'ami-3')
          .fastLaunch('ami-1', 'enabled', 'disabling', 'None')
          .failNext('deregister-image', denied, { id: 'ami-2' });
        expect(aws.run('retire', {}, shell)).toEqual({
          status: 1,
          said: [
            'us-east-1 ami-4: kept, one of the newest 1',
            `us-east-1 ami-3: kept, ${PARAMETER} names it`,
            'us-east-1 ami-2: could not be deregistered',
            'us-east-1 ami-1: switching Fast Launch off first',
            'us-east-1 ami-1: deregistered',
            'us-east-1 snap-1: deleted',
          ],
          stderr: `\n${denied}\nami-retention: 1 of the calls to AWS failed, see above; the next run tries again\n`,
        });
      });

      it('ends at a look that fails', () => {
        const aws = withAmis(2).fastLaunch('ami-1', 'disabling', 'unknown');
        expect(aws.run('retire', {}, shell)).toMatchObject({
          status: 1,
          stderr:
            '\nthrottled\nami-retention: ami-1: the state could not be read; what was told above is done; apply again\n',
        });
        expect(aws.changes()).toEqual([]);
      });

      it('tells what stays, also without the AWS CLI', () => {
        expect(withAmis(1).run('destroy', {}, shell).said[0]).toBe(
          'us-east-1 ami-1 stays, with 100 GiB in snap-1',
        );
        expect(withAmis(1).withoutCli().run('destroy', {}, shell).status).toBe(0);
      });
    });
  }
});

describe('static checks', () => {
  describeWithProgram('shellcheck', () => {
    it.each(SCRIPTS)('finds nothing in the script to %s', (name) => {
      const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', '-'], {
        encoding: 'utf8',
        input: amiRetentionScript(name),
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    });
  });
});
