import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../emulated-aws';
import { type ProgramResult, runProgram } from '../programs/run-program';
import { configureTerraform, findProviderMirror, findTool } from '../programs/tools';
import { type SeededNetworkAndCluster, seedNetworkAndCluster } from '../seed-network-and-cluster';
import { stackConfiguration } from './terraform-configuration';

const TEST_LIMIT_MS = 1_800_000;

/** What Image Builder leaves behind when its resources are deleted. */
const KEPT_BY_IMAGE_BUILDER = ['amis', 'snapshots', 'parameters'];

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'a real terraform against the emulated AWS',
  () => {
    let aws: EmulatedAws;
    let seeded: SeededNetworkAndCluster;
    let directory: string;
    let env: Record<string, string>;

    beforeAll(async () => {
      aws = await startEmulatedAws();
      seeded = await seedNetworkAndCluster(aws, { clusterName: 'demo', kubernetesVersion: '1.35' });
      directory = mkdtempSync(join(tmpdir(), 'emulator-terraform-'));
      const mirror = findProviderMirror();
      if ('missing' in mirror) throw new Error(mirror.missing);
      env = { ...aws.environment, ...configureTerraform(directory, mirror) };
    });

    afterAll(async () => {
      await aws.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const terraform = (...args: readonly string[]): Promise<ProgramResult> => {
      const tool = findTool('terraform');
      if ('missing' in tool) throw new Error(tool.missing);
      return runProgram(tool.path, args, { cwd: directory, env });
    };

    const configure = (message: string): void => {
      const mirror = findProviderMirror();
      const providerVersion = 'missing' in mirror ? '' : mirror.version;
      const stack = stackConfiguration({ seeded, region: aws.region, providerVersion, message });
      writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(stack, null, 2));
    };

    const apply = async (): Promise<void> => {
      const result = await terraform('apply', '-auto-approve', '-input=false', '-no-color');
      expect([result.status, result.stderr]).toEqual([0, '']);
    };

    const expectNoChanges = async (): Promise<void> => {
      const plan = await terraform('plan', '-detailed-exitcode', '-input=false', '-no-color');
      expect([plan.status, plan.status === 0 ? '' : plan.stdout]).toEqual([0, '']);
    };

    const operations = (since: number): readonly string[] =>
      aws.mutations(since).map((call) => call.operation);

    it(
      'applies, plans no changes, rolls a new image out, and destroys without leftovers',
      async () => {
        const before = await aws.inventory();
        configure('first');
        const init = await terraform('init', '-input=false', '-no-color');
        expect([init.status, init.stderr]).toEqual([0, '']);

        await apply();
        await expectNoChanges();
        const first = await aws.inventory();
        expect(first['fastLaunchImages']).toHaveLength(1);
        const [firstAmi] = first['fastLaunchImages'] ?? [];
        expect(first['liveInstances']?.map((line) => line.split(' ')[1])).toEqual([
          firstAmi,
          firstAmi,
        ]);

        const position = aws.calls.length;
        configure('second');
        await apply();
        await expectNoChanges();
        const changed = operations(position);
        expect(changed.filter((operation) => operation === 'StartInstanceRefresh')).toHaveLength(1);
        expect(changed.indexOf('DisableFastLaunch')).toBeLessThan(
          changed.indexOf('EnableFastLaunch'),
        );
        expect(changed.indexOf('EnableFastLaunch')).toBeLessThan(
          changed.indexOf('CreateLaunchTemplateVersion'),
        );

        const destroy = await terraform('destroy', '-auto-approve', '-input=false', '-no-color');
        expect([destroy.status, destroy.stderr]).toEqual([0, '']);
        const after = await aws.inventory();
        const leftover = Object.keys(after).filter(
          (kind) => JSON.stringify(after[kind]) !== JSON.stringify(before[kind]),
        );
        expect(leftover).toEqual(KEPT_BY_IMAGE_BUILDER);
        expect(after['amis']).toHaveLength((before['amis']?.length ?? 0) + 2);
        expect(after['parameters']).toEqual(['/images/windows-node']);
      },
      TEST_LIMIT_MS,
    );
  },
);
