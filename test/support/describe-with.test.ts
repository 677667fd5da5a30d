import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decideGroup } from './tools';

const NO_AWS = 'install the AWS CLI, version 2 (or version 1 with pip install awscli)';

describe('decideGroup', () => {
  const before = {
    PATH: process.env['PATH'],
    CI: process.env['CI'],
    MUST_RUN: process.env['MUST_RUN'],
  };
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'describe-with-'));
    process.env['PATH'] = directory;
    delete process.env['CI'];
    delete process.env['MUST_RUN'];
  });

  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(directory, { recursive: true, force: true });
  });

  const installAws = (script: string): void => {
    const path = join(directory, 'aws');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };

  it('runs a group whose programs are there', () => {
    installAws('echo aws-cli/2.99.0');
    expect(decideGroup(['aws'])).toEqual({ kind: 'run' });
  });

  it('skips a group with all reasons, in CI too', () => {
    process.env['CI'] = 'true';
    expect(decideGroup(['aws', 'moto_server'])).toEqual({
      kind: 'skip',
      reason:
        `aws is not on PATH; ${NO_AWS}; ` +
        "moto_server is not on PATH; install it with pip install 'moto[server]'",
    });
  });

  it('fails a group that needs what has to be there', () => {
    process.env['MUST_RUN'] = 'terraform aws';
    const reason = `aws is not on PATH; ${NO_AWS}`;
    expect(decideGroup(['aws'])).toEqual({ kind: 'fail', reason });
    process.env['MUST_RUN'] = 'terraform';
    expect(decideGroup(['aws'])).toEqual({ kind: 'skip', reason });
  });

  it('skips a group whose program does not run, but fails it in CI', () => {
    installAws('exit 1');
    const reason = `aws --version fails with exit status 1; ${NO_AWS}`;
    expect(decideGroup(['aws'])).toEqual({ kind: 'skip', reason });
    process.env['CI'] = 'true';
    expect(decideGroup(['aws'])).toEqual({ kind: 'fail', reason });
  });
});
