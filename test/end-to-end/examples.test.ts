import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type EmulatedAws, startEmulatedAws } from '../../emulator/emulated-aws';
import {
  configureTerraform,
  findProviderMirror,
  findTool,
  type ProviderMirror,
} from '../../emulator/programs/tools';
import { seedNetworkAndCluster } from '../../emulator/seed-network-and-cluster';
import {
  type KeptProvider,
  startKeptProvider,
} from '../../emulator/terraform/kept-provider/kept-provider';
import { TerraformStack } from '../../emulator/terraform/terraform-stack';
import { withLocalState } from '../support/local-state';
import { ROOT, runNode } from '../support/run-node';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;

/** The images that the examples start from. */
const BASE_PARAMETERS = [
  '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base',
  '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
  '/aws/service/ami-windows-latest/Windows_Server-2025-English-Core-EKS_Optimized-1.35/image_id',
];

/** Where an image of one's own has been handed over. */
const BUILT_PARAMETER = '/imagebuilder/shop-windows/ami-id';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).sort();

/** The resources of an example, as its golden file lists them. */
function goldenResources(example: string): string[] {
  const text = readFileSync(join(ROOT, 'test/golden/addresses', `${example}.txt`), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('data.'));
}

describeWith(['terraform', 'provider-mirror', 'moto_server'], 'a first plan of an example', () => {
  let aws: EmulatedAws;
  let provider: KeptProvider;
  let mirror: ProviderMirror;
  let folder: string;
  let subnetIds: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
    const found = findProviderMirror();
    if ('missing' in found) throw new Error(found.missing);
    mirror = found;
    aws = await startEmulatedAws();
    provider = await startKeptProvider(mirror, aws.environment);
    const { baseImageId, ...seeded } = await seedNetworkAndCluster(aws, {
      clusterName: 'example',
      kubernetesVersion: '1.35',
    });
    subnetIds = seeded.subnetIds;
    await aws.client.rest('eks', 'POST', '/clusters/example/addons', {
      addonName: 'vpc-cni',
      configurationValues: '{"enableWindowsIpam":"true"}',
    });
    for (const name of BASE_PARAMETERS) aws.seedParameter(name, baseImageId);
    const Value = aws.seedImage({ name: 'shop-windows', platform: 'windows' });
    await aws.client.json('ssm', 'PutParameter', { Name: BUILT_PARAMETER, Value, Type: 'String' });
  }, LIMIT_MS);
  afterAll(async () => {
    await provider.stop();
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);

  it.each(EXAMPLES)(
    'makes what it lists, and nothing else: %s',
    async (example) => {
      const out = join(folder, example);
      const environment = { CDKTF_OUTDIR: out, SUBNET_IDS: subnetIds.join() };
      const { status, stderr } = runNode('main.ts', join(ROOT, 'examples', example), environment);
      expect([status, stderr]).toEqual([0, '']);

      const terraform = findTool('terraform');
      if ('missing' in terraform) throw new Error(terraform.missing);
      const stackFolder = join(out, 'stacks', example);
      const file = join(stackFolder, 'cdk.tf.json');
      writeFileSync(file, withLocalState(readFileSync(file, 'utf8'), mirror.version));
      const env = { ...aws.environment, ...configureTerraform(out, mirror) };
      const stack = new TerraformStack(stackFolder, { terraform: terraform.path, env, provider });
      await stack.init();
      const changes = await stack.plan();
      expect(changes.map(({ actions }) => actions.join())).toEqual(changes.map(() => 'create'));
      expect(changes.map(({ address }) => address).sort()).toEqual(goldenResources(example));
    },
    LIMIT_MS,
  );
});
