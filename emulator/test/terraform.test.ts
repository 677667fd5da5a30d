import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../emulated-aws';
import { configureTerraform, findProviderMirror, findTool } from '../programs/tools';
import { type SeededNetworkAndCluster, seedNetworkAndCluster } from '../seed-network-and-cluster';
import { type KeptProvider, startKeptProvider } from '../terraform/kept-provider/kept-provider';
import { TerraformStack } from '../terraform/terraform-stack';
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
    let provider: KeptProvider;
    let stack: TerraformStack;
    let configure: (message: string) => void;

    beforeAll(async () => {
      aws = await startEmulatedAws();
      seeded = await seedNetworkAndCluster(aws, { clusterName: 'demo', kubernetesVersion: '1.35' });
      directory = mkdtempSync(join(tmpdir(), 'emulator-terraform-'));
      const [mirror, terraform] = [findProviderMirror(), findTool('terraform')];
      if ('missing' in mirror) throw new Error(mirror.missing);
      if ('missing' in terraform) throw new Error(terraform.missing);
      provider = await startKeptProvider(mirror, aws.environment);
      const env = { ...aws.environment, ...configureTerraform(directory, mirror) };
      stack = new TerraformStack(directory, { terraform: terraform.path, env, provider });
      configure = (message) => {
        const options = { seeded, region: aws.region, providerVersion: mirror.version, message };
        const text = JSON.stringify(stackConfiguration(options), null, 2);
        writeFileSync(join(directory, 'main.tf.json'), text);
      };
    });

    afterAll(async () => {
      await provider.stop();
      await aws.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const operations = (since: number): readonly string[] =>
      aws.mutations(since).map((call) => call.operation);

    it(
      'applies, plans no changes, rolls a new image out, and destroys without leftovers',
      async () => {
        const before = await aws.inventory();
        configure('first');
        await stack.init();

        await stack.apply();
        expect(await stack.hasNoChanges()).toBe(true);
        const first = await aws.inventory();
        expect(first['fastLaunchImages']).toHaveLength(1);
        const [firstAmi] = first['fastLaunchImages'] ?? [];
        expect(first['liveInstances']?.map((line) => line.split(' ')[1])).toEqual([
          firstAmi,
          firstAmi,
        ]);

        const position = aws.calls.length;
        configure('second');
        await stack.apply();
        expect(await stack.hasNoChanges()).toBe(true);
        const changed = operations(position);
        expect(changed.filter((operation) => operation === 'StartInstanceRefresh')).toHaveLength(1);
        expect(changed.indexOf('DisableFastLaunch')).toBeLessThan(
          changed.indexOf('EnableFastLaunch'),
        );
        expect(changed.indexOf('EnableFastLaunch')).toBeLessThan(
          changed.indexOf('CreateLaunchTemplateVersion'),
        );

        await stack.destroy();
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
