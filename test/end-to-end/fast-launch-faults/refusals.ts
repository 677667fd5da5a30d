import { ALL_ON_A, ALL_ON_B, type FaultCase, ON } from './fault-case';

const NOTHING = 'fast-launch: nothing was changed';

/** A change over to B that is refused before anything is changed, and then goes to `next`. */
function refusal(
  name: string,
  run: FaultCase['run'],
  says: readonly string[],
  more: Partial<FaultCase> = {},
): FaultCase {
  return {
    name,
    applied: true,
    run: { wanted: { ami: 'B' }, ...run },
    comesTo: { exit: 1, state: ALL_ON_A, says, changes: [] },
    thenComesTo: { state: ALL_ON_B },
    ...more,
  };
}

/** Back to the AMI from before, which is on all the time. */
const BACK_TO_A = {
  next: { wanted: { ami: 'A' } },
  thenComesTo: { state: ALL_ON_A, changes: ['CreateTags A'] },
} as const;

const wrongAmis: readonly FaultCase[] = [
  refusal(
    "an AMI of Amazon's",
    { byHand: { amis: { B: { ownerId: '801119661308', ownerAlias: 'amazon' } } } },
    [
      'fast-launch: B belongs to Amazon, and Fast Launch works for AMIs of your own only; build one from it, or leave Fast Launch out',
      NOTHING,
    ],
    BACK_TO_A,
  ),
  refusal(
    'an AMI that does not exist',
    { byHand: { amis: { B: 'gone' } } },
    [
      'fast-launch: B is not an AMI of this account in the Region us-east-1; AMI ids differ from Region to Region',
      NOTHING,
    ],
    BACK_TO_A,
  ),
  refusal(
    'an AMI that is not Windows',
    { byHand: { amis: { B: { platform: 'linux' } } } },
    ['fast-launch: B is not a Windows AMI, and Fast Launch works for Windows only', NOTHING],
    BACK_TO_A,
  ),
  refusal(
    'an AMI that could not be made',
    { byHand: { amis: { B: { state: 'failed' } } } },
    ['fast-launch: B is not available, its state is failed', NOTHING],
    BACK_TO_A,
  ),
  refusal(
    'an AMI that somebody has disabled',
    { byHand: { amis: { B: { state: 'disabled' } } } },
    [
      'fast-launch: B is not an AMI of this account in the Region us-east-1, or it is disabled; AMI ids differ from Region to Region',
      NOTHING,
    ],
    BACK_TO_A,
  ),
  refusal(
    'an AMI that is pending for ever, when the time is up',
    {
      byHand: { amis: { B: { state: 'pending' } } },
      meanwhile: { operation: 'DescribeImages', at: 'arrival', timeIsUp: true },
    },
    [
      'fast-launch: B: the AMI is pending, waiting until it is available',
      'fast-launch: B is still pending after Ns; run the apply again to go on waiting',
    ],
    BACK_TO_A,
  ),
  {
    name: 'an AMI that is pending is waited for',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      byHand: { amis: { B: { state: 'pending', looksUntilAvailable: 2 } } },
    },
    comesTo: {
      exit: 0,
      state: ALL_ON_B,
      says: ['fast-launch: B: the AMI is pending, waiting until it is available'],
      changes: ['EnableFastLaunch B', 'CreateTags B', 'DisableFastLaunch A'],
    },
    thenComesTo: { state: ALL_ON_B, changes: [] },
  },
  {
    name: 'an AMI of another account, which only EC2 can tell',
    applied: true,
    run: { wanted: { ami: 'B' }, byHand: { amis: { B: { ownerId: '999999999999' } } } },
    comesTo: {
      exit: 1,
      state: ALL_ON_A,
      says: ['fast-launch: B: Fast Launch could not be switched on'],
      changes: ['EnableFastLaunch B 400'],
    },
    ...BACK_TO_A,
  },
];

const CONTENTS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['user data', { UserData: 'aGk=' }],
  ['termination protection', { DisableApiTermination: 'true' }],
  ['a shutdown that terminates', { InstanceInitiatedShutdownBehavior: 'terminate' }],
  ['Spot instances', { 'InstanceMarketOptions.MarketType': 'spot' }],
  ['disabled instance metadata', { 'MetadataOptions.HttpEndpoint': 'disabled' }],
  [
    'tags on network interfaces',
    {
      'TagSpecification.1.ResourceType': 'network-interface',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': 'b',
    },
  ],
];

const hasContent = (content: string): string =>
  `fast-launch: launch template ours version 1 has ${content}, which EC2 Fast Launch refuses`;

const templates: readonly FaultCase[] = [
  ...CONTENTS.map(
    ([content, template]): FaultCase => ({
      name: `a launch template with ${content}`,
      template,
      run: {},
      comesTo: { exit: 1, state: {}, says: [hasContent(content), NOTHING], changes: [] },
      next: { wanted: { version: 2 } },
      thenComesTo: { state: { A: 'enabled ours 2 5', nodes: 'A' } },
    }),
  ),
  {
    name: 'everything that is wrong, at once',
    template: { UserData: 'aGk=', DisableApiTermination: 'true' },
    run: { byHand: { amis: { A: { platform: 'linux' } } } },
    comesTo: {
      exit: 1,
      state: {},
      says: [
        'fast-launch: A is not a Windows AMI, and Fast Launch works for Windows only',
        hasContent('user data'),
        hasContent('termination protection'),
        NOTHING,
      ],
      changes: [],
    },
    next: { wanted: { ami: 'B', version: 2 } },
    thenComesTo: { state: { B: 'enabled ours 2 5', nodes: 'B' } },
  },
  refusal(
    'a version that the launch template does not have',
    { wanted: { version: 3 } },
    [
      'fast-launch: launch template ours version 3 could not be looked up in the Region us-east-1',
      NOTHING,
    ],
    {
      next: { wanted: { version: 1 } },
      thenComesTo: { state: ALL_ON_A, changes: [] },
    },
  ),
];

