import { ALL_ON_A, ALL_ON_B, type CaseFault, type FaultCase, ON } from './fault-case';

const NOTHING = 'fast-launch: nothing was changed';
const MAY_PASS = 'fast-launch: fix: it may pass by itself: apply again';
const NOT_ON = 'fast-launch: B: Fast Launch could not be switched on';
const OLD_IS_ON =
  'fast-launch: Fast Launch is still on for: A; apply again, or: aws ec2 disable-fast-launch --force --image-id ID';

/** Both are on, and the nodes have changed over. */
const OLD_LEFT_ON = { A: ON, B: ON, nodes: 'B' } as const;

/** The new AMI is being switched on, and the nodes have not changed over. */
const BEGUN = { ...ALL_ON_A, B: 'enabling ours 1 5' };

const change = (
  name: string,
  faults: readonly CaseFault[],
  comesTo: FaultCase['comesTo'],
  more: Partial<FaultCase> & Partial<FaultCase['run']> = {},
): FaultCase => {
  const { cli, rules, thenComesTo = { state: ALL_ON_B }, meanwhile } = more;
  return {
    name,
    applied: true,
    ...(rules === undefined ? {} : { rules }),
    run: {
      wanted: { ami: 'B' },
      faults,
      ...(cli === undefined ? {} : { cli }),
      ...(meanwhile === undefined ? {} : { meanwhile }),
    },
    comesTo,
    thenComesTo,
  };
};

const CALLS = [
  'DescribeFastLaunchImages',
  'DescribeImages',
  'DescribeLaunchTemplateVersions',
  'EnableFastLaunch',
  'DisableFastLaunch',
];

const throttledOnce = CALLS.map((operation) =>
  change(`${operation} is throttled once`, [{ operation, times: 1 }], {
    exit: 0,
    state: ALL_ON_B,
  }),
);

const throttled: readonly FaultCase[] = [
  change(
    'the look at the state is throttled for good',
    [{ operation: 'DescribeFastLaunchImages' }],
    {
      exit: 1,
      state: ALL_ON_A,
      says: ['fast-launch: B: the state of Fast Launch could not be read', NOTHING],
      changes: [],
    },
  ),
  change('the look at the AMI is throttled for good', [{ operation: 'DescribeImages' }], {
    exit: 1,
    state: ALL_ON_A,
    says: ['fast-launch: B could not be looked up', NOTHING],
    changes: [],
  }),
  change('switching on is throttled for good', [{ operation: 'EnableFastLaunch' }], {
    exit: 1,
    state: ALL_ON_A,
    says: [MAY_PASS, NOT_ON],
    changes: ['EnableFastLaunch B 503', 'EnableFastLaunch B 503'],
  }),
  change(
    'looking is throttled for a while after it was switched on',
    [{ operation: 'DescribeFastLaunchImages', after: 'EnableFastLaunch', times: 6 }],
    {
      exit: 0,
      state: ALL_ON_B,
      says: [
        'fast-launch: B: AWS has not answered 3 times in a row, going on: An error occurred (RequestLimitExceeded) when calling the DescribeFastLaunchImages operation (reached max retries: 1): Request limit exceeded.',
      ],
    },
  ),
  change(
    'looking is throttled for good after it was switched on',
    [{ operation: 'DescribeFastLaunchImages', after: 'EnableFastLaunch' }],
    {
      exit: 1,
      state: BEGUN,
      says: [
        'fast-launch: B is still of unknown state after Ns; run the apply again to go on waiting',
      ],
    },
    {
      meanwhile: {
        operation: 'DescribeFastLaunchImages',
        after: 'EnableFastLaunch',
        at: 'arrival',
        timeIsUp: true,
      },
      thenComesTo: { state: ALL_ON_B, says: ['fast-launch: B: already as wanted (enabling)'] },
    },
  ),
  change('switching the old AMI off is throttled for good', [{ operation: 'DisableFastLaunch' }], {
    exit: 1,
    state: OLD_LEFT_ON,
    says: ['fast-launch: A: could not be switched off', OLD_IS_ON],
  }),
  change(
    'looking is throttled for good once the nodes have changed over',
    [{ operation: 'DescribeFastLaunchImages', after: 'CreateTags' }],
    {
      exit: 1,
      state: OLD_LEFT_ON,
      says: ['fast-launch: the AMIs with Fast Launch could not be listed; nothing was changed'],
    },
  ),
];

