import { afterAll, beforeAll, it } from '@jest/globals';
import { describeWith } from '../../support/tools';
import { CASE_LIMIT_MS, checkCase } from './check-case';
import { FAILING_CALLS } from './failing-calls';
import { FAILING_STATES } from './failing-states';
import { FaultBench } from './fault-bench';

describeWith(
  ['terraform', 'aws', 'moto_server'],
  'Fast Launch, when AWS does not do as asked',
  () => {
    let bench: FaultBench;

    beforeAll(async () => {
      bench = await FaultBench.start();
    });
    afterAll(() => bench.stop());

    it.each(FAILING_CALLS)('$name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
    it.each(FAILING_STATES)('$name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
  },
);
