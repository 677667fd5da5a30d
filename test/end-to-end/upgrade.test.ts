import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { repositoryText } from '../support/repository';
import { describeWith } from '../support/tools';
import { KEPT_KINDS, KNOWN_CHANGES } from '../upgrade/known-changes';
import { changeProblems, leftBehind } from '../upgrade/upgrade-problems';
import { UpgradeDeployment } from './upgrade-deployment';

const LIMIT_MS = 600_000;
const IMAGE = 'example-windows-image';
const NODES = 'example-windows-nodes';

/**
 * The order in which stacks are upgraded. A new AMI reaches nodes that were upgraded before their
 * image with the apply after it.
 */
const UPGRADES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['the example, its image before its nodes', [IMAGE, NODES], [IMAGE, NODES]],
  ['the example, its nodes before its image', [IMAGE, NODES], [NODES, IMAGE, NODES]],
  ['all parts in one stack', ['full'], ['full']],
];

for (const [version, known] of Object.entries(KNOWN_CHANGES)) {
  for (const [name, stacks, order] of UPGRADES) {
    describeWith(
      ['terraform', 'provider-mirror', 'aws', 'moto_server'],
      `an upgrade from ${version}: ${name}`,
      () => {
        let deployment: UpgradeDeployment;

        beforeAll(async () => {
          deployment = await UpgradeDeployment.start(version, stacks);
          await deployment.deployFormer();
        }, LIMIT_MS);
        afterAll(() => deployment.stop(), LIMIT_MS);

        it(
          'plans what is known, and nothing else',
          async () => {
            const steps = await deployment.upgrade(order);
            const problems = stacks.flatMap((stack) => {
              const planned = steps.filter((step) => step.stack === stack);
              return changeProblems(
                planned.flatMap((step) => step.planned),
                known[stack] ?? [],
                repositoryText('CHANGELOG.md'),
              );
            });
            expect(problems).toEqual([]);
          },
          LIMIT_MS,
        );

        it(
          'has nothing to do afterwards',
          async () => expect(await deployment.unfinished()).toEqual([]),
          LIMIT_MS,
        );

        it(
          'leaves nothing in AWS that a destroy does not find',
          async () => {
            const after = await deployment.destroy();
            expect(leftBehind(deployment.untouched, after, KEPT_KINDS)).toEqual([]);
          },
          LIMIT_MS,
        );
      },
    );
  }
}
