import { ALL_ON_A, ALL_ON_B, type FaultCase } from './fault-case';

const NINE = { A: 'enabled ours 1 9', nodes: 'A' } as const;
const STAYS = 'fast-launch: A: the settings could not be changed, Fast Launch stays as it is';
const SWITCHING_OFF =
  'fast-launch: A: new settings are not taken in this state, switching off first';

/** EC2 that takes no new settings for an AMI that is on. */
const IN_PLACE_REFUSED = { enableWhenEnabled: 'refuse' } as const;

const inPlace = (
  name: string,
  run: FaultCase['run'],
  comesTo: FaultCase['comesTo'],
  more: Partial<FaultCase> = {},
): FaultCase => ({
  name,
  applied: true,
  run: { wanted: { snapshots: 9 }, ...run },
  comesTo,
  thenComesTo: { state: NINE },
  ...more,
});

const refused = (code: string, message: string, times = 100) => ({
  operation: 'EnableFastLaunch',
  status: 400,
  code,
  message,
  times,
});

const settings: readonly FaultCase[] = [
  inPlace(
    'another number of snapshots is taken in place',
    {},
    {
      exit: 0,
      state: NINE,
      changes: ['EnableFastLaunch A'],
    },
  ),
  inPlace(
    'another version of the launch template is taken in place',
    { wanted: { version: 2 } },
    { exit: 0, state: { A: 'enabled ours 2 5', nodes: 'A' }, changes: ['EnableFastLaunch A'] },
    { thenComesTo: { state: { A: 'enabled ours 2 5', nodes: 'A' }, changes: [] } },
  ),
  inPlace(
    'new settings that are not taken in place end with the AMI on again',
    {},
    {
      exit: 0,
      state: NINE,
      says: [SWITCHING_OFF],
      changes: ['EnableFastLaunch A 400', 'DisableFastLaunch A', 'EnableFastLaunch A'],
    },
    { rules: IN_PLACE_REFUSED },
  ),
  inPlace(
    'new settings not taken in place, and throttled for a while when the AMI is off',
    { faults: [{ operation: 'EnableFastLaunch', after: 'DisableFastLaunch', times: 5 }] },
    {
      exit: 0,
      state: NINE,
      says: [
        'fast-launch: A: FAST LAUNCH IS OFF NOW, trying again for the time that is left; if this fails, apply again',
      ],
    },
    { rules: IN_PLACE_REFUSED },
  ),
  inPlace(
    'new settings not taken in place, and throttled until the time is up when the AMI is off',
    {
      faults: [{ operation: 'EnableFastLaunch', after: 'DisableFastLaunch' }],
      meanwhile: {
        operation: 'EnableFastLaunch',
        after: 'DisableFastLaunch',
        at: 'arrival',
        timeIsUp: true,
      },
    },
    {
      exit: 1,
      state: { nodes: 'A' },
      says: ['fast-launch: A is still off after Ns; run the apply again to go on waiting'],
    },
    { rules: IN_PLACE_REFUSED },
  ),
  inPlace(
    'new settings not taken in place, and nobody may look when the AMI is off',
    {
      faults: [
        {
          operation: 'DescribeFastLaunchImages',
          after: 'DisableFastLaunch',
          status: 403,
          code: 'UnauthorizedOperation',
          message: 'no',
        },
      ],
    },
    {
      exit: 1,
      state: { A: 'disabling ours 1 5', nodes: 'A' },
      says: [
        'fast-launch: A: the state could not be read; A: FAST LAUNCH IS OFF or on its way off, to be switched on with new settings; apply again',
      ],
    },
    { rules: IN_PLACE_REFUSED },
  ),
  inPlace(
    'new settings that EC2 refuses for good end with those from before',
    {
      faults: [
        {
          ...refused('InvalidParameterCombination', 'No more than 8 of these'),
          parameters: { 'SnapshotConfiguration.TargetResourceCount': '9' },
        },
      ],
    },
    {
      exit: 1,
      state: { A: 'enabling ours 1 5', nodes: 'A' },
      says: [
        'fast-launch: A: EC2 refuses the new settings; Fast Launch goes on again with those from before',
      ],
    },
  ),
  inPlace(
    'new settings not taken in place, and switching off is throttled',
    { faults: [{ operation: 'DisableFastLaunch' }] },
    { exit: 1, state: ALL_ON_A, says: [SWITCHING_OFF, STAYS] },
    { rules: IN_PLACE_REFUSED },
  ),
  inPlace(
    'new settings not taken in place, and switching off fails',
    { failures: [{ state: 'disabling-failed', reason: 'snapshot in use' }] },
    {
      exit: 1,
      state: { A: 'disabling-failed ours 1 5', nodes: 'A' },
      says: ['fast-launch: A: switching off failed: snapshot in use'],
    },
    { rules: IN_PLACE_REFUSED },
  ),
  inPlace(
    'new settings are throttled',
    { faults: [{ operation: 'EnableFastLaunch' }] },
    { exit: 1, state: ALL_ON_A, says: [STAYS] },
  ),
  inPlace(
    'new settings without the right to ask for them',
    { faults: [refused('UnauthorizedOperation', 'You are not authorized')] },
    { exit: 1, state: ALL_ON_A, says: [STAYS], changes: ['EnableFastLaunch A 400'] },
  ),
  inPlace(
    'new settings whose dry run fails',
    { faults: [refused('InvalidRequest', 'Run instances dry run failed')] },
    { exit: 1, state: ALL_ON_A, says: [STAYS], changes: ['EnableFastLaunch A 400'] },
  ),
  inPlace(
    'new settings with a launch template that EC2 refuses',
    { faults: [refused('InvalidParameterValue', 'The launch template has hibernation')] },
    { exit: 1, state: ALL_ON_A, says: [STAYS], changes: ['EnableFastLaunch A 400'] },
  ),
  inPlace(
    'new settings end in enabled-failed',
    { failures: [{ state: 'enabled-failed', reason: 'something' }] },
    { exit: 1, state: { A: 'enabled-failed ours 1 9', nodes: 'A' } },
  ),
];

