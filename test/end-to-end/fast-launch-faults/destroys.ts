import { type FaultCase, ON } from './fault-case';

/** Nothing is left, and no node is launched. */
const NOTHING_LEFT = {};

const destroy = (
  name: string,
  run: FaultCase['run'],
  comesTo: FaultCase['comesTo'],
  more: Partial<FaultCase> = {},
): FaultCase => ({
  name,
  applied: true,
  run: { command: 'destroy', ...run },
  comesTo,
  next: { command: 'destroy' },
  thenComesTo: { state: NOTHING_LEFT },
  ...more,
});

const GONE = { exit: 0, state: NOTHING_LEFT } as const;
const KEPT = { exit: 1, state: { A: ON } } as const;

/** Destroys. */
export const DESTROYS: readonly FaultCase[] = [
  destroy('a destroy switches off', {}, { ...GONE, changes: ['DisableFastLaunch A'] }),
  destroy(
    'a destroy when it was switched off by hand',
    { byHand: { fastLaunch: { A: 'off' } } },
    {
      ...GONE,
      changes: [],
    },
  ),
  destroy('a destroy when the AMI is gone', { byHand: { amis: { A: 'gone' } } }, GONE),
  destroy(
    'a destroy when the AMI is gone, and EC2 knows nothing of it any more',
    { byHand: { amis: { A: 'gone' } } },
    { exit: 0, state: { A: ON } },
    { rules: { describeWhenGone: 'refuse' }, thenComesTo: { state: { A: ON } } },
  ),
  destroy(
    'a destroy that finds what a failed apply has left',
    { byHand: { fastLaunch: { B: { state: 'enabling-failed' } } } },
    { ...GONE, changes: ['DisableFastLaunch A', 'DisableFastLaunch B'] },
  ),
  destroy(
    'a destroy while it is being switched on',
    { byHand: { fastLaunch: { B: { state: 'enabling' } } } },
    GONE,
  ),
  destroy(
    'a destroy while it is being switched on, which EC2 does not take at once',
    { byHand: { fastLaunch: { B: { state: 'enabling' } } } },
    GONE,
    { rules: { disableWhileEnabling: 'refuse', describesPerTransition: 3 } },
  ),
  destroy(
    'a destroy while it is on its way off',
    { byHand: { fastLaunch: { A: { state: 'disabling' } } } },
    { ...GONE, changes: [] },
  ),
  destroy(
    'a destroy that is throttled for good',
    { faults: [{ operation: 'DisableFastLaunch' }] },
    KEPT,
  ),
  destroy(
    'a destroy that may not list',
    {
      faults: [
        { operation: 'DescribeFastLaunchImages', status: 403, code: 'UnauthorizedOperation' },
      ],
    },
    { ...KEPT, changes: [] },
  ),
  destroy('a destroy without the AWS CLI', { cli: 'absent' }, { ...KEPT, changes: [] }),
  destroy(
    'a destroy without credentials',
    { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } },
    { ...KEPT, changes: [] },
  ),
  destroy(
    'a destroy with the credentials of another account',
    { env: { EXPECTED_ACCOUNT_ID: '999999999999' } },
    { ...KEPT, changes: [] },
  ),
  destroy(
    'a destroy whose switching off fails',
    { failures: [{ state: 'disabling-failed', reason: 'snapshot in use' }] },
    { exit: 1, state: { A: 'disabling-failed ours 1 5' } },
  ),
  destroy(
    'a destroy of one whose answer is cut off',
    { faults: [{ operation: 'DisableFastLaunch', answer: 'cut' }] },
    { exit: 1, state: { A: 'disabling ours 1 5' } },
  ),
];
