import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import {
  changedEnvironment,
  changedGroup,
  environmentOf,
  nameOfRow,
  type Settings,
  titleOf,
} from '../end-to-end/changed-environment';
import {
  APPLIED_CHANGES,
  CHANGES_OF_A_GROUP,
  CHANGES_OF_THE_STACK,
  GROUP,
} from '../end-to-end/node-changes';
import { synthesizeText } from './synthesized-environment';

/** The JSON of the nodes' stack of an environment. */
const nodesOf = (environment: Settings): string => synthesizeText(stringify(environment)).texts[1];

interface TerraformJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly locals: Readonly<Record<string, unknown>>;
}

/** What the construct of a group has: resources, and the user data. */
function partsOf(nodes: string, group: string): string {
  const { resource, locals } = JSON.parse(nodes) as TerraformJson;
  const parts = [...Object.values(resource), locals].flatMap(Object.entries);
  return JSON.stringify(parts.filter(([name]) => name.startsWith(`Group-${group}_`)));
}

// Without Terraform it cannot be told what is planned, but a setting that reaches nothing shows here.
describe('a change that Terraform plans is in the JSON of the nodes', () => {
  it('when one group has it', () => {
    const groups = CHANGES_OF_A_GROUP.map(({ given }, index): Settings => {
      return { name: nameOfRow(index), ...GROUP, ...given };
    });
    const changed = CHANGES_OF_A_GROUP.map((change, at) => changedGroup(groups[at] ?? {}, change));
    const before = nodesOf(environmentOf(groups));
    const after = nodesOf(environmentOf(changed));
    const isThere = (index: number) =>
      partsOf(before, nameOfRow(index)) !== partsOf(after, nameOfRow(index));
    const planned = CHANGES_OF_A_GROUP.map((change, index) => ({ change, index })).filter(
      ({ change }) => change.plan.length > 0,
    );
    expect(planned.length).toBeGreaterThan(50);
    const lost = planned.filter(({ index }) => !isThere(index));
    expect(lost.map(({ change }) => titleOf(change))).toEqual([]);
  });

  it('when the whole stack has it', () => {
    const environment = environmentOf([{ name: 'apps', ...GROUP }]);
    const before = nodesOf(environment);
    const lost = CHANGES_OF_THE_STACK.filter(
      (change) => nodesOf(changedEnvironment(environment, change)) === before,
    );
    expect(lost.map(titleOf)).toEqual([]);
  });

  it('when it comes on top of others', () => {
    let environment = environmentOf([{ name: 'apps', ...GROUP }]);
    let before = nodesOf(environment);
    const lost = APPLIED_CHANGES.filter((change) => {
      environment = changedEnvironment(environment, change);
      const after = nodesOf(environment);
      const isSame = after === before;
      before = after;
      return isSame;
    });
    expect(lost.map(titleOf)).toEqual([]);
  });
});