const byHand: readonly FaultCase[] = [
  {
    name: 'switched off by hand: the next AMI is on all the same',
    applied: true,
    run: { wanted: { ami: 'B' }, byHand: { fastLaunch: { A: 'off' } } },
    comesTo: { exit: 0, state: ALL_ON_B, changes: ['EnableFastLaunch B', 'CreateTags B'] },
    thenComesTo: { state: ALL_ON_B, changes: [] },
  },
  inPlace(
    'switched off by hand: new settings switch it on',
    { byHand: { fastLaunch: { A: 'off' } } },
    { exit: 0, state: NINE, changes: ['EnableFastLaunch A'] },
  ),
  inPlace(
    'switched off by hand, and still on its way off: new settings wait, and switch it on',
    { byHand: { fastLaunch: { A: { state: 'disabling' } } } },
    { exit: 0, state: NINE, changes: ['EnableFastLaunch A'] },
  ),
  inPlace(
    'settings changed by hand: the next change sets all of them',
    { wanted: { version: 2 }, byHand: { fastLaunch: { A: { state: 'enabled', snapshots: 7 } } } },
    { exit: 0, state: { A: 'enabled ours 2 5', nodes: 'A' } },
    { thenComesTo: { state: { A: 'enabled ours 2 5', nodes: 'A' }, changes: [] } },
  ),
  inPlace(
    'switched over to another launch template by hand: refused, and left alone',
    { byHand: { fastLaunch: { A: { state: 'enabled', by: 'other' } } } },
    { exit: 1, state: { A: 'enabled other 1 5', nodes: 'A' }, changes: [] },
    { next: { byHand: { fastLaunch: { A: 'off' } } } },
  ),
  {
    name: 'switched off by hand while it is being switched on',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      meanwhile: {
        operation: 'EnableFastLaunch',
        at: 'answer',
        byHand: { fastLaunch: { B: 'off' } },
      },
    },
    comesTo: {
      exit: 1,
      state: ALL_ON_A,
      says: ['fast-launch: B: Fast Launch is off again; was it switched off meanwhile?'],
    },
    thenComesTo: { state: ALL_ON_B },
  },
  {
    name: 'on its way off by hand while it is being switched on',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      meanwhile: {
        operation: 'EnableFastLaunch',
        at: 'answer',
        byHand: { fastLaunch: { B: { state: 'disabling' } } },
      },
    },
    comesTo: {
      exit: 1,
      state: { ...ALL_ON_A, B: 'disabling ours 1 5' },
      says: [
        'fast-launch: B: expected enabling or enabled, the state is disabling; was it switched off meanwhile?',
      ],
    },
    thenComesTo: { state: ALL_ON_B },
  },
  {
    name: 'taken over by another stack while it is being switched on',
    applied: true,
    run: {
      wanted: { ami: 'B' },
      meanwhile: {
        operation: 'EnableFastLaunch',
        at: 'answer',
        byHand: { fastLaunch: { B: { state: 'enabling', by: 'other' } } },
      },
    },
    comesTo: {
      exit: 1,
      state: { ...ALL_ON_A, B: 'enabled other 1 5' },
      says: [
        'fast-launch: B: enabled, but not with the settings asked for; is the AMI shared with another environment?',
      ],
    },
    next: { byHand: { fastLaunch: { B: 'off' } } },
    thenComesTo: { state: ALL_ON_B },
  },
];

