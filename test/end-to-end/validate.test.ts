import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { run } from '../../app/run';
import { type ProgramResult, runProgram } from '../../emulator/programs/run-program';
import { configureTerraform, findProviderMirror, findTool } from '../../emulator/programs/tools';
import { WIDE_ENVIRONMENT, WIDE_FILES } from '../app/wide-environment';
import { exampleEnvironmentFolder } from '../support/example-environment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;

describeWith(['terraform', 'provider-mirror'], 'terraform validate', () => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'validate-'));
    const mirror = findProviderMirror();
    if ('missing' in mirror) throw new Error(mirror.missing);
    env = { PATH: process.env['PATH'] ?? '', ...configureTerraform(folder, mirror) };
    const environmentsFolder = exampleEnvironmentFolder(folder, mirror.version);
    writeWideEnvironment(environmentsFolder, mirror.version);
    const outputFolder = join(folder, 'out');
    const problems: string[] = [];
    run({
      environmentsFolder,
      outputFolder,
      today: '2026-06-01',
      print: () => undefined,
      printError: (text) => problems.push(text),
    });
    expect(problems).toEqual([]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const terraform = (stack: string, ...args: readonly string[]): Promise<ProgramResult> => {
    const tool = findTool('terraform');
    if ('missing' in tool) throw new Error(tool.missing);
    return runProgram(tool.path, args, { cwd: join(folder, 'out/stacks', stack), env });
  };

  it.each(['example', 'wide'])(
    'accepts both stacks of the %s environment against the real schema of the AWS provider',
    async (name) => {
      const stacks = readdirSync(join(folder, 'out/stacks')).filter((one) => one.startsWith(name));
      expect(stacks.sort()).toEqual([`${name}-windows-image`, `${name}-windows-nodes`]);
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

/** An environment with nearly every key there is, so that each attribute meets the provider. */
function writeWideEnvironment(environmentsFolder: string, providerVersion: string): void {
  const text = WIDE_ENVIRONMENT.replace('name: example\n', 'name: wide\n');
  const provider = `provider: { version: "${providerVersion}" }\n`;
  const fastLaunch = `fastLaunch:
  method: distribution
  subnetId: subnet-0123456789abcdef0
  keyGrant: { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1", createServiceLinkedRole: true }
`;
  writeFileSync(join(environmentsFolder, 'wide.yaml'), `${text}${provider}${fastLaunch}`);
  for (const [path, contents] of Object.entries(WIDE_FILES)) {
    mkdirSync(join(environmentsFolder, dirname(path)), { recursive: true });
    writeFileSync(join(environmentsFolder, path), contents);
  }
}
