import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findAwsCliV2 } from '../../../emulator/programs/aws-cli-v2';
import { describeWith } from '../../support/tools';
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

/**
 * Declares the cases with these names, with version 2 of the AWS CLI: those that stand on how the CLI
 * tells an error, one of each kind. A call takes a second, so that the apply after the fault is left to
 * version 1.
 */
export function describeFaultsWithCliV2(
  name: string,
  rows: readonly FaultCase[],
  names: readonly string[],
): void {
  const chosen = rows.filter((row) => names.includes(row.name));
  describeWith(['terraform', 'aws-cli-v2', 'moto_server'], name, () => {
    let bench: FaultBench;
    beforeAll(async () => {
      const aws = findAwsCliV2();
      if ('missing' in aws) throw new Error(aws.missing);
      bench = await FaultBench.start(aws.path);
    });
    afterAll(() => bench.stop());

    it('has a row for each name', () => {
      expect(chosen.map((row) => row.name).sort()).toEqual([...names].sort());
    });

    it.each(chosen)('$name', (row) => checkFault(bench, row), CASE_LIMIT_MS);
  });
}
