import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../../emulated-aws';
import {
  configureTerraform,
  findProviderMirror,
  findTool,
  type ProviderMirror,
} from '../../../programs/tools';
import {
  type KeptProvider,
  startKeptProvider,
} from '../../../terraform/kept-provider/kept-provider';
import { TerraformStack } from '../../../terraform/terraform-stack';

const LIMIT_MS = 1_800_000;

function mirrorAtHand(): ProviderMirror {
  const mirror = findProviderMirror();
  if ('missing' in mirror) throw new Error(mirror.missing);
  return mirror;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describeWith(
  ['terraform', 'provider-mirror', 'moto_server'],
  'a stack of Terraform with a kept provider',
  () => {
    let aws: EmulatedAws;
    let provider: KeptProvider;
    let folder: string;

    beforeAll(async () => {
      aws = await startEmulatedAws();
      provider = await startKeptProvider(mirrorAtHand(), aws.environment);
      folder = mkdtempSync(join(tmpdir(), 'kept-provider-'));
    }, LIMIT_MS);
    afterAll(async () => {
      await provider.stop();
      await aws.stop();
      rmSync(folder, { recursive: true });
    }, LIMIT_MS);

    const stackWith = (used: Pick<KeptProvider, 'variables'>): TerraformStack => {
      const terraform = findTool('terraform');
      if ('missing' in terraform) throw new Error(terraform.missing);
      const env = { ...aws.environment, ...configureTerraform(folder, mirrorAtHand()) };
      return new TerraformStack(folder, { terraform: terraform.path, env, provider: used });
    };
    const parameter = (region: string) => ({
      [`parameter-${region}`]: {
        provider: region === 'us-east-1' ? 'aws' : `aws.${region}`,
        name: '/kept',
        type: 'String',
        value: region,
      },
    });
    const write = (part: object): void =>
      writeFileSync(
        join(folder, 'cdk.tf.json'),
        JSON.stringify({
          terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
          provider: {
            aws: [{ region: 'us-east-1' }, { alias: 'eu-west-1', region: 'eu-west-1' }],
          },
          ...part,
        }),
      );

    it(
      'keeps several configurations of the provider apart, as in an apply with two Regions',
      async () => {
        const stack = stackWith(provider);
        write({
          resource: { aws_ssm_parameter: { ...parameter('us-east-1'), ...parameter('eu-west-1') } },
        });
        await stack.init();
        await stack.apply();
        expect(await stack.hasNoChanges()).toBe(true);
        for (const region of ['us-east-1', 'eu-west-1']) {
          const found = await aws.client.json('ssm', 'GetParameter', { Name: '/kept' }, region);
          expect(found).toMatchObject({ Parameter: { Value: region } });
        }
      },
      LIMIT_MS,
    );

    it(
      'knows the types of what is in the state only, and destroys it',
      async () => {
        write({});
        const changes = await stackWith(provider).plan();
        expect(changes.map(({ type, actions }) => `${type} ${actions.join()}`)).toEqual([
          'aws_ssm_parameter delete',
          'aws_ssm_parameter delete',
        ]);
        await stackWith(provider).apply();
        expect((await aws.inventory())['parameters']).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'fails and says what to do when a type is not found in the folder',
      async () => {
        const empty = mkdtempSync(join(folder, 'empty-'));
        const blind = { variables: () => provider.variables(empty) };
        write({ resource: { aws_sqs_queue: { queue: { name: 'queue' } } } });
        const { status, stderr } = await stackWith(blind).tryPlan();
        expect(status).toBe(1);
        expect(stderr).toContain('does not support resource type "aws_sqs_queue"');
        expect(stderr).toContain(
          'let it be found there, or run this stack without a kept provider.',
        );
      },
      LIMIT_MS,
    );
  },
);

describeWith(['provider-mirror'], 'a kept provider', () => {
  it(
    'ends when the process that started it is killed',
    async () => {
      const script = join(__dirname, 'start-server-program.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [output] = (await once(child.stdout, 'data')) as [Buffer];
      const pid = Number(output.toString('utf8'));
      expect(exists(pid)).toBe(true);
      child.kill('SIGKILL');
      while (exists(pid)) await pause(20);
    },
    LIMIT_MS,
  );
});
