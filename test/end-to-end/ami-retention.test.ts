import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TerraformStack as CdktfStack, TerraformOutput } from 'cdktf';
import { childrenAt, textAt } from '../../emulator/front/xml-reading';
import { AmiRetention, type AmiRetentionProps } from '../../modules/ami-retention';
import { AmiInUse, amiInUseTagKey } from '../../modules/eks-windows-nodes/guards/ami-in-use';
import { BuiltAmi } from '../../modules/image-builder/image/built-ami';
import { describeWith } from '../support/tools';
import { ConstructDeployment, PARAMETER } from './construct-deployment';

const LIMIT_MS = 1_800_000;

const retention = (props: Partial<AmiRetentionProps>) => (stack: CdktfStack) => {
  new AmiRetention(stack, 'Retention', {
    imageName: 'win',
    targets: [{ region: 'us-east-1', amiParameterNames: [PARAMETER] }],
    ...props,
  });
};

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'AMIs that builds leave behind',
  () => {
    describe('with the newest one to keep', () => {
      let deployment: ConstructDeployment;
      let amis: string[];

      beforeAll(async () => {
        deployment = await ConstructDeployment.start();
        amis = [await deployment.build('first'), await deployment.build('second')];
        deployment.write(retention({ older: 'delete', keep: 2, amiId: amis[1] }));
        await deployment.stack.init();
        await deployment.stack.apply();
      }, LIMIT_MS);
      afterAll(() => deployment.stop(), LIMIT_MS);

      it('keeps those that there are while they are not more than asked for', () => {
        expect(deployment.said()).toEqual([
          `ami-retention: us-east-1 ${amis[1]}: kept, one of the newest 2`,
          `ami-retention: us-east-1 ${amis[0]}: kept, one of the newest 2`,
        ]);
      });

      it(
        'deletes the oldest with its snapshot when a third comes, but for one in use',
        async () => {
          const [first = '', second = ''] = amis;
          const third = await deployment.build('third');
          const tag = { 'Tag.1.Key': amiInUseTagKey('shop'), 'Tag.1.Value': 'true' };
          await deployment.aws.client.query('ec2', 'CreateTags', { 'ResourceId.1': first, ...tag });
          const foreign = deployment.aws.seedImage({ name: 'of another image' });
          deployment.write(retention({ older: 'delete', keep: 1, amiId: third }));
          const changes = await deployment.stack.plan();
          expect(changes.map(({ actions }) => actions.join('/'))).toEqual(['delete/create']);
          await deployment.stack.apply();
          const said = deployment.said();
          expect(said.slice(0, 3)).toEqual([
            `ami-retention: us-east-1 ${third}: kept, one of the newest 1`,
            `ami-retention: us-east-1 ${second}: deregistered`,
            `ami-retention: us-east-1 ${first}: kept, in use by shop`,
          ]);
          expect(said[3]).toMatch(/^ami-retention: us-east-1 snap-[0-9a-f]{17}: deleted$/);
          expect(await deployment.amis()).toEqual([first, third, foreign].sort());
          expect((await deployment.aws.inventory())['snapshots']).toHaveLength(3);
          expect(await deployment.stack.hasNoChanges()).toBe(true);
          amis = [first, third, foreign];
        },
        LIMIT_MS,
      );

      it(
        'tells at destroy what stays and how to remove it, and that removes it',
        async () => {
          deployment.said();
          await deployment.stack.destroy();
          const said = deployment.said();
          const [first, third, foreign = ''] = amis;
          expect(said.filter((line) => line.includes(' stays'))).toEqual([
            expect.stringContaining(`us-east-1 ${third} stays, with 30 GiB in snap-`),
            expect.stringMatching(new RegExp(`us-east-1 ${first} stays, .*; in use by shop$`)),
            `ami-retention: us-east-1 ${PARAMETER} stays, and names ${third}`,
          ]);
          expect(said.filter((line) => line.startsWith('aws '))).toEqual([
            `aws ec2 deregister-image --region us-east-1 --image-id ${third}`,
            expect.stringMatching(
              /^aws ec2 delete-snapshot --region us-east-1 --snapshot-id snap-/,
            ),
            `aws ssm delete-parameter --region us-east-1 --name ${PARAMETER}`,
          ]);
          expect(await deployment.amis()).toEqual([first, third, foreign].sort());
          expect(await deployment.sh(said.filter((line) => line.startsWith('aws ')))).toBe('');
          expect(await deployment.amis()).toEqual([first, foreign].sort());
          expect((await deployment.aws.inventory())['parameters']).toEqual([]);
        },
        LIMIT_MS,
      );
    });

    describe('with a destroy that deletes', () => {
      let deployment: ConstructDeployment;
      let amis: string[];
      const targets = [
        { region: 'us-east-1', amiParameterNames: [PARAMETER] },
        { region: 'eu-west-1', amiParameterNames: [PARAMETER] },
      ];

      beforeAll(async () => {
        deployment = await ConstructDeployment.start();
        amis = [await deployment.build('first'), await deployment.build('far', 'eu-west-1')];
        deployment.write(retention({ targets, onDestroy: 'keep' }));
        await deployment.stack.init();
        await deployment.stack.apply();
      }, LIMIT_MS);
      afterAll(() => deployment.stop(), LIMIT_MS);

      it(
        'changes the wish in place, and so runs nothing',
        async () => {
          for (const onDestroy of ['delete', 'keep', 'delete'] as const) {
            deployment.write(retention({ targets, onDestroy }));
            const changes = await deployment.stack.plan();
            expect(changes.map(({ actions }) => actions.join('/'))).toEqual(['update']);
            await deployment.stack.apply();
          }
          expect(deployment.said()).toEqual([]);
          expect(await deployment.amis()).toHaveLength(1);
        },
        LIMIT_MS,
      );

      it(
        'removes AMIs, snapshots and parameters of every Region, after Fast Launch is off',
        async () => {
          const [first = '', far = ''] = amis;
          await deployment.aws.client.query('ec2', 'EnableFastLaunch', { ImageId: first });
          const since = deployment.aws.calls.length;
          await deployment.stack.destroy();
          const ours = deployment.said().filter((line) => !line.includes('snap-'));
          expect(ours).toEqual([
            `ami-retention: us-east-1 ${first}: switching Fast Launch off first`,
            `ami-retention: us-east-1 ${first}: deregistered`,
            `ami-retention: us-east-1 ${PARAMETER}: deleted`,
            `ami-retention: eu-west-1 ${far}: deregistered`,
            `ami-retention: eu-west-1 ${PARAMETER}: deleted`,
          ]);
          const operations = deployment.aws.mutations(since).map(({ operation }) => operation);
          expect(operations.slice(0, 5)).toEqual([
            'DisableFastLaunch',
            'CreateTags',
            'DeregisterImage',
            'DeleteSnapshot',
            'DeleteParameter',
          ]);
          const inventory = await deployment.aws.inventory();
          const left = ['amis', 'snapshots', 'parameters', 'fastLaunchImages'].map((kind) => [
            inventory[kind],
            inventory[`eu-west-1/${kind}`] ?? [],
          ]);
          expect(left.flat(2)).toEqual([]);
        },
        LIMIT_MS,
      );
    });

    describe('in nodes that run one', () => {
      let deployment: ConstructDeployment;
      let amis: string[];

      const nodes = (version?: number) => (stack: CdktfStack) => {
        const { imageId } = new BuiltAmi(stack, 'Ami', { parameterName: PARAMETER, version });
        const { tagged } = new AmiInUse(stack, 'InUse', { amiId: imageId, name: 'shop' });
        new LaunchTemplate(stack, 'Nodes', { name: 'nodes', imageId, dependsOn: [tagged] });
        new TerraformOutput(stack, 'ami', { value: imageId });
      };

      const tagged = async (): Promise<string[]> => {
        const filter = { 'Filter.1.Name': 'tag-key', 'Filter.1.Value.1': amiInUseTagKey('shop') };
        const found = await deployment.aws.client.query('ec2', 'DescribeImages', filter);
        return childrenAt(found, 'imagesSet').map((image) => textAt(image, 'imageId'));
      };

      beforeAll(async () => {
        deployment = await ConstructDeployment.start();
        amis = [await deployment.build('first'), await deployment.build('second')];
        deployment.write(nodes());
        await deployment.stack.init();
        await deployment.stack.apply();
      }, LIMIT_MS);
      afterAll(() => deployment.stop(), LIMIT_MS);

      it(
        'runs the newest and tags it',
        async () => {
          expect(await deployment.stack.outputs()).toEqual({ ami: amis[1] });
          expect(await tagged()).toEqual([amis[1]]);
          expect(await deployment.stack.hasNoChanges()).toBe(true);
        },
        LIMIT_MS,
      );

      it(
        'goes back to an earlier one by its version, tags that before and untags the other after',
        async () => {
          deployment.write(nodes(1));
          const changes = await deployment.stack.plan();
          const template = changes.find(({ type }) => type === 'aws_launch_template');
          expect([template?.before?.['image_id'], template?.after?.['image_id']]).toEqual([
            amis[1],
            amis[0],
          ]);
          const since = deployment.aws.calls.length;
          await deployment.stack.apply();
          expect(deployment.aws.mutations(since).map(({ operation }) => operation)).toEqual([
            'CreateTags',
            'CreateLaunchTemplateVersion',
            'DeleteTags',
          ]);
          expect(await tagged()).toEqual([amis[0]]);
          expect(await deployment.stack.hasNoChanges()).toBe(true);
        },
        LIMIT_MS,
      );

      it(
        'stays there when a newer one is built',
        async () => {
          await deployment.build('third');
          expect(await deployment.stack.hasNoChanges()).toBe(true);
        },
        LIMIT_MS,
      );

      it(
        'fails at plan when there is no such version',
        async () => {
          deployment.write(nodes(9));
          const { status, stderr } = await deployment.stack.tryPlan();
          expect(status).toBe(1);
          expect(stderr).toContain(`reading SSM Parameter (${PARAMETER}:9)`);
        },
        LIMIT_MS,
      );

      it(
        'can be destroyed when the AMI is gone',
        async () => {
          deployment.write(nodes(1));
          const since = deployment.aws.calls.length;
          await deployment.aws.client.query('ec2', 'DeregisterImage', { ImageId: amis[0] ?? '' });
          await deployment.stack.destroy();
          const operations = deployment.aws.mutations(since).map(({ operation }) => operation);
          expect(operations).toEqual(['DeregisterImage', 'DeleteLaunchTemplate']);
        },
        LIMIT_MS,
      );
    });
  },
);
