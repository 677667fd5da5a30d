import { describe, expect, it } from '@jest/globals';
import { listedKeys } from '../../environment/settings-page';
import {
  APPLIED_CHANGES,
  CHANGES_OF_A_GROUP,
  CHANGES_OF_NOTHING,
  CHANGES_OF_THE_STACK,
} from '../end-to-end/node-changes';
import { WINDOWS_IMAGE_EFFECTS } from '../modules/image-builder/windows-image/windows-image-effects';

/** The key of `image` that is called otherwise as a prop. */
const PROP_OF_KEY: Readonly<Record<string, string>> = { base: 'baseImage' };

/** The keys whose change is planned by the real Terraform, by their path. */
const PLANNED = new Set(
  [...CHANGES_OF_A_GROUP, ...CHANGES_OF_THE_STACK, ...CHANGES_OF_NOTHING, ...APPLIED_CHANGES].map(
    ({ key }) => key.replace(/^groups\./, 'nodes.groups[].'),
  ),
);

/** The keys of `image` whose effect on the resources is tested. */
const WITH_EFFECT = new Set(Object.keys(WINDOWS_IMAGE_EFFECTS));

/** A key, and those that it stands in: `a.b[].c`, `a.b[]`, `a.b`, `a`. */
function withParents(path: string): string[] {
  const parts = path.split(/(?=\.|\[)/);
  return parts.map((_part, index) => parts.slice(0, index + 1).join(''));
}

function isTested(path: string): boolean {
  if (withParents(path).some((one) => PLANNED.has(one))) return true;
  const [, key = ''] = /^image\.(\w+)/.exec(path) ?? [];
  return WITH_EFFECT.has(PROP_OF_KEY[key] ?? key);
}

/** Keys without a case of their own, each with the reason. What begins with one is meant too. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  name: 'names both stacks: with another one they are other stacks',
  region: 'with another one they are other stacks',
  'windows.server': 'chooses the base AMI: eks-windows-ami.test.ts',
  'windows.lookUp': 'chooses how the base AMI is looked up: eks-windows-ami.test.ts',
  'iam.namePrefix': 'is in the name of every role: role-name.test.ts',
  'image.componentBucket': 'makes another version of a component: image-component.test.ts',
};

const isElsewhere = (path: string): boolean =>
  withParents(path).some((one) => Object.hasOwn(ELSEWHERE, one));

describe('a key whose change does something', () => {
  const keys = listedKeys().filter(
    ({ change, holdsKeys }) => change !== undefined && change !== 'nothing' && !holdsKeys,
  );
  const paths = keys.map(({ path }) => path);

  it('has a test of its effect, or is named here with the reason', () => {
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !isTested(path) && !isElsewhere(path))).toEqual([]);
  });

  it('is not named here when it has one', () => {
    const known = new Set(listedKeys().map(({ path }) => path));
    const needless = Object.keys(ELSEWHERE).filter((path) => !known.has(path) || isTested(path));
    expect(needless).toEqual([]);
  });
});
