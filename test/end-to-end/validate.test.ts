import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { run } from '../../app/run';
import { exampleEnvironmentFolder } from '../emulator/example-environment';
import { type ProgramResult, runProgram } from '../emulator/run-program';
import { configureTerraform, findProviderMirror, findTool } from '../emulator/tools';
import { describeWith } from '../support/tools';

const LIMIT_MS = 120_000;

describeWith(['terraform', 'provider-mirror'], 'terraform validate', () => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'validate-'));
    const mirror = findProviderMirror();
    if ('missing' in mirror) throw new Error(mirror.missing);
    env = { PATH: process.env['PATH'] ?? '', ...configureTerraform(folder, mirror) };
    const environmentsFolder = exampleEnvironmentFolder(folder, mirror.version);
    const outputFolder = join(folder, 'out');
    const ignore = () => undefined;
    expect(
      run({
        environmentsFolder,
        outputFolder,
        today: '2026-06-01',
        print: ignore,
        printError: ignore,
      }),
    ).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const terraform = (stack: string, ...args: readonly string[]): Promise<ProgramResult> => {
    const tool = findTool('terraform');
    if ('missing' in tool) throw new Error(tool.missing);
    return runProgram(tool.path, args, { cwd: join(folder, 'out/stacks', stack), env });
  };

  it(
    'accepts every stack of the example against the real schema of the AWS provider',
    async () => {
      const stacks = readdirSync(join(folder, 'out/stacks')).sort();
      expect(stacks).toEqual(['example-windows-image', 'example-windows-nodes']);
      for (const stack of stacks) {
        const init = await terraform(stack, 'init', '-backend=false', '-input=false');
        expect([stack, init.status, init.stderr]).toEqual([stack, 0, '']);
        const { stdout } = await terraform(stack, 'validate', '-json');
        expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
      }
    },
    LIMIT_MS,
  );
});
