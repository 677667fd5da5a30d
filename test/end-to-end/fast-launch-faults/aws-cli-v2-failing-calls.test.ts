import { FAILING_CALLS } from './failing-calls';
import { describeFaultsWithCliV2 } from './fault-suite';

describeFaultsWithCliV2(
  'Fast Launch whose calls fail, with version 2 of the AWS CLI',
  FAILING_CALLS,
  [
    ['EnableFastLaunch is throttled once', 'all'],
    ['switching on is throttled for good', 'enable-fast-launch'],
    ['AWS answers switching on with an internal error', 'enable-fast-launch'],
    [
      'AWS answers a while of looks with a page of a proxy, status 502',
      'describe-fast-launch-images',
    ],
    ['AWS refuses every connection', 'all'],
    ['the connection is reset for a while of looks', 'describe-fast-launch-images'],
    ['it is switched on, but the answer is cut off', 'enable-fast-launch'],
    ['AWS does not answer for a while of looks', 'describe-fast-launch-images'],
  ],
);