const SERVER_FAULTS: readonly (readonly [string, Omit<CaseFault, 'operation'>])[] = [
  ['an internal error', { status: 500, code: 'InternalError' }],
  ['that it is unavailable', { status: 503, code: 'Unavailable' }],
  ['a page of a proxy, status 502', { answer: 'page', status: 502 }],
  ['a page of a load balancer, status 503', { answer: 'page', status: 503 }],
  ['a page of a gateway, status 504', { answer: 'page', status: 504 }],
];

const serverFaults: readonly FaultCase[] = SERVER_FAULTS.flatMap(([name, fault]) => [
  change(`AWS answers switching on with ${name}`, [{ operation: 'EnableFastLaunch', ...fault }], {
    exit: 1,
    state: ALL_ON_A,
    says: [MAY_PASS, NOT_ON],
  }),
  change(
    `AWS answers a while of looks with ${name}`,
    [{ operation: 'DescribeFastLaunchImages', after: 'EnableFastLaunch', times: 3, ...fault }],
    { exit: 0, state: ALL_ON_B },
  ),
]);

const connections: readonly FaultCase[] = [
  change(
    'AWS refuses every connection',
    [],
    {
      exit: 1,
      state: ALL_ON_A,
      says: [
        "fast-launch: the credentials do not work (the keys in the environment); give Terraform's machine valid ones; nothing was changed",
      ],
      changes: [],
    },
    { cli: 'unreachable' },
  ),
  change(
    'the connection is reset before it is switched on',
    [{ operation: 'EnableFastLaunch', answer: 'reset' }],
    { exit: 1, state: ALL_ON_A, says: [MAY_PASS, NOT_ON] },
  ),
  change(
    'the connection is reset for a while of looks',
    [
      {
        operation: 'DescribeFastLaunchImages',
        after: 'EnableFastLaunch',
        times: 3,
        answer: 'reset',
      },
    ],
    { exit: 0, state: ALL_ON_B },
  ),
  change(
    'it is switched on, but the answer is lost',
    [{ operation: 'EnableFastLaunch', answer: 'lost' }],
    { exit: 1, state: BEGUN, says: [MAY_PASS, NOT_ON] },
    { thenComesTo: { state: ALL_ON_B, says: ['fast-launch: B: already as wanted (enabling)'] } },
  ),
  change(
    'it is switched on, the answer is lost, and the same is refused when it is asked again',
    [{ operation: 'EnableFastLaunch', answer: 'lost', times: 1 }],
    { exit: 1, state: BEGUN, changes: ['EnableFastLaunch B', 'EnableFastLaunch B 400'] },
    {
      rules: { enableWhenEnabled: 'refuse' },
      thenComesTo: { state: ALL_ON_B, says: ['fast-launch: B: already as wanted (enabling)'] },
    },
  ),
  change(
    'it is switched on, but the answer is cut off',
    [{ operation: 'EnableFastLaunch', answer: 'cut' }],
    { exit: 1, state: BEGUN, says: [MAY_PASS, NOT_ON] },
    { thenComesTo: { state: ALL_ON_B, says: ['fast-launch: B: already as wanted (enabling)'] } },
  ),
  change(
    'answers are cut off for a while of looks',
    [{ operation: 'DescribeFastLaunchImages', after: 'EnableFastLaunch', times: 3, answer: 'cut' }],
    { exit: 0, state: ALL_ON_B },
  ),
  change(
    'AWS does not answer when it is to be switched on',
    [{ operation: 'EnableFastLaunch', answer: 'hang' }],
    { exit: 1, state: ALL_ON_A, says: [MAY_PASS, NOT_ON] },
    { cli: 'impatient' },
  ),
  change(
    'AWS does not answer for a while of looks',
    [
      {
        operation: 'DescribeFastLaunchImages',
        after: 'EnableFastLaunch',
        times: 3,
        answer: 'hang',
      },
    ],
    { exit: 0, state: ALL_ON_B },
    { cli: 'impatient' },
  ),
  change(
    'the old AMI is switched off, but the answer is lost',
    [{ operation: 'DisableFastLaunch', answer: 'lost' }],
    { exit: 1, state: { A: 'disabling ours 1 5', ...ALL_ON_B } },
    { thenComesTo: { state: ALL_ON_B, changes: [] } },
  ),
  change(
    'AWS does not answer when the old AMI is to be switched off',
    [{ operation: 'DisableFastLaunch', answer: 'hang' }],
    { exit: 1, state: OLD_LEFT_ON, says: ['fast-launch: A: could not be switched off', OLD_IS_ON] },
    { cli: 'impatient' },
  ),
];

/** Calls that AWS does not answer as it should. */
export const FAILING_CALLS: readonly FaultCase[] = [
  ...throttledOnce,
  ...throttled,
  ...serverFaults,
  ...connections,
];
