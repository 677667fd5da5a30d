import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runProgram } from '../../emulator/programs/run-program';
import { findTool } from '../../emulator/programs/tools';
import { TerraformStack } from '../../emulator/terraform/terraform-stack';
import { ExampleDeployment } from '../support/example-deployment';
import { describeWith } from '../support/tools';

const LIMIT_MS = 1_800_000;
const IMAGE = 'example-windows-image';
const NODES = 'example-windows-nodes';

/** The id of what is looked up in a list: another one in each plan, made of places in memory. */
const HASH = /"id":"\d{1,10}"/g;

interface Plan {
  readonly timestamp: string;
  readonly relevant_attributes?: readonly unknown[];
}

describeWith(
  ['terraform', 'provider-mirror', 'aws', 'moto_server'],
  'a plan with a kept provider and one as users make it',
  () => {
    let deployment: ExampleDeployment;

    beforeAll(async () => {
      deployment = await ExampleDeployment.start({ keepProvider: true });
      deployment.synthesize();
      await deployment.image.init();
      await deployment.image.apply();
      for (const name of [IMAGE, NODES]) await plain(name).init();
    }, LIMIT_MS);
    afterAll(() => deployment.stop(), LIMIT_MS);

    const folder = (name: string): string => join(deployment.folder, 'out/stacks', name);
    const terraform = (): string => {
      const tool = findTool('terraform');
      if ('missing' in tool) throw new Error(tool.missing);
      return tool.path;
    };
    /** The same stack, for which Terraform starts its own provider each time. */
    const plain = (name: string): TerraformStack =>
      new TerraformStack(folder(name), {
        terraform: terraform(),
        env: deployment.terraformEnvironment,
      });

    /** All that Terraform tells about the plan that was made last, but for when. */
    const lastPlan = async (name: string): Promise<object> => {
      const args = ['show', '-json', 'plan.tfplan'];
      const env = deployment.terraformEnvironment;
      const { stdout } = await runProgram(terraform(), args, { cwd: folder(name), env });
      const text = stdout.replaceAll(HASH, '"id":"a hash"');
      const { timestamp, relevant_attributes: read, ...rest } = JSON.parse(text) as Plan;
      expect(timestamp).toMatch(/^\d{4}-/);
      // Terraform tells these in any order.
      return { ...rest, read: read?.map((one) => JSON.stringify(one)).sort() };
    };

    it.each([
      [
        'of changes',
        IMAGE,
        (yaml: string) => yaml.replace('rootVolumeGiB: 100', 'rootVolumeGiB: 120'),
      ],
      ['of a first apply', NODES, (yaml: string) => yaml],
    ])(
      'are the same to the last value: %s',
      async (_what, name, edit) => {
        deployment.synthesize(edit);
        const stack = name === IMAGE ? deployment.image : deployment.nodes;
        const kept = await stack.plan();
        const withKept = await lastPlan(name);
        const own = await plain(name).plan();
        expect(own.length).toBeGreaterThan(2);
        expect(kept).toEqual(own);
        expect(withKept).toEqual(await lastPlan(name));
      },
      LIMIT_MS,
    );
  },
);
