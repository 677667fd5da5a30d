import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'Fast Launch that cannot be switched on for a new AMI',
  () => {
    let deployment: ExampleDeployment;
    let firstAmi: unknown;
    let newAmi: unknown;

    const rebuild = async (version: string) => {
      deployment.synthesize((yaml) => yaml.replace('shop/web:1.4.2', `shop/web:${version}`));
      await deployment.image.apply();
      return (await deployment.image.outputs())['ami_id'];
    };

    beforeAll(async () => {
      deployment = await ExampleDeployment.start({ keepProvider: true });
      deployment.synthesize();
      await deployment.image.init();
      await deployment.nodes.init();
      firstAmi = await rebuild('1.4.2');
      await deployment.nodes.apply();
      newAmi = await rebuild('1.5.0');
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'ends the apply with the reason, and leaves the nodes and the old AMI as they are',
      async () => {
        const since = deployment.aws.calls.length;
        deployment.aws.failNextFastLaunch('quota of parallel launches reached');
        const { status, stdout, stderr } = await deployment.nodes.tryApply();
        expect(status).toBe(1);
        expect(stdout + stderr).toContain('enabling-failed: quota of parallel launches reached');
        const calls = deployment.aws.mutations(since).map(({ operation }) => operation);
        // The mark that keeps the new AMI from being retired is the only other change.
        expect(calls.sort()).toEqual(['CreateTags', 'EnableFastLaunch']);
        expect((await deployment.aws.inventory())['fastLaunchImages']).toContain(firstAmi);
      },
      LIMIT_MS,
    );

    it(
      'goes on with the next apply',
      async () => {
        await deployment.nodes.apply();
        expect((await deployment.aws.inventory())['fastLaunchImages']).toEqual([newAmi]);
        expect((await deployment.nodes.outputs())['ami_id']).toBe(newAmi);
        expect(await deployment.nodes.hasNoChanges()).toBe(true);
      },
      LIMIT_MS,
    );
  },
);
