import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import { textAt } from '../../front/xml-reading';
import type { Inventory } from '../../inventory';
import { configureTerraform, findProviderMirror, findTool } from '../../programs/tools';
import { publishWindowsBaseImage } from '../../seed-network-and-cluster';
import { type KeptProvider, startKeptProvider } from '../../terraform/kept-provider/kept-provider';
import { TerraformStack } from '../../terraform/terraform-stack';
import { imageConfiguration } from './terraform-image-configuration';

const LIMIT_MS = 1_800_000;
const OTHER_REGION = 'eu-west-1';
const SHARED = 'arn:aws:imagebuilder:us-east-1:444455556666:component/hardening';

/** What stays when the resources of Image Builder are deleted, in each of the regions. */
const KEPT = [
  ...['amis', 'amisInOtherAccounts', 'fastLaunchImages', 'launchPermissions'],
  ...['parameters', 'snapshots'],
];

/** A document that is too long to be sent inline. */
const LARGE_DOCUMENT = [
  'schemaVersion: 1.0',
  'phases:',
  '  - name: build',
  '    steps:',
  ...Array.from({ length: 200 }, (_, index) =>
    [
      `      - name: Step${index}`,
      '        action: ExecutePowerShell',
      `        inputs: {commands: ["Write-Output 'äöü ${'.'.repeat(40)}'"]}`,
    ].join('\n'),
  ),
].join('\n');

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'a real terraform with everything Image Builder offers, in two regions',
  () => {
    let aws: EmulatedAws;
    let provider: KeptProvider;
    let directory: string;
    let stack: TerraformStack;
    let untouched: Inventory;
    let configure: (message: string) => void;

    beforeAll(async () => {
      aws = await startEmulatedAws({ buildsWriteLogs: true });
      aws.seedComponent(`${SHARED}/2.1.0`);
      const vpc = await aws.client.query('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
      const vpcId = textAt(vpc, 'vpc', 'vpcId');
      const subnet = await aws.client.query('ec2', 'CreateSubnet', {
        VpcId: vpcId,
        CidrBlock: '10.0.0.0/18',
        AvailabilityZone: 'us-east-1a',
      });
      const base = publishWindowsBaseImage(aws, { kubernetesVersion: '1.35' });
      const [mirror, terraform] = [findProviderMirror(), findTool('terraform')];
      if ('missing' in mirror) throw new Error(mirror.missing);
      if ('missing' in terraform) throw new Error(terraform.missing);
      directory = mkdtempSync(join(tmpdir(), 'emulator-image-builder-'));
      const env = { ...aws.environment, ...configureTerraform(directory, mirror) };
      provider = await startKeptProvider(mirror, aws.environment);
      stack = new TerraformStack(directory, { terraform: terraform.path, env, provider });
      configure = (message) => {
        const configuration = imageConfiguration({
          region: aws.region,
          otherRegion: OTHER_REGION,
          providerVersion: mirror.version,
          vpcId,
          subnetId: textAt(subnet, 'subnet', 'subnetId'),
          baseImageParameter: base.parameter,
          message,
          largeDocument: LARGE_DOCUMENT,
          sharedComponentArn: `${SHARED}/2.x.x`,
        });
        writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration, null, 2));
      };
      untouched = await aws.inventory();
    }, LIMIT_MS);

    afterAll(async () => {
      await provider.stop();
      await aws.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    /** What was not there before, by kind; kinds without are left out. */
    const added = async (): Promise<Inventory> => {
      const kinds = Object.entries(await aws.inventory()).flatMap(([kind, names]) => {
        const others = names.filter((name) => untouched[kind]?.includes(name) !== true);
        return others.length === 0 ? [] : [[kind, others] as const];
      });
      return Object.fromEntries(kinds);
    };

    const parameterOf = async (region: string, selector: string): Promise<unknown> => {
      const named = { Name: selector };
      const answer = await aws.client.json('ssm', 'GetParameter', named, region);
      return (answer['Parameter'] as Readonly<Record<string, unknown>>)['Value'];
    };

    it(
      'builds the image with the first apply, and a second plan is empty',
      async () => {
        configure('first');
        await stack.init();
        await stack.apply();
        expect(await stack.plan()).toEqual([]);
        const inventory = await added();
        for (const prefix of ['', `${OTHER_REGION}/`]) {
          expect(inventory[`${prefix}amis`]).toHaveLength(1);
          expect(inventory[`${prefix}fastLaunchImages`]).toEqual(inventory[`${prefix}amis`]);
          expect(inventory[`${prefix}launchPermissions`]).toEqual([
            `${inventory[`${prefix}amis`]?.[0]} 444455556666`,
          ]);
          expect(inventory[`${prefix}amisInOtherAccounts`]).toHaveLength(1);
        }
        expect(inventory['s3Objects']).toEqual([
          'full-documents/components/stored document.yaml',
          expect.stringMatching(/^full-logs\/b\/full\/1\.0\.\d+\/1\/console\.log$/),
        ]);
        expect(inventory['eventTargets']).toHaveLength(1);
        expect(inventory['securityGroupRules']).toHaveLength(1);
        expect(inventory['lifecyclePolicies']).toHaveLength(1);
        expect(await parameterOf(OTHER_REGION, '/images/full')).toBe(
          inventory[`${OTHER_REGION}/amis`]?.[0],
        );
      },
      LIMIT_MS,
    );

    it(
      'leaves Terraform nothing to do after a scheduled build, whose AMI the parameter names',
      async () => {
        const first = await parameterOf('us-east-1', '/images/full');
        const [pipeline = ''] = (await aws.inventory())['imagePipelines'] ?? [];
        expect(await aws.runPipeline(pipeline)).toEqual({
          started: true,
          imageArn: expect.stringMatching(/:image\/full\/1\.0\.\d+\/2$/),
          status: 'AVAILABLE',
        });
        expect(await stack.plan()).toEqual([]);
        const second = await parameterOf('us-east-1', '/images/full');
        expect(second).not.toBe(first);
        expect(await parameterOf('us-east-1', '/images/full:1')).toBe(first);
        expect(await parameterOf('us-east-1', '/images/full:2')).toBe(second);
      },
      LIMIT_MS,
    );

    it(
      'builds another image for another document',
      async () => {
        configure('second');
        const changes = await stack.plan();
        expect(changes.map(({ type, actions }) => `${type} ${actions.join('/')}`).sort()).toEqual([
          'aws_imagebuilder_component create/delete',
          'aws_imagebuilder_image create/delete',
          'aws_imagebuilder_image_pipeline update',
          'aws_imagebuilder_image_recipe create/delete',
        ]);
        await stack.apply();
        expect(await stack.plan()).toEqual([]);
        expect((await added())['amis']).toHaveLength(3);
      },
      LIMIT_MS,
    );

    it(
      'destroys everything but what Image Builder keeps',
      async () => {
        await stack.destroy();
        const left = await added();
        const kept = KEPT.flatMap((kind) => [kind, `${OTHER_REGION}/${kind}`]);
        // The image of the scheduled build is not in the state.
        expect(Object.keys(left).sort()).toEqual([...kept, 'images'].sort());
        expect(left['images']).toEqual([expect.stringMatching(/:image\/full\/1\.0\.\d+\/2$/)]);
        expect(left['parameters']).toEqual(['/images/full']);
      },
      LIMIT_MS,
    );
  },
);
