import { afterAll, beforeAll, it } from '@jest/globals';
import { describeWith } from '../../support/tools';
import { CHANGES } from './changes';
import { CASE_LIMIT_MS, checkCase } from './check-case';
import { DESTROYS } from './destroys';
import { FaultBench } from './fault-bench';
import { INTERRUPTIONS } from './interruptions';
import { REFUSALS } from './refusals';

describeWith(['terraform', 'aws', 'moto_server'], 'Fast Launch, whatever is asked of it', () => {
  let bench: FaultBench;

  beforeAll(async () => {
    bench = await FaultBench.start();
  });
  afterAll(() => bench.stop());

  it.each(REFUSALS)('refuses: $name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
  it.each(CHANGES)('$name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
  it.each(DESTROYS)('$name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
  it.each(INTERRUPTIONS)('$name', (row) => checkCase(bench, row), CASE_LIMIT_MS);
});
