import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PlannedChange } from '../../emulator/terraform/terraform-stack';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;

/** `aws_imagebuilder_image_recipe create/delete` for each change, sorted. */
function summarize(changes: readonly PlannedChange[]): string[] {
  return changes.map(({ type, actions }) => `${type} ${actions.join('/')}`).sort();
}

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'what comes to the example environment when it runs',
  () => {
    let deployment: ExampleDeployment;
    let firstAmi: string;

    beforeAll(async () => {
      deployment = await ExampleDeployment.start({ keepProvider: true });
      deployment.synthesize();
      for (const stack of [deployment.image, deployment.nodes]) {
        await stack.init();
        await stack.apply();
      }
      firstAmi = String((await deployment.image.outputs())['ami_id']);
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'plans nothing when only the order of the cached images changes',
      async () => {
        deployment.synthesize((yaml) => {
          const lines = yaml.split('\n');
          const first = lines.findIndex((line) => line.includes('- mcr.microsoft.com'));
          const [image] = lines.splice(first, 1);
          lines.splice(first + 1, 0, image ?? '');
          return lines.join('\n');
        });
        expect(await deployment.image.plan()).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'follows a newer base AMI under an unchanged environment file',
      async () => {
        const newerBase = deployment.aws.seedImage({
          name: 'Windows_Server-2022-English-Core-EKS_Optimized-1.35-2026.05.20',
          ownerId: '801119661308',
          ownerAlias: 'amazon',
          platform: 'windows',
        });
        deployment.aws.seedParameter(deployment.seeded.baseImageParameter, newerBase);
        const changes = await deployment.image.plan();
        expect(summarize(changes)).toEqual([
          'aws_imagebuilder_image create/delete',
          'aws_imagebuilder_image_pipeline update',
          'aws_imagebuilder_image_recipe create/delete',
        ]);
        const recipe = changes.find(({ type }) => type === 'aws_imagebuilder_image_recipe');
        expect([recipe?.before?.['parent_image'], recipe?.after?.['parent_image']]).toEqual([
          deployment.seeded.baseImageId,
          newerBase,
        ]);
        await deployment.image.applyPlan();
        expect(await deployment.image.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'leaves the nodes on their AMI when a build fails, and recovers with the next apply',
      async () => {
        const { ami_id: ami } = await deployment.image.outputs();
        deployment.synthesize((yaml) => yaml.replace('shop/web:1.4.2', 'shop/web:1.6.0'));
        deployment.aws.failNextImageBuild('ctr could not pull shop/web:1.6.0, exit code 1');
        const failed = await deployment.image.tryApply();
        expect(failed.status).toBe(1);
        expect(failed.stderr).toContain('ctr could not pull shop/web:1.6.0, exit code 1');
        const parameter = await deployment.aws.client.json('ssm', 'GetParameter', {
          Name: '/imagebuilder/example-windows/ami-id',
        });
        expect(parameter).toMatchObject({ Parameter: { Value: ami } });
        await deployment.image.apply();
        expect(await deployment.image.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );

    it(
      'comes back to an earlier image list without asking for a version',
      async () => {
        deployment.synthesize();
        await deployment.image.apply();
        expect(await deployment.image.hasNoChanges()).toBe(true);
        await deployment.nodes.apply();
        const { ami_id: ami } = await deployment.image.outputs();
        expect((await deployment.aws.inventory())['fastLaunchImages']).toEqual([ami]);
      },
      LIMIT_MS,
    );

    it(
      'puts the nodes back to an earlier AMI, and forward again, in one line each',
      async () => {
        const amiOfNodes = async () => (await deployment.nodes.outputs())['ami_id'];
        const newest = await amiOfNodes();
        const edit = (ami: string) => (yaml: string) => yaml.replace('ami: built', ami);
        deployment.synthesize(edit('ami: { builtVersion: 1 }'));
        await deployment.nodes.apply();
        expect([await amiOfNodes(), firstAmi === newest]).toEqual([firstAmi, false]);
        expect((await deployment.aws.inventory())['fastLaunchImages']).toEqual([firstAmi]);
        expect(await deployment.nodes.hasNoChanges()).toBe(true);
        deployment.synthesize(edit('ami: built'));
        await deployment.nodes.apply();
        expect(await amiOfNodes()).toBe(newest);
        expect((await deployment.aws.inventory())['fastLaunchImages']).toEqual([newest]);
      },
      LIMIT_MS,
    );

    it(
      'changes the snapshot count of the same AMI without switching it off or rolling nodes',
      async () => {
        deployment.synthesize((yaml) =>
          yaml.replace('targetResourceCount: 5', 'targetResourceCount: 8'),
        );
        const since = deployment.aws.calls.length;
        await deployment.nodes.apply();
        const calls = deployment.aws.mutations(since).map(({ operation }) => operation);
        expect(calls).toEqual(['EnableFastLaunch']);
        expect(await deployment.nodes.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );
  },
);
