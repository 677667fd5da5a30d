import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Inventory } from '../../emulator/inventory';
import { ExampleDeployment } from '../support/example-deployment';
import { oneLine } from '../support/one-line';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;
const PARAMETER = '/imagebuilder/example-windows/ami-id';

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'nodes whose AMI is taken away',
  () => {
    let deployment: ExampleDeployment;
    let untouched: Inventory;
    let ami: string;

    beforeAll(async () => {
      deployment = await ExampleDeployment.start({ keepProvider: true });
      untouched = await deployment.aws.inventory();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);
    beforeEach(async () => {
      ami = deployment.aws.seedImage({ name: 'example-windows', platform: 'windows' });
      await handOver(ami);
      deployment.synthesize();
      await deployment.nodes.init();
      await deployment.nodes.apply();
    }, LIMIT_MS);

    /** Writes the parameter as a build does. */
    const handOver = (Value: string) => {
      const parameter = { Name: PARAMETER, Value, Type: 'String' };
      return deployment.aws.client.json('ssm', 'PutParameter', parameter);
    };
    const deregister = () =>
      deployment.aws.client.query('ec2', 'DeregisterImage', {
        ImageId: ami,
        DeleteAssociatedSnapshots: true,
      });
    const deleteParameter = () =>
      deployment.aws.client.json('ssm', 'DeleteParameter', { Name: PARAMETER });

    it(
      'stop a plan with one message, and are destroyed without a trace',
      async () => {
        await deregister();
        const { status, stderr } = await deployment.nodes.tryPlan();
        expect(status).toBe(1);
        expect(stderr.match(/Error: /g)).toHaveLength(1);
        expect(oneLine(stderr)).toContain(
          `${ami} is not among the AMIs of self, amazon, aws-marketplace: it is deregistered or disabled, or belongs to someone else. Build a new AMI, name another in nodes.ami, or name the owner there: { imageId: ${ami}, owner: "111122223333" }.`,
        );

        await deployment.nodes.destroy();
        await deleteParameter();
        expect(await deployment.aws.inventory()).toEqual(untouched);
      },
      LIMIT_MS,
    );

    it(
      'are destroyed without their parameter when Terraform does not refresh',
      async () => {
        await deleteParameter();
        const { status, stderr } = await deployment.nodes.tryDestroy();
        expect([status, oneLine(stderr)]).toEqual([
          1,
          expect.stringContaining(`reading SSM Parameter (${PARAMETER})`),
        ]);
        expect((await deployment.nodes.tryDestroy('-refresh=false')).status).toBe(0);
        await deregister();
        expect(await deployment.aws.inventory()).toEqual(untouched);
      },
      LIMIT_MS,
    );

    it(
      'are destroyed without AMI and parameter once the parameter is put back',
      async () => {
        await deregister();
        await deleteParameter();
        const unrefreshed = await deployment.nodes.tryDestroy('-refresh=false');
        expect([unrefreshed.status, oneLine(unrefreshed.stderr)]).toEqual([
          1,
          expect.stringContaining('InvalidAMIID.NotFound'),
        ]);

        await handOver(ami);
        await deployment.nodes.destroy();
        await deleteParameter();
        expect(await deployment.aws.inventory()).toEqual(untouched);
      },
      LIMIT_MS,
    );

    it(
      'can be planned again with another AMI',
      async () => {
        await deregister();
        const other = deployment.aws.seedImage({ name: 'other-windows', platform: 'windows' });
        deployment.synthesize((yaml) => yaml.replace('ami: built', `ami: { imageId: ${other} }`));
        await deployment.nodes.apply();
        expect(await deployment.nodes.hasNoChanges()).toBe(true);
        expect((await deployment.nodes.outputs())['ami_id']).toBe(other);
      },
      LIMIT_MS,
    );
  },
);
