import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FastLaunch, type FastLaunchProps } from '../../modules/fast-launch';
import { describeWith } from '../support/tools';
import { ConstructDeployment } from './construct-deployment';

const LIMIT_MS = 1_800_000;

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'Fast Launch that somebody switches off by hand, and then for good',
  () => {
    let deployment: ConstructDeployment;
    let amiId: string;

    const write = (props: Partial<FastLaunchProps> = {}): void => {
      deployment.write((stack) => {
        const all = { name: 'windows-fast-launch', region: 'us-east-1', amiId, ...props };
        new FastLaunch(stack, 'FastLaunch', all);
      });
    };
    const enabled = async () => (await deployment.aws.inventory())['fastLaunchImages'];
    const planned = async (): Promise<string> => {
      const { status, stdout, stderr } = await deployment.stack.tryPlan();
      expect(status).toBe(0);
      return `${stdout}${stderr}`.replaceAll(/\s+/g, ' ');
    };
    const WARNING = `EC2 has no snapshot prepared for`;

    beforeAll(async () => {
      deployment = await ConstructDeployment.start();
      amiId = deployment.aws.seedImage({ name: 'windows' });
      write();
      await deployment.stack.init();
      await deployment.stack.apply();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    it(
      'plans nothing and warns of nothing while it is on',
      async () => {
        expect(await deployment.stack.plan()).toEqual([]);
        expect(await planned()).not.toContain(WARNING);
      },
      LIMIT_MS,
    );

    it(
      'warns in a plan when it is off, and says how to switch it on again',
      async () => {
        const look = `aws ec2 describe-fast-launch-images --image-ids ${amiId}`;
        const failure = await deployment.sh([
          `aws ec2 disable-fast-launch --image-id ${amiId} --force`,
          look,
          look,
        ]);
        expect(failure).toBe('');
        const text = await planned();
        expect(text).toContain(`${WARNING} ${amiId}`);
        expect(text).toContain(
          'To switch it on again: terraform apply -replace=terraform_data.FastLaunch_Enable_9088F762.',
        );
        expect(await deployment.stack.plan()).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'is on again after that',
      async () => {
        await deployment.stack.applyReplacing('terraform_data.FastLaunch_Enable_9088F762');
        expect(await enabled()).toEqual([amiId]);
        expect(await planned()).not.toContain(WARNING);
      },
      LIMIT_MS,
    );

    it(
      'is off for every AMI with enabled: false, and can then leave the configuration',
      async () => {
        write({ enabled: false });
        await deployment.stack.apply();
        expect(await enabled()).toEqual([]);
        expect(await deployment.stack.plan()).toEqual([]);
        deployment.write(() => undefined);
        await deployment.stack.apply();
        expect((await deployment.aws.inventory())['launchTemplates']).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'is left on by a destroy with onDestroy: leave',
      async () => {
        write({ onDestroy: 'leave', waitForEnabled: false });
        await deployment.stack.apply();
        await deployment.stack.destroy();
        expect(await enabled()).toEqual([amiId]);
      },
      LIMIT_MS,
    );
  },
);
