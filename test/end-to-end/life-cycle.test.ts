import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Inventory } from '../../emulator/inventory';
import { runProgram } from '../../emulator/programs/run-program';
import type { PlannedChange, TerraformStack } from '../../emulator/terraform/terraform-stack';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;

/** What Image Builder keeps when its resources are deleted. */
const KEPT_KINDS = ['amis', 'snapshots', 'parameters'];

/** `aws_imagebuilder_image_recipe create/delete` for each change, sorted. */
function summarize(changes: readonly PlannedChange[]): string[] {
  return changes.map(({ type, actions }) => `${type} ${actions.join('/')}`).sort();
}

function newNames(before: Inventory, after: Inventory): Inventory {
  const kinds = Object.keys(after).flatMap((kind) => {
    const names = (after[kind] ?? []).filter((name) => !before[kind]?.includes(name));
    return names.length === 0 ? [] : [[kind, names] as const];
  });
  return Object.fromEntries(kinds);
}

/** The commands of the troubleshooting page, as they stand there. */
function documentedCleanUp(): string {
  const page = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');
  const [, section = ''] = page.split('## What stays after a destroy');
  return /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? 'exit 1';
}

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'the life of the example environment, step by step',
  () => {
    let deployment: ExampleDeployment;
    let untouched: Inventory;
    let firstAmi: string;

    beforeAll(async () => {
      deployment = await ExampleDeployment.start();
      untouched = await deployment.aws.inventory();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    /** The calls that an apply makes and that can change something, in order. */
    const record = async (apply: () => Promise<void>): Promise<string[]> => {
      const since = deployment.aws.calls.length;
      await apply();
      return deployment.aws.mutations(since).map(({ operation }) => operation);
    };
    const applyAndRecord = (stack: TerraformStack) => record(() => stack.apply());
    /** Applies what the last plan of the stack holds, as after a review. */
    const applyPlanAndRecord = (stack: TerraformStack) => record(() => stack.applyPlan());

    it(
      'builds an AMI during the first apply and hands it over by the SSM parameter',
      async () => {
        deployment.synthesize();
        await deployment.image.init();
        await deployment.image.apply();
        const { ami_id: ami, recipe_version: version } = await deployment.image.outputs();
        expect(ami).toMatch(/^ami-[0-9a-f]{17}$/);
        expect(version).toMatch(/^1\.0\.\d+$/);
        firstAmi = String(ami);
        const inventory = newNames(untouched, await deployment.aws.inventory());
        expect(inventory['amis']).toEqual([firstAmi]);
        expect(inventory['parameters']).toEqual(['/imagebuilder/example-windows/ami-id']);
        expect(await deployment.image.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'switches Fast Launch on before the first node is launched',
      async () => {
        await deployment.nodes.init();
        const calls = await applyAndRecord(deployment.nodes);
        expect(calls.indexOf('EnableFastLaunch')).toBeLessThan(
          calls.indexOf('CreateAutoScalingGroup'),
        );
        expect(calls.filter((call) => call === 'StartInstanceRefresh')).toEqual([]);
        expect(await deployment.nodes.outputs()).toEqual({
          ami_id: firstAmi,
          auto_scaling_groups: ['example-windows-nodes-apps'],
          fast_launch_cost: expect.stringMatching(/^5 snapshots of up to 100 GiB in us-east-1: /),
        });
        const inventory = await deployment.aws.inventory();
        expect(inventory['fastLaunchImages']).toEqual([firstAmi]);
        expect(inventory['accessEntries']).toEqual([
          expect.stringContaining('role/example-windows-nodes'),
        ]);
        expect(await deployment.nodes.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'builds a new AMI for a changed image list, and makes the new before it removes the old',
      async () => {
        deployment.synthesize((yaml) => yaml.replace('shop/web:1.4.2', 'shop/web:1.5.0'));
        const changes = await deployment.image.plan();
        expect(summarize(changes)).toEqual([
          'aws_imagebuilder_component create/delete',
          'aws_imagebuilder_image create/delete',
          'aws_imagebuilder_image_pipeline update',
          'aws_imagebuilder_image_recipe create/delete',
        ]);
        // The plan shows the new versions: nothing about them waits for the apply.
        const versions = changes
          .filter(({ type }) => /_(?:component|image_recipe)$/.test(type))
          .map(({ before, after }) => [before?.['version'], after?.['version']]);
        for (const [before, after] of versions) {
          expect(after).toMatch(/^1\.0\.\d+$/);
          expect(after).not.toBe(before);
        }
        const calls = await applyPlanAndRecord(deployment.image);
        // The pipeline changes over while the image is built; nothing orders the two.
        expect(calls.filter((call) => call !== 'UpdateImagePipeline')).toEqual([
          'CreateComponent',
          'CreateImageRecipe',
          'CreateImage',
          'DeleteImage',
          'DeleteImageRecipe',
          'DeleteComponent',
        ]);
        const update = calls.indexOf('UpdateImagePipeline');
        expect(update).toBeGreaterThan(calls.indexOf('CreateImageRecipe'));
        expect(update).toBeLessThan(calls.indexOf('DeleteImageRecipe'));
        expect(await deployment.image.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'shows the old and the new AMI in the plan of the nodes, and rolls them in the right order',
      async () => {
        const { ami_id: newAmi } = await deployment.image.outputs();
        const changes = await deployment.nodes.plan();
        const template = changes.find(({ type }) => type === 'aws_launch_template');
        expect([template?.before?.['image_id'], template?.after?.['image_id']]).toEqual([
          firstAmi,
          newAmi,
        ]);
        expect(summarize(changes)).toEqual([
          'aws_autoscaling_group update',
          'aws_ec2_tag create/delete',
          'aws_launch_template update',
          'terraform_data delete/create',
          'terraform_data delete/create',
        ]);
        const calls = await applyPlanAndRecord(deployment.nodes);
        // The mark of the old AMI goes when nothing launches from it any more.
        expect(calls.indexOf('CreateTags')).toBeLessThan(
          calls.indexOf('CreateLaunchTemplateVersion'),
        );
        expect(calls.indexOf('DeleteTags')).toBeGreaterThan(calls.indexOf('ModifyLaunchTemplate'));
        expect(calls.filter((call) => !call.endsWith('Tags'))).toEqual([
          'EnableFastLaunch',
          'CreateLaunchTemplateVersion',
          'ModifyLaunchTemplate',
          'UpdateAutoScalingGroup',
          'StartInstanceRefresh',
          'DisableFastLaunch',
        ]);
        const inventory = await deployment.aws.inventory();
        expect(inventory['fastLaunchImages']).toEqual([newAmi]);
        expect(await deployment.nodes.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'destroys everything but what Image Builder keeps, and the documented commands take that along',
      async () => {
        await deployment.nodes.destroy();
        await deployment.image.destroy();
        const left = newNames(untouched, await deployment.aws.inventory());
        expect(Object.keys(left).sort()).toEqual([...KEPT_KINDS].sort());

        const cleanUp = await runProgram('/bin/sh', ['-euc', documentedCleanUp()], {
          cwd: deployment.folder,
          env: deployment.terraformEnvironment,
        });
        expect([cleanUp.status, cleanUp.stderr]).toEqual([0, '']);
        expect(newNames(untouched, await deployment.aws.inventory())).toEqual({});
      },
      LIMIT_MS,
    );
  },
);
