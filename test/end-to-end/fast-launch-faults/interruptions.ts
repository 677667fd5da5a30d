import {
  ALL_ON_A,
  ALL_ON_B,
  type EndState,
  type FaultCase,
  type Interruption,
  ON,
} from './fault-case';

/** Who is told to end, and how. */
const SIGNALS: readonly (readonly [string, Pick<Interruption, 'signal' | 'to'>])[] = [
  ['Ctrl-C', { signal: 'SIGINT', to: 'all' }],
  ['SIGTERM to Terraform', { signal: 'SIGTERM', to: 'terraform' }],
  ['kill -9 of Terraform and all it has started', { signal: 'SIGKILL', to: 'all' }],
];

/** What has been going on: a call that has reached EC2 is done there. */
const MOMENTS: readonly (readonly [string, Pick<Interruption, 'operation' | 'after'>, EndState])[] =
  [
    ['before anything is changed', { operation: 'DescribeImages' }, ALL_ON_A],
    [
      'when it is being switched on',
      { operation: 'EnableFastLaunch' },
      { ...ALL_ON_A, B: 'enabling ours 1 5' },
    ],
    [
      'while it waits until it is on',
      { operation: 'DescribeFastLaunchImages', after: 'EnableFastLaunch' },
      { ...ALL_ON_A, B: 'enabling ours 1 5' },
    ],
    [
      'when the old AMI is being switched off',
      { operation: 'DisableFastLaunch' },
      { ...ALL_ON_B, A: 'disabling ours 1 5' },
    ],
    [
      'while it waits until the old AMI is off',
      { operation: 'DescribeFastLaunchImages', after: 'DisableFastLaunch' },
      { ...ALL_ON_B, A: 'disabling ours 1 5' },
    ],
  ];

const changes = SIGNALS.flatMap(([sender, signal]) =>
  MOMENTS.map(
    ([when, moment, state]): FaultCase => ({
      name: `${sender} ${when}`,
      applied: true,
      run: { wanted: { ami: 'B' }, interruption: { ...moment, ...signal, at: 'arrival' } },
      comesTo: { exit: signal.signal === 'SIGKILL' ? 'none' : 1, state },
      thenComesTo: { state: ALL_ON_B },
    }),
  ),
);

const NINE = { A: 'enabled ours 1 9', nodes: 'A' } as const;

/** The worst moment: EC2 takes no new settings in place, and the AMI is off for a while. */
const whileOff = SIGNALS.map(
  ([sender, signal]): FaultCase => ({
    name: `${sender} between off and on, when new settings are not taken in place`,
    applied: true,
    rules: { enableWhenEnabled: 'refuse' },
    run: {
      wanted: { snapshots: 9 },
      interruption: {
        operation: 'DescribeFastLaunchImages',
        after: 'DisableFastLaunch',
        at: 'arrival',
        ...signal,
      },
    },
    comesTo: {
      exit: signal.signal === 'SIGKILL' ? 'none' : 1,
      state: { A: 'disabling ours 1 5', nodes: 'A' },
    },
    thenComesTo: { state: NINE },
  }),
);

const destroys = SIGNALS.flatMap(([sender, signal]) =>
  (['DisableFastLaunch', 'DescribeFastLaunchImages'] as const).map(
    (operation): FaultCase => ({
      name: `${sender} ${operation === 'DisableFastLaunch' ? 'when' : 'before'} a destroy switches off`,
      applied: true,
      run: { command: 'destroy', interruption: { operation, at: 'arrival', ...signal } },
      comesTo: {
        exit: signal.signal === 'SIGKILL' ? 'none' : 1,
        state: { A: operation === 'DisableFastLaunch' ? 'disabling ours 1 5' : ON },
      },
      next: { command: 'destroy' },
      thenComesTo: { state: {} },
    }),
  ),
);

/** Terraform is gone at once, and the script it has started goes on for itself. */
const orphans: readonly FaultCase[] = [
  {
    name: 'kill -9 of Terraform alone: the script that is left switches on',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      interruption: {
        operation: 'DescribeImages',
        at: 'arrival',
        signal: 'SIGKILL',
        to: 'terraform',
      },
    },
    comesTo: { exit: 'none', state: { ...ALL_ON_A, B: 'enabling ours 1 5' } },
    thenComesTo: { state: ALL_ON_B },
  },
  {
    name: 'kill -9 of Terraform alone: the script that is left finishes what it has switched off for a moment',
    applied: true,
    rules: { enableWhenEnabled: 'refuse' },
    run: {
      wanted: { snapshots: 9 },
      interruption: {
        operation: 'DisableFastLaunch',
        at: 'arrival',
        signal: 'SIGKILL',
        to: 'terraform',
      },
    },
    comesTo: { exit: 'none', state: { A: 'enabling ours 1 9', nodes: 'A' } },
    thenComesTo: { state: NINE },
  },
  {
    name: 'the end of the terminal while it waits until it is on',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      interruption: {
        operation: 'DescribeFastLaunchImages',
        after: 'EnableFastLaunch',
        at: 'arrival',
        signal: 'SIGHUP',
        to: 'all',
      },
    },
    comesTo: { exit: 'none', state: { ...ALL_ON_A, B: 'enabling ours 1 5' } },
    thenComesTo: { state: ALL_ON_B },
  },
];

/** Signals, at each step. */
export const INTERRUPTIONS: readonly FaultCase[] = [
  ...changes,
  ...whileOff,
  ...destroys,
  ...orphans,
];
