import { FAILING_CALLS } from './failing-calls';
import { describeFaultsWithCliV2 } from './fault-suite';

describeFaultsWithCliV2(
  'Fast Launch whose calls fail, with version 2 of the AWS CLI',
  FAILING_CALLS,
  [
    'EnableFastLaunch is throttled once',
    'switching on is throttled for good',
    'AWS answers switching on with an internal error',
    'AWS answers a while of looks with a page of a proxy, status 502',
    'AWS refuses every connection',
    'the connection is reset for a while of looks',
    'it is switched on, but the answer is cut off',
    'AWS does not answer for a while of looks',
  ],
);