const ROLE = 'arn:aws:iam::123456789012:role/deploy';

const credentials: readonly FaultCase[] = [
  refusal('no credentials', { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } }, [
    "fast-launch: the credentials do not work (the default credentials of the machine that runs Terraform); give Terraform's machine valid ones; nothing was changed",
  ]),
  refusal(
    'an expired token',
    {
      faults: [
        {
          service: 'sts',
          operation: 'GetCallerIdentity',
          status: 403,
          code: 'ExpiredToken',
          message: 'The security token included in the request is expired',
        },
      ],
    },
    [
      "fast-launch: the credentials do not work (the keys in the environment); give Terraform's machine valid ones; nothing was changed",
    ],
  ),
  refusal('credentials of another account', { env: { EXPECTED_ACCOUNT_ID: '999999999999' } }, [
    'fast-launch: the credentials belong to account 123456789012 (the keys in the environment), but Terraform works in account 999999999999; give the AWS CLI the profile or role of the AWS provider; nothing was changed',
  ]),
  refusal(
    'a role that may not be assumed',
    {
      env: { ASSUME_ROLE_ARN: ROLE },
      faults: [
        {
          service: 'sts',
          operation: 'AssumeRole',
          status: 403,
          code: 'AccessDenied',
          message: 'not authorized to perform: sts:AssumeRole',
        },
      ],
    },
    [`fast-launch: role ${ROLE} could not be assumed; nothing was changed`],
  ),
  refusal('no AWS CLI', { cli: 'absent' }, [
    'fast-launch: the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  ]),
  refusal('an AWS CLI that knows no Fast Launch', { cli: 'old' }, [
    'fast-launch: the AWS CLI knows no Fast Launch: aws-cli/1.22.31 Python/3.9.2 Linux/5.10; version 1.22.32, 2.4.10 or later is needed',
  ]),
];

const denied = (operation: string, status = 403) => ({
  operation,
  status,
  code: 'UnauthorizedOperation',
  message: 'You are not authorized to perform this operation.',
});

const rights: readonly FaultCase[] = [
  refusal('no right to describe Fast Launch', { faults: [denied('DescribeFastLaunchImages')] }, [
    'fast-launch: B: the state of Fast Launch could not be read',
    NOTHING,
  ]),
  refusal('no right to describe AMIs', { faults: [denied('DescribeImages')] }, [
    'fast-launch: B could not be looked up',
    NOTHING,
  ]),
  refusal(
    'no right to describe launch templates',
    { faults: [denied('DescribeLaunchTemplateVersions')] },
    [
      'fast-launch: launch template ours version 1 could not be looked up in the Region us-east-1',
      NOTHING,
    ],
  ),
];

const TAKEN =
  'fast-launch: B: Fast Launch is on by launch template other, not by ours: another environment uses this AMI, or somebody switched it on by hand; give each environment an AMI of its own, switch it off there, or set takeOver: true';

const owners: readonly FaultCase[] = [
  ...['enabling', 'enabled', 'enabling-failed', 'enabled-failed', 'disabling-failed'].map(
    (state): FaultCase => ({
      name: `Fast Launch of another stack on the same AMI, which is ${state}`,
      applied: true,
      run: {
        wanted: { ami: 'B' },
        byHand: { fastLaunch: { B: { state, by: 'other', snapshots: 9 } } },
      },
      comesTo: {
        exit: 1,
        state: { ...ALL_ON_A, B: `${state} other 1 9` },
        says: [TAKEN, NOTHING],
        changes: [],
      },
      next: { env: { TAKE_OVER: 'true' } },
      thenComesTo: {
        state: ALL_ON_B,
        says: ['fast-launch: B: taking over Fast Launch from launch template other'],
      },
    }),
  ),
  {
    name: 'Fast Launch of another stack that is on its way off is waited for',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      byHand: { fastLaunch: { B: { state: 'disabling', by: 'other' } } },
    },
    comesTo: { exit: 0, state: ALL_ON_B },
    thenComesTo: { state: ALL_ON_B, changes: [] },
  },
  {
    name: 'the AMI of another stack is left alone by a destroy',
    applied: true,
    run: {
      command: 'destroy',
      byHand: { fastLaunch: { B: { state: 'enabled', by: 'other' } } },
    },
    comesTo: {
      exit: 0,
      state: { B: 'enabled other 1 5' },
      changes: ['DisableFastLaunch A'],
    },
    next: {},
    thenComesTo: { state: { A: ON, B: 'enabled other 1 5', nodes: 'A' } },
  },
];

/** What is found out before anything is changed. */
export const REFUSALS: readonly FaultCase[] = [
  ...wrongAmis,
  ...templates,
  ...credentials,
  ...rights,
  ...owners,
];
