import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WindowsImage } from '../../modules';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'an image with another name',
  () => {
    let deployment: ConstructDeployment;
    let baseImage: string;

    const write = (name: string): void =>
      deployment.write((stack) => {
        new WindowsImage(stack, 'Image', {
          name,
          region: 'us-east-1',
          baseImage,
          cachedImages: ['mcr.microsoft.com/windows/servercore:ltsc2022'],
          schedule: { cron: 'cron(0 6 ? * SUN *)' },
          notifications: { emails: ['platform@example.com'] },
          retention: { older: 'delete' },
        });
      });

    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
      baseImage = deployment.aws.seedImage({ name: 'base', platform: 'windows' });
      write('first-name');
      await deployment.stack.init();
      await deployment.stack.apply();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'is made anew as a whole, and nothing of the old name stays but its AMI',
      async () => {
        write('second-name');
        await deployment.stack.apply();
        expect(await deployment.stack.hasNoChanges()).toBe(true);
        const inventory = Object.entries(await deployment.aws.inventory());
        const old = inventory.flatMap(([kind, names]) =>
          names.some((name) => name.includes('first-name')) ? [kind] : [],
        );
        // The parameter that handed over the AMI of the old name.
        expect(old).toEqual(['parameters']);
      },
      LIMIT_MS,
    );
  },
);
