import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FastLaunch } from '../../modules/fast-launch';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;
const NEW_REGION = 'eu-west-1';

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'Fast Launch that moves to another Region',
  () => {
    let deployment: ConstructDeployment;

    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    const write = (amiId: string, region: string): void => {
      deployment.write((stack) => {
        new FastLaunch(stack, 'FastLaunch', { name: 'windows-fast-launch', region, amiId });
      }, region);
    };
    const enabled = async () => {
      const inventory = await deployment.aws.inventory();
      return [inventory['fastLaunchImages'], inventory[`${NEW_REGION}/fastLaunchImages`] ?? []];
    };

    it(
      'goes off in the old one and on in the new one',
      async () => {
        const [old, moved] = ['us-east-1', NEW_REGION].map((region) =>
          deployment.aws.seedImage({ name: 'windows', region }),
        ) as [string, string];
        write(old, 'us-east-1');
        await deployment.stack.init();
        await deployment.stack.apply();
        expect(await enabled()).toEqual([[old], []]);
        write(moved, NEW_REGION);
        await deployment.stack.apply();
        expect(await enabled()).toEqual([[], [moved]]);
        expect(await deployment.stack.plan()).toEqual([]);
        await deployment.stack.destroy();
        expect(await enabled()).toEqual([[], []]);
      },
      LIMIT_MS,
    );
  },
);
