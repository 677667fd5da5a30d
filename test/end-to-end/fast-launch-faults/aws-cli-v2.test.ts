import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findAwsCliV2 } from '../../../emulator/programs/aws-cli-v2';
import { describeWith } from '../../support/tools';
import { CHANGES } from './changes';
import { CASE_LIMIT_MS, checkFault } from './check-case';
import { FAILING_CALLS } from './failing-calls';
import { FAILING_STATES } from './failing-states';
import { FaultBench } from './fault-bench';
import { REFUSALS } from './refusals';

/**
 * Cases that stand on how the CLI tells an error: one of each kind. A call takes a second, so that the
 * apply after the fault is left to version 1.
 */
const NAMES = [
  'an AMI that does not exist',
  'no credentials',
  'an expired token',
  'no right to describe Fast Launch',
  'EnableFastLaunch is throttled once',
  'switching on is throttled for good',
  'AWS answers switching on with an internal error',
  'AWS answers a while of looks with a page of a proxy, status 502',
  'AWS refuses every connection',
  'the connection is reset for a while of looks',
  'it is switched on, but the answer is cut off',
  'AWS does not answer for a while of looks',
  'EC2 refuses to switch on: the quota is reached',
  'enabling-failed: the AMI was not made with Sysprep',
  'new settings that are not taken in place end with the AMI on again',
  'new settings that EC2 refuses for good end with those from before',
];

const ROWS = [...REFUSALS, ...FAILING_CALLS, ...FAILING_STATES, ...CHANGES].filter(({ name }) =>
  NAMES.includes(name),
);

describeWith(
  ['terraform', 'aws-cli-v2', 'moto_server'],
  'Fast Launch with version 2 of the AWS CLI',
  () => {
    let bench: FaultBench;

    beforeAll(async () => {
      const aws = findAwsCliV2();
      if ('missing' in aws) throw new Error(aws.missing);
      bench = await FaultBench.start(aws.path);
    });
    afterAll(() => bench.stop());

    it('has a row for each name', () => {
      expect(ROWS.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
    });

    it.each(ROWS)('$name', (row) => checkFault(bench, row), CASE_LIMIT_MS);
  },
);
