import type { FastLaunchFailure } from '../../../emulator/ec2/fast-launch';
import { ALL_ON_A, ALL_ON_B, type FaultCase, ON } from './fault-case';

const NOT_ON = 'fast-launch: B: Fast Launch could not be switched on';

/** States that EC2 ends in after it has begun: state, reason, fix. */
const FAILURES: readonly (readonly [string, FastLaunchFailure['state'], string, string])[] = [
  [
    'the AMI was not made with Sysprep',
    'enabling-failed',
    'Unable to stop instance ID=i-0123456789abcdef0 for snapshot creation.',
    'make the AMI with Sysprep and shutdown, as EC2 Image Builder does, not from a running instance',
  ],
  [
    'the credentials lack the policy for a template of EC2s own',
    'enabling-failed',
    "Can't enable EC2 Fast Launch. The IAM credentials you used do not have sufficient permissions. Attach EC2FastLaunchFullAccess",
    'attach the policy EC2FastLaunchFullAccess to the credentials that Terraform runs with',
  ],
  [
    'the launch template tags network interfaces',
    'enabled-failed',
    'You are not authorized to perform ec2:CreateTags on network-interface',
    'remove the tags on network interfaces from the launch template',
  ],
  [
    'EC2 may make no more VPCs',
    'enabling-failed',
    'The VPC limit was reached.',
    'give a subnet, so that EC2 need not make a VPC',
  ],
  [
    'the dry run failed',
    'enabling-failed',
    'Run instances dry run failed',
    'allow ec2:RunInstances on the AMI and on the launch template, and iam:PassRole, to the credentials that Terraform runs with',
  ],
  [
    'the quota of parallel launches is reached',
    'enabling-failed',
    'The quota of parallel launches was reached',
    'a Region has 40 parallel launches for all AMIs together: switch Fast Launch off for an AMI, lower maxParallelLaunches, or raise the quota',
  ],
  [
    'the key may not be used',
    'enabling-failed',
    'Client.InternalError: Client error on launch',
    'grant the service-linked role AWSServiceRoleForEC2FastLaunch the use of the KMS key of the AMI',
  ],
  [
    'the subnet has no free addresses',
    'enabling-failed',
    'InsufficientFreeAddressesInSubnet',
    'give a subnet with more free addresses',
  ],
  [
    'there is no capacity',
    'enabling-failed',
    'InsufficientInstanceCapacity',
    'give another instance type, or a subnet in another Availability Zone',
  ],
  [
    'the reason is unknown',
    'enabling-failed',
    'Something else',
    'see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-troubleshoot.html',
  ],
];

const failures = FAILURES.map(
  ([name, state, reason, fix]): FaultCase => ({
    name: `${state}: ${name}`,
    applied: true,
    run: { wanted: { ami: 'B' }, failures: [{ state, reason }] },
    comesTo: {
      exit: 1,
      state: { ...ALL_ON_A, B: `${state} ours 1 5` },
      says: [`fast-launch: B: ${state}: ${reason}`, `fast-launch: fix: ${fix}`],
      changes: ['EnableFastLaunch B'],
    },
    thenComesTo: { state: ALL_ON_B },
  }),
);

/** Errors of the call itself: code, message, fix. */
const REFUSALS: readonly (readonly [string, number, string, string, string])[] = [
  [
    'the quota is reached',
    400,
    'ResourceLimitExceeded',
    'The request for 6 parallel launches exceeds the quota of 40',
    'a Region has 40 parallel launches for all AMIs together: switch Fast Launch off for an AMI, lower maxParallelLaunches, or raise the quota',
  ],
  [
    'there is no right to switch on',
    403,
    'UnauthorizedOperation',
    'You are not authorized to perform this operation.',
    'allow ec2:RunInstances on the AMI and on the launch template, and iam:PassRole, to the credentials that Terraform runs with',
  ],
  [
    'the dry run fails',
    400,
    'InvalidRequest',
    'Run instances dry run failed',
    'allow ec2:RunInstances on the AMI and on the launch template, and iam:PassRole, to the credentials that Terraform runs with',
  ],
  [
    'EC2 may make no more VPCs',
    400,
    'VpcLimitExceeded',
    'The maximum number of VPCs has been reached.',
    'give a subnet, so that EC2 need not make a VPC',
  ],
  [
    'the launch template has what EC2 refuses and nobody knew',
    400,
    'InvalidParameterValue',
    'The launch template has hibernation, which is not supported',
    'take out of the launch template what EC2 Fast Launch refuses: user data, termination protection, disabled metadata, Spot, shutdown that terminates, tags on network interfaces',
  ],
  [
    'the token expires just then',
    400,
    'RequestExpired',
    'Request has expired.',
    'give the machine that runs Terraform credentials that last longer than the apply',
  ],
];

