import { CHANGES } from './changes';
import { FAILING_STATES } from './failing-states';
import { describeFaultsWithCliV2 } from './fault-suite';
import { REFUSALS } from './refusals';

describeFaultsWithCliV2(
  'Fast Launch that is refused, with version 2 of the AWS CLI',
  [...REFUSALS, ...FAILING_STATES, ...CHANGES],
  [
    ['an AMI that does not exist', 'describe-images'],
    ['no credentials', 'get-caller-identity'],
    ['an expired token', 'get-caller-identity'],
    ['no right to describe Fast Launch', 'describe-fast-launch-images'],
    ['EC2 refuses to switch on: the quota is reached', 'enable-fast-launch'],
    ['enabling-failed: the AMI was not made with Sysprep', 'all'],
    ['new settings that are not taken in place end with the AMI on again', 'enable-fast-launch'],
    ['new settings that EC2 refuses for good end with those from before', 'enable-fast-launch'],
  ],
);
