import { expect } from '@jest/globals';
import type { FaultBench } from './fault-bench';
import type { FaultCase, Outcome } from './fault-case';

/** A case takes a second or two, and far more on a machine that is busy. */
export const CASE_LIMIT_MS = 1_800_000;

/** Runs a case and compares all that it comes to. */
export async function checkCase(bench: FaultBench, row: FaultCase): Promise<void> {
  const { outcome, next, planIsEmpty } = await bench.run(row);
  expect(outcome).toEqual(expected(row.comesTo));
  expect(next).toEqual(expected({ exit: 0, ...row.thenComesTo }));
  expect(planIsEmpty).toBe(true);
}

/** The same, without the apply after the fault. */
export async function checkFault(bench: FaultBench, row: FaultCase): Promise<void> {
  expect(await bench.runFault(row)).toEqual(expected(row.comesTo));
}

/** Lines may come between those that are told; changes and states are complete. */
function expected({ exit, state, says = [], changes }: Outcome): unknown {
  return {
    exit,
    state,
    says: expect.arrayContaining([...says]),
    changes: changes ?? expect.anything(),
  };
}
