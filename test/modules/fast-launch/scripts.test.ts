import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { executablePath } from '../../../emulator/programs/tools';
import {
  renderFastLaunchCommand,
  renderFastLaunchScript,
} from '../../../modules/fast-launch/scripts';
import { evaluate } from '../../support/terraform-console';
import { describeWith, describeWithProgram } from '../../support/tools';
import { createFakeAws } from './fake-aws';

const SCRIPTS = ['enable', 'disable'] as const;

/** Shells that may stand behind `/bin/sh`, as a program with its options. */
const SHELLS = [
  ['dash'],
  ['bash', '--posix'],
  ['busybox', 'sh'],
  ['ksh'],
  ['zsh', '--emulate', 'sh'],
];

const source = (path: string): string =>
  readFileSync(join(__dirname, '../../../modules', `${path}.sh`), 'utf8');

describe('renderFastLaunchScript', () => {
  it.each([
    ['enable', ['known-fixes', 'preflight', 'enable']],
    ['disable', ['known-fixes', 'disable']],
  ] as const)('puts what is shared before the script to %s', (name, own) => {
    const shared = ['core/shell/aws-cli', 'core/shell/aws-credentials'];
    const scripts = ['state', ...own].map((part) => `fast-launch/scripts/${part}`);
    const paths = ['fast-launch/scripts/preamble', ...shared, ...scripts];
    expect(renderFastLaunchScript(name)).toBe(paths.map(source).join('\n'));
  });

  it.each(SCRIPTS)('gives only line feeds, tabs nowhere and plain ASCII to %s', (name) => {
    expect(renderFastLaunchScript(name)).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it.each(SCRIPTS)('is a script that /bin/sh can read, to %s', (name) => {
    const { status, stderr } = spawnSync('/bin/sh', ['-n', '-c', renderFastLaunchScript(name)], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('waits 10 seconds between two looks when nothing else is said', () => {
    const aws = createFakeAws().ami('ami-1');
    expect(aws.run('enable', { FAST_LAUNCH_POLL_SECONDS: '' }).status).toBe(0);
    expect(aws.sleeps()).toEqual(['10']);
  });
});

describe('renderFastLaunchCommand', () => {
  it.each(SCRIPTS)('leaves Terraform nothing to replace in the script to %s', (name) => {
    expect(renderFastLaunchCommand(name)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    expect(renderFastLaunchCommand(name).replace(/\$\$\{/g, () => '${')).toBe(
      renderFastLaunchScript(name),
    );
  });

  describeWith(['terraform'], 'read by Terraform', () => {
    it('is the script again', () => {
      const locals = {
        enable: renderFastLaunchCommand('enable'),
        disable: renderFastLaunchCommand('disable'),
      };
      expect(evaluate('[local.enable, local.disable]', { locals })).toEqual([
        renderFastLaunchScript('enable'),
        renderFastLaunchScript('disable'),
      ]);
    });
  });
});

describe('other shells', () => {
  for (const [name = '', ...options] of SHELLS) {
    describeWithProgram(name, () => {
      const shell = [executablePath(name) ?? name, ...options];

      it('switches over to other settings, with a refusal on the way', () => {
        // Without a pause: some shells have a `sleep` of their own, which really waits.
        const aws = createFakeAws()
          .ami('ami-1')
          .looks('ami-1', { state: 'enabled', snapshots: '9' })
          .failNext(
            'enable-fast-launch',
            254,
            'An error occurred (InvalidRequest) when calling the EnableFastLaunch operation: no',
          );
        expect(aws.run('enable', {}, shell)).toEqual({
          status: 0,
          stdout: [
            'fast-launch: ami-1: new settings, the state is enabled',
            'fast-launch: ami-1: new settings are not taken in this state, switching off first',
            'fast-launch: ami-1: enabling after 0s',
            'fast-launch: ami-1: enabled after 0s\n',
          ].join('\n'),
          stderr:
            '\nAn error occurred (InvalidRequest) when calling the EnableFastLaunch operation: no\n',
        });
      });

      it('switches two off', () => {
        const aws = createFakeAws();
        for (const id of ['ami-1', 'ami-2']) aws.ami(id).looks(id, { state: 'enabled' });
        expect(aws.run('disable', {}, shell)).toEqual({
          status: 0,
          stdout: [
            'fast-launch: ami-1: switching off',
            'fast-launch: ami-2: switching off',
            'fast-launch: ami-1: off after 0s',
            'fast-launch: ami-2: off after 0s\n',
          ].join('\n'),
          stderr: '',
        });
      });

      it('ends with status 2 when the time is up', () => {
        const aws = createFakeAws().ami('ami-1').afterEnable('ami-1', { state: 'enabling' });
        expect(aws.run('enable', { TIMEOUT_SECONDS: '0' }, shell).status).toBe(2);
      });
    });
  }
});

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends at %s and tells how things stand', (signal, status) => {
    // The stand-in for the CLI sends it, when it is asked for the state after the change.
    const aws = createFakeAws().ami('ami-1').afterEnable('ami-1', { state: signal });
    expect(aws.run('enable')).toMatchObject({
      status,
      stdout: '',
      stderr: `fast-launch: ended by ${signal}: ami-1: AWS goes on switching Fast Launch on; the next apply goes on from there\n`,
    });
    expect(aws.leftBehind()).toEqual([]);
  });
});

describe('static checks', () => {
  describeWithProgram('shellcheck', () => {
    it.each(SCRIPTS)('finds nothing in the script to %s', (name) => {
      const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', '-'], {
        encoding: 'utf8',
        input: renderFastLaunchScript(name),
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    });
  });
});