const refusals = REFUSALS.map(
  ([name, status, code, message, fix]): FaultCase => ({
    name: `EC2 refuses to switch on: ${name}`,
    applied: true,
    run: {
      wanted: { ami: 'B' },
      faults: [{ operation: 'EnableFastLaunch', status, code, message }],
    },
    comesTo: {
      exit: 1,
      state: ALL_ON_A,
      says: [`fast-launch: fix: ${fix}`, NOT_ON],
      changes: [`EnableFastLaunch B ${status}`],
    },
    thenComesTo: { state: ALL_ON_B },
  }),
);

/** What is found at the first apply, by our launch template: what an earlier one has left. */
const found = [
  'enabling',
  'enabling-failed',
  'enabled-failed',
  'disabling',
  'disabling-failed',
].map(
  (state): FaultCase => ({
    name: `an AMI that was left ${state} is taken from there`,
    run: { byHand: { fastLaunch: { A: { state, snapshots: 9, reason: 'something' } } } },
    comesTo: { exit: 0, state: ALL_ON_A, changes: ['EnableFastLaunch A', 'CreateTags A'] },
    thenComesTo: { state: ALL_ON_A, changes: [] },
  }),
);

const offFailures: readonly FaultCase[] = [
  {
    name: 'disabling-failed: the old AMI cannot be switched off',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      failures: [{ state: 'disabling-failed', reason: 'snapshot in use' }],
    },
    comesTo: {
      exit: 1,
      state: { A: 'disabling-failed ours 1 5', ...ALL_ON_B },
      says: [
        'fast-launch: A: switching off failed: snapshot in use',
        'fast-launch: Fast Launch is still on for: A; apply again, or: aws ec2 disable-fast-launch --force --image-id ID',
      ],
    },
    thenComesTo: { state: ALL_ON_B, changes: ['DisableFastLaunch A'] },
  },
  {
    name: 'no right to switch the old AMI off',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      faults: [
        {
          operation: 'DisableFastLaunch',
          status: 403,
          code: 'UnauthorizedOperation',
          message: 'You are not authorized to perform this operation.',
        },
      ],
    },
    comesTo: { exit: 1, state: { A: ON, ...ALL_ON_B } },
    thenComesTo: { state: ALL_ON_B, changes: ['DisableFastLaunch A'] },
  },
];

const waiting: readonly FaultCase[] = [
  {
    name: 'the time is up before it is on',
    applied: true,
    rules: { describesPerTransition: 1000 },
    run: {
      wanted: { ami: 'B' },
      meanwhile: {
        operation: 'DescribeFastLaunchImages',
        after: 'EnableFastLaunch',
        at: 'arrival',
        timeIsUp: true,
      },
    },
    comesTo: {
      exit: 1,
      state: { ...ALL_ON_A, B: 'enabling ours 1 5' },
      says: ['fast-launch: B is still enabling after Ns; run the apply again to go on waiting'],
      changes: ['EnableFastLaunch B'],
    },
    next: {
      rules: {},
      byHand: { fastLaunch: { B: { state: 'enabling' } } },
    },
    thenComesTo: {
      state: ALL_ON_B,
      says: ['fast-launch: B: already as wanted (enabling)'],
      changes: ['CreateTags B', 'DisableFastLaunch A'],
    },
  },
  {
    name: 'the time is up before the old AMI is off',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      meanwhile: {
        operation: 'DisableFastLaunch',
        at: 'arrival',
        rules: { describesPerTransition: 1000 },
        timeIsUp: true,
      },
    },
    comesTo: {
      exit: 1,
      state: { A: 'disabling ours 1 5', ...ALL_ON_B },
      says: ['fast-launch: A is still disabling after Ns; run the apply again to go on waiting'],
    },
    next: {
      rules: {},
      byHand: { fastLaunch: { A: { state: 'disabling' } } },
    },
    thenComesTo: { state: ALL_ON_B, changes: [] },
  },
  {
    name: 'an apply that is told not to wait ends when EC2 has begun',
    applied: true,
    run: { wanted: { ami: 'B' }, env: { WAIT_FOR_ENABLED: 'false' } },
    comesTo: {
      exit: 0,
      state: ALL_ON_B,
      changes: ['EnableFastLaunch B', 'CreateTags B', 'DisableFastLaunch A'],
    },
    next: {},
    thenComesTo: { state: ALL_ON_B, changes: [] },
  },
];

/** What EC2 refuses, and states that it ends in. */
export const FAILING_STATES: readonly FaultCase[] = [
  ...failures,
  ...refusals,
  ...found,
  ...offFailures,
  ...waiting,
];
