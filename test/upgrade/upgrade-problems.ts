import { isDeepStrictEqual } from 'node:util';
import type { Inventory } from '../../emulator/inventory';
import type { PlannedChange } from '../../emulator/terraform/terraform-stack';
import { oneLine } from '../support/one-line';
import type { KnownChange } from './known-changes';

/** Where known changes are listed. */
const FILE = 'test/upgrade/known-changes.ts';

/** What of an Auto Scaling group makes its nodes roll. */
const NODES_OF_GROUP = ['launch_template', 'mixed_instances_policy'];

/**
 * What is wrong with the changes that an upgrade plans for a stack, one line each: those that are not
 * known, known ones that are no longer planned, and replaced nodes that the changelog does not tell.
 *
 * @param planned of all plans of the upgrade
 * @param changelog text of CHANGELOG.md
 */
export function changeProblems(
  planned: readonly PlannedChange[],
  known: readonly KnownChange[],
  changelog: string,
): string[] {
  const of = (entry: KnownChange) => planned.filter((change) => isOf(entry, change));
  const unknown = planned.filter((change) => !known.some((entry) => isOf(entry, change)));
  const problems = [
    ...unknown.map(describeUnknown),
    ...known.flatMap((entry) => (of(entry).length === 0 ? [describeStale(entry)] : [])),
    ...known.flatMap((entry) => changelogProblems(entry, of(entry), changelog)),
  ];
  return [...new Set(problems)].sort();
}

/** What is there and was not before, by the kinds of the inventory; but for kinds that are kept. */
export function leftBehind(
  before: Inventory,
  after: Inventory,
  keptKinds: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(after)
    .filter(([kind]) => keptKinds[kind] === undefined)
    .flatMap(([kind, names]) => {
      const added = names.filter((name) => !before[kind]?.includes(name));
      return added.map((name) => `${kind}: ${name} is in no state any more`);
    });
}

function isOf(entry: KnownChange, { address, actions }: PlannedChange): boolean {
  return entry.address === address && isDeepStrictEqual(entry.actions, actions);
}

function describeUnknown(change: PlannedChange): string {
  const keys = rolls(change) ? 'reason, changelog' : 'reason';
  const entry = `{ address, actions: ${JSON.stringify(change.actions)}, ${keys} }`;
  return `${describe(change)} is not known; mend the code, or add ${entry} to ${FILE}`;
}

function describeStale({ address, actions }: KnownChange): string {
  return `${address}: ${actions.join('/')} is no longer planned; take its entry out of ${FILE}`;
}

function changelogProblems(
  { changelog: words, address }: KnownChange,
  changes: readonly PlannedChange[],
  changelog: string,
): string[] {
  const rolling = changes.filter(rolls);
  if (words === undefined) {
    return rolling.map((change) => `${describe(change)} has no words of CHANGELOG.md that tell it`);
  }
  const isThere = oneLine(changelog).includes(oneLine(words));
  return isThere ? [] : [`${address}: CHANGELOG.md does not say "${words}"`];
}

/** Whether nodes are replaced by a change. */
function rolls({ type, actions, before, after }: PlannedChange): boolean {
  if (type !== 'aws_autoscaling_group') return false;
  if (actions.includes('delete')) return true;
  return before !== null && NODES_OF_GROUP.some((name) => differs(before[name], after?.[name]));
}

/** Such as `aws_autoscaling_group.Nodes: update of launch_template (rolls nodes)`. */
function describe(change: PlannedChange): string {
  const { address, actions, before, after } = change;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter((name) => differs(before?.[name], after?.[name])).sort();
  const what = before === null || after === null ? '' : ` of ${changed.join(', ')}`;
  return `${address}: ${actions.join('/')}${what}${rolls(change) ? ' (rolls nodes)' : ''}`;
}

function differs(left: unknown, right: unknown): boolean {
  return !isDeepStrictEqual(left, right);
}
