import { describe, expect, it } from '@jest/globals';
import { withNodeChangeRows } from '../../environment/node-changes-page';
import { repositoryText } from '../support/repository';

const PAGE = repositoryText('docs/node-changes.md');
const ROW = '| `groups.keyName` | template | **roll** |\n';

describe('withNodeChangeRows', () => {
  it('leaves a page alone that has a row for every key that rolls; npm run schema writes it', () => {
    expect(withNodeChangeRows(PAGE)).toBe(PAGE);
  });

  it('adds the row of a key behind those of the other keys of a group', () => {
    const without = PAGE.replace(ROW, '');
    expect(without).not.toBe(PAGE);
    const lines = withNodeChangeRows(without).split('\n');
    expect(lines.filter((line) => line.startsWith('| `groups.')).at(-1)).toBe(ROW.trimEnd());
  });

  it('leaves a row that says more', () => {
    const other = PAGE.replace(ROW, '| `groups.keyName` | template; and more | **roll** |\n');
    expect(withNodeChangeRows(other)).toBe(other);
  });
});
