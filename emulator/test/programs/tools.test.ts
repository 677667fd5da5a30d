import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { configureTerraform, findProviderMirror, findTool } from '../../programs/tools';

describe('tools', () => {
  const before = { PATH: process.env['PATH'], TF_PLUGIN_MIRROR: process.env['TF_PLUGIN_MIRROR'] };
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tools-test-'));
    process.env['PATH'] = directory;
  });

  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(directory, { recursive: true, force: true });
  });

  const install = (name: string, script: string): string => {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  const mirrorWith = (...versions: readonly string[]): void => {
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    for (const version of versions) {
      const platform = `${process.platform}_${architecture}`;
      const path = ['registry.terraform.io', 'hashicorp', 'aws', version, platform];
      mkdirSync(join(directory, ...path), { recursive: true });
    }
  };

  it('finds a program on PATH with its version', () => {
    const path = install('aws', 'echo aws-cli/2.99.1 Python/3');
    expect(findTool('aws')).toEqual({ path, version: '2.99.1' });
  });

  it('says how to get a program that is not there', () => {
    expect(findTool('moto_server')).toEqual({
      missing: "moto_server is not on PATH; install it with pip install 'moto[server]'",
    });
  });

  it('does not take a program that cannot run', () => {
    install('terraform', 'exit 3');
    expect(findTool('terraform')).toEqual({
      missing:
        'terraform version -json fails with exit status 3; ' +
        'install it from https://developer.hashicorp.com/terraform/install',
    });
  });

  it('takes the newest provider version of the mirror named in TF_PLUGIN_MIRROR', () => {
    mirrorWith('5.9.0', '5.100.0', '5.20.1');
    process.env['TF_PLUGIN_MIRROR'] = directory;
    expect(findProviderMirror()).toEqual({ path: directory, version: '5.100.0' });
  });

  it('writes a terraform configuration for the mirror', () => {
    const variables = configureTerraform(directory, { path: '/mirror', version: '5.100.0' });
    const file = join(directory, 'terraform.rc');
    expect(variables).toEqual({
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: file,
    });
    expect(readFileSync(file, 'utf8')).toBe(
      'disable_checkpoint = true\n' +
        'provider_installation {\n  filesystem_mirror { path = "/mirror" }\n}\n',
    );
  });

  it('writes a terraform configuration that leaves providers to the registry', () => {
    configureTerraform(directory, 'registry');
    expect(readFileSync(join(directory, 'terraform.rc'), 'utf8')).toBe(
      'disable_checkpoint = true\n',
    );
  });
});
