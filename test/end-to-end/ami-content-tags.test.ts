import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;
const CONTENT_TAGS = /"cdktf-eks-windows-ami:(?:kubernetes-version|windows-build)": ?"[^"]*",?\s*/g;

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'an image whose AMIs did not say what they are',
  () => {
    let deployment: ExampleDeployment;

    /** The content tags of the AMI that a build has made. */
    const contentTags = async (): Promise<string[]> => {
      const { ami_id: ami } = await deployment.image.outputs();
      const found = await deployment.aws.client.query('ec2', 'DescribeTags', {
        'Filter.1.Name': 'resource-id',
        'Filter.1.Value.1': String(ami),
      });
      const text = JSON.stringify(found);
      return ['kubernetes-version', '1.35', 'windows-build', '10.0.20348'].filter((one) =>
        text.includes(one),
      );
    };

    beforeAll(async () => {
      deployment = await ExampleDeployment.start({ keepProvider: true });
      deployment.synthesize();
      const file = join(deployment.folder, 'out/stacks/example-windows-image/cdk.tf.json');
      const text = readFileSync(file, 'utf8').replace(CONTENT_TAGS, '');
      // The tag that was the last one before has no comma behind it any more.
      writeFileSync(file, JSON.stringify(JSON.parse(text.replace(/,(\s*\})/g, '$1'))));
      await deployment.image.init();
      await deployment.image.apply();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'is not built again, only the distribution changes',
      async () => {
        expect(await contentTags()).toEqual([]);
        const { ami_id: ami } = await deployment.image.outputs();
        deployment.synthesize();
        const changes = await deployment.image.plan();
        expect(changes.map(({ type, actions }) => `${type} ${actions.join('/')}`)).toEqual([
          'aws_imagebuilder_distribution_configuration update',
        ]);
        const since = deployment.aws.calls.length;
        await deployment.image.applyPlan();
        const calls = deployment.aws.mutations(since).map(({ operation }) => operation);
        expect(calls).toEqual(['UpdateDistributionConfiguration']);
        expect((await deployment.image.outputs())['ami_id']).toBe(ami);
      },
      LIMIT_MS,
    );

    it(
      'has AMIs that say it from the next build on, and nodes take them',
      async () => {
        deployment.synthesize((yaml) =>
          yaml.replace('rootVolumeGiB: 100', 'rebuild: again\n  rootVolumeGiB: 100'),
        );
        await deployment.image.apply();
        expect(await contentTags()).toEqual([
          'kubernetes-version',
          '1.35',
          'windows-build',
          '10.0.20348',
        ]);
        await deployment.nodes.init();
        expect((await deployment.nodes.tryPlan()).stderr).toBe('');
      },
      LIMIT_MS,
    );
  },
);
