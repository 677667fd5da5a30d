import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findAwsCliV2 } from '../../../emulator/programs/aws-cli-v2';
import { findTool } from '../../../emulator/programs/tools';
import { describeWith } from '../../support/tools';
import { warmAwsCli } from '../../support/warm-programs';
import { type AwsCliOfBothVersions, writeAwsCliOfBothVersions } from './aws-cli-of-both-versions';
import { CASE_LIMIT_MS, checkCase, checkFault } from './check-case';
import { FaultBench } from './fault-bench';
import type { FaultCase } from './fault-case';

/** Declares a group of cases, one after the other in one emulated AWS. */
export function describeFaults(name: string, rows: readonly FaultCase[]): void {
  describeWith(['terraform', 'aws', 'moto_server'], name, () => {
    let bench: FaultBench;
    beforeAll(async () => {
      bench = await FaultBench.start();
    });
    afterAll(() => bench.stop());

    it.each(rows)('$name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
  });
}

/** A case, and the command of the AWS CLI whose errors it stands on; `all` for every command. */
export type CaseWithCliV2 = readonly [name: string, command: string];

/**
 * Declares the cases with these names, with version 2 of the AWS CLI where the CLI tells an error, one
 * of each kind. A call of version 2 takes a second, so that the other calls are left to version 1.
 */
export function describeFaultsWithCliV2(
  name: string,
  rows: readonly FaultCase[],
  cases: readonly CaseWithCliV2[],
): void {
  const chosen = cases.flatMap(([of, command]) => {
    return rows.filter((row) => row.name === of).map((row) => ({ ...row, cliV2: command }));
  });
  describeWith(['terraform', 'aws', 'aws-cli-v2', 'moto_server'], name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'aws-cli-v2-'));
    let bench: FaultBench;
    let cli: AwsCliOfBothVersions;
    beforeAll(async () => {
      const [one, two] = [findTool('aws'), findAwsCliV2()];
      if ('missing' in one) throw new Error(one.missing);
      if ('missing' in two) throw new Error(two.missing);
      cli = writeAwsCliOfBothVersions(folder, warmAwsCli().awsCli ?? one.path, two.path);
      bench = await FaultBench.start(cli.path);
    });
    afterAll(async () => {
      await bench.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('has a row for each name', () => {
      expect(chosen.map((row) => row.name)).toEqual(cases.map(([of]) => of));
    });

    it.each(chosen)(
      '$name',
      async (row) => {
        cli.commandsOfV2();
        await checkFault(bench, row);
        expect(cli.commandsOfV2()).toContain(
          row.cliV2 === 'all' ? 'get-caller-identity' : row.cliV2,
        );
      },
      CASE_LIMIT_MS,
    );
  });
}
