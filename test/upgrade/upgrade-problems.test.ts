import { describe, expect, it } from '@jest/globals';
import type { PlannedChange } from '../../emulator/terraform/terraform-stack';
import type { KnownChange } from './known-changes';
import { changeProblems, leftBehind } from './upgrade-problems';

const CHANGELOG = `## 0.2.0

- The user data is another one: every group
  rolls once with the next apply.
`;

const TEMPLATE: PlannedChange = {
  address: 'aws_launch_template.Nodes',
  type: 'aws_launch_template',
  actions: ['update'],
  before: { name: 'nodes', user_data: 'b2xk', latest_version: 1 },
  // What is not known before the apply is left out.
  after: { name: 'nodes', user_data: 'bmV3' },
};

/** Follows the launch template's new version. */
const GROUP: PlannedChange = {
  address: 'aws_autoscaling_group.Nodes',
  type: 'aws_autoscaling_group',
  actions: ['update'],
  before: { name: 'nodes', launch_template: [{ id: 'lt-1', version: '1' }] },
  after: { name: 'nodes', launch_template: [{ id: 'lt-1' }] },
};

const ROLE_GONE: PlannedChange = {
  address: 'aws_iam_role.NodeRole',
  type: 'aws_iam_role',
  actions: ['delete'],
  before: { name: 'nodes' },
  after: null,
};

const known = (change: PlannedChange, entry: Partial<KnownChange> = {}): KnownChange => {
  const { address, actions } = change;
  return { address, actions, reason: 'the user data needs it', ...entry };
};

const problems = (planned: readonly PlannedChange[], entries: readonly KnownChange[] = []) =>
  changeProblems(planned, entries, CHANGELOG);

describe('changeProblems', () => {
  it('finds nothing in a plan without changes', () => {
    expect(problems([])).toEqual([]);
  });

  it('tells a resource that is no longer synthesized', () => {
    expect(problems([ROLE_GONE])).toEqual([
      'aws_iam_role.NodeRole: delete is not known; mend the code, or add ' +
        '{ address, actions: ["delete"], reason } to test/upgrade/known-changes.ts',
    ]);
  });

  it('tells changed user data, and that nodes roll for it', () => {
    expect(problems([TEMPLATE, GROUP])).toEqual([
      'aws_autoscaling_group.Nodes: update of launch_template (rolls nodes) is not known; mend the code, ' +
        'or add { address, actions: ["update"], reason, changelog } to test/upgrade/known-changes.ts',
      'aws_launch_template.Nodes: update of latest_version, user_data is not known; mend the code, ' +
        'or add { address, actions: ["update"], reason } to test/upgrade/known-changes.ts',
    ]);
  });

  it('takes known changes, also when several plans of an upgrade have them', () => {
    const changelog = 'every group rolls once with the next apply';
    expect(problems([TEMPLATE, TEMPLATE], [known(TEMPLATE)])).toEqual([]);
    expect(problems([GROUP], [known(GROUP, { changelog })])).toEqual([]);
  });

  it('takes no other action for a known one', () => {
    const replaced: PlannedChange = { ...TEMPLATE, actions: ['delete', 'create'] };
    expect(problems([replaced], [known(TEMPLATE)])).toEqual([
      'aws_launch_template.Nodes: delete/create of latest_version, user_data is not known; mend the ' +
        'code, or add { address, actions: ["delete","create"], reason } to test/upgrade/known-changes.ts',
      'aws_launch_template.Nodes: update is no longer planned; take its entry out of ' +
        'test/upgrade/known-changes.ts',
    ]);
  });

  it('tells an entry that is no longer planned', () => {
    expect(problems([TEMPLATE], [known(TEMPLATE), known(ROLE_GONE)])).toEqual([
      'aws_iam_role.NodeRole: delete is no longer planned; take its entry out of ' +
        'test/upgrade/known-changes.ts',
    ]);
  });

  it.each<readonly [string, PlannedChange]>([
    ['another launch template version', GROUP],
    [
      'other instance types',
      {
        ...GROUP,
        before: { mixed_instances_policy: [{ types: ['m5.large'] }] },
        after: { mixed_instances_policy: [{ types: ['m6i.large'] }] },
      },
    ],
    ['a group that is replaced', { ...GROUP, actions: ['create', 'delete'], after: GROUP.before }],
    ['a group that goes', { ...GROUP, actions: ['delete'], after: null }],
  ])('asks for words of CHANGELOG.md for %s', (_name, change) => {
    const [problem, ...more] = problems([change], [known(change)]);
    expect(more).toEqual([]);
    expect(problem).toMatch(
      /^aws_autoscaling_group\.Nodes: .* \(rolls nodes\) has no words of CHANGELOG\.md that tell it$/,
    );
  });

  it('asks for no words for a change of a group that replaces no nodes', () => {
    const larger = { ...GROUP, before: { max_size: 2 }, after: { max_size: 3 } };
    const created: PlannedChange = { ...GROUP, actions: ['create'], before: null };
    expect(problems([larger], [known(larger)])).toEqual([]);
    expect(problems([created], [known(created)])).toEqual([]);
  });

  it('tells words that CHANGELOG.md does not have', () => {
    expect(problems([GROUP], [known(GROUP, { changelog: 'groups roll twice' })])).toEqual([
      'aws_autoscaling_group.Nodes: CHANGELOG.md does not say "groups roll twice"',
    ]);
  });
});

describe('leftBehind', () => {
  const before = { roles: ['example-cluster'], amis: ['ami-1'] };
  const kept = { amis: 'Image Builder keeps them' };

  it('finds nothing in what was there before, and in what is kept', () => {
    const after = { roles: ['example-cluster'], amis: ['ami-1', 'ami-2'], topics: [] };
    expect(leftBehind(before, after, kept)).toEqual([]);
  });

  it('tells what no state has any more', () => {
    const after = { roles: ['example-cluster', 'nodes'], topics: ['arn:aws:sns:::builds'] };
    expect(leftBehind(before, after, kept)).toEqual([
      'roles: nodes is in no state any more',
      'topics: arn:aws:sns:::builds is in no state any more',
    ]);
  });
});
