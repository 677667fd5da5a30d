import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'the life of the example environment, in short',
  () => {
    let deployment: ExampleDeployment;
    beforeAll(async () => {
      deployment = await ExampleDeployment.start({ keepProvider: true });
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'is applied, planned without a change, rolled to a new AMI and destroyed',
      async () => {
        const { image, nodes, aws } = deployment;
        deployment.synthesize();
        for (const stack of [image, nodes]) {
          await stack.init();
          await stack.apply();
          expect(await stack.hasNoChanges()).toBe(true);
        }
        const { ami_id: first } = await nodes.outputs();

        deployment.synthesize((yaml) => yaml.replace('shop/web:1.4.2', 'shop/web:1.5.0'));
        await image.apply();
        const { ami_id: second } = await image.outputs();
        expect(second).not.toBe(first);
        const since = aws.calls.length;
        await nodes.apply();
        const calls = aws.mutations(since).map(({ operation }) => operation);
        expect(calls.filter((call) => !call.endsWith('Tags'))).toEqual([
          'EnableFastLaunch',
          'CreateLaunchTemplateVersion',
          'ModifyLaunchTemplate',
          'UpdateAutoScalingGroup',
          'StartInstanceRefresh',
          'DisableFastLaunch',
        ]);
        const rolled = await aws.inventory();
        expect(rolled['fastLaunchImages']).toEqual([second]);

        await nodes.destroy();
        await image.destroy();
        const left = await aws.inventory();
        expect([left['autoScalingGroups'], left['imagePipelines']]).toEqual([[], []]);
        expect(left['fastLaunchImages']).toEqual([]);
      },
      LIMIT_MS,
    );
  },
);