const amis: readonly FaultCase[] = [
  {
    name: 'applied twice: nothing is done the second time',
    applied: true,
    run: {},
    comesTo: { exit: 0, state: ALL_ON_A, changes: [] },
    thenComesTo: { state: ALL_ON_A, changes: [] },
  },
  {
    name: 'a new AMI, and back: each time the new one first, the old one last',
    applied: true,
    run: { wanted: { ami: 'B' } },
    comesTo: {
      exit: 0,
      state: ALL_ON_B,
      changes: ['EnableFastLaunch B', 'CreateTags B', 'DisableFastLaunch A'],
    },
    next: { wanted: { ami: 'A' } },
    thenComesTo: {
      state: ALL_ON_A,
      changes: ['EnableFastLaunch A', 'CreateTags A', 'DisableFastLaunch B'],
    },
  },
  {
    name: 'a new AMI that fails, and back: what it has left goes off, the old one stays on',
    applied: true,
    run: { wanted: { ami: 'B' }, failures: [{ state: 'enabling-failed', reason: 'something' }] },
    comesTo: { exit: 1, state: { ...ALL_ON_A, B: 'enabling-failed ours 1 5' } },
    next: { wanted: { ami: 'A' } },
    thenComesTo: { state: ALL_ON_A, changes: ['CreateTags A', 'DisableFastLaunch B'] },
  },
  {
    name: 'the old AMI is gone when the new one is on',
    applied: true,
    rules: { describeWhenGone: 'refuse' },
    run: { wanted: { ami: 'B' }, byHand: { amis: { A: 'gone' }, fastLaunch: { A: 'off' } } },
    comesTo: { exit: 0, state: ALL_ON_B },
    thenComesTo: { state: ALL_ON_B, changes: [] },
  },
  {
    name: 'the new AMI is gone just before it is switched on',
    applied: true,
    run: { wanted: { ami: 'B' }, faults: [refused('InvalidAMIID.NotFound', 'does not exist')] },
    comesTo: { exit: 1, state: ALL_ON_A },
    next: { wanted: { ami: 'A' } },
    thenComesTo: { state: ALL_ON_A, changes: ['CreateTags A'] },
  },
];

/** Changes of settings and of AMIs, in Terraform and by hand. */
export const CHANGES: readonly FaultCase[] = [...settings, ...byHand, ...amis];
