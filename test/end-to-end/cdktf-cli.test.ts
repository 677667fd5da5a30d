import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runProgram } from '../../emulator/programs/run-program';
import { ExampleDeployment } from '../support/example-deployment';
import { CDKTF, describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;
const ROOT = join(__dirname, '..', '..');

const NEEDS = ['terraform', 'provider-mirror', 'aws', 'moto_server', 'cdktf'] as const;

describeWith(NEEDS, 'the same app with the cdktf command', () => {
  let deployment: ExampleDeployment;

  beforeAll(async () => {
    deployment = await ExampleDeployment.start();
    deployment.synthesize();
  }, LIMIT_MS);
  afterAll(() => deployment.stop(), LIMIT_MS);

  const cdktf = async (command: string, ...args: readonly string[]) => {
    const env = {
      ...deployment.terraformEnvironment,
      CI: 'true',
      ENVIRONMENTS_DIR: join(deployment.folder, 'environments'),
    };
    const output = ['--output', join(deployment.folder, 'out')];
    const options = { cwd: ROOT, env, limitMs: LIMIT_MS };
    const result = await runProgram(CDKTF, [command, ...args, ...output], options);
    return { ...result, stdout: stripVTControlCharacters(result.stdout) };
  };

  it(
    'synthesizes, shows the difference, deploys both stacks in order, and destroys them',
    async () => {
      const synth = await cdktf('synth');
      expect([synth.status, synth.stdout]).toEqual([
        0,
        expect.stringContaining('example-windows-image'),
      ]);

      // Locking providers for all platforms asks the registry.
      const offline = '--skip-provider-lock';
      const diff = await cdktf('diff', 'example-windows-image', offline);
      expect([diff.status, diff.stdout]).toEqual([
        0,
        expect.stringContaining('Plan: 17 to add, 0 to change, 0 to destroy.'),
      ]);

      const stacks = ['example-windows-image', 'example-windows-nodes'];
      const deploy = await cdktf('deploy', ...stacks, '--auto-approve', offline);
      expect([deploy.status, deploy.stdout]).toEqual([
        0,
        expect.stringContaining('Apply complete! Resources: 12 added'),
      ]);
      expect((await deployment.aws.inventory())['autoScalingGroups']).toHaveLength(1);

      const destroy = await cdktf('destroy', ...stacks, '--auto-approve', offline);
      expect(destroy.status).toBe(0);
      expect((await deployment.aws.inventory())['autoScalingGroups']).toEqual([]);
    },
    LIMIT_MS,
  );
});
