import { describe, expect, it } from '@jest/globals';
import {
  problemsOfRepository,
  renderProblemPage,
} from '../../../scripts/problem-list/problem-page';
import { repositoryFiles, repositoryText } from '../../support/repository';
import { ROOT } from '../../support/run-node';

const PROBLEMS = problemsOfRepository(ROOT);
const IDS = [...new Set(PROBLEMS.map(({ id }) => id))];

describe('docs/problems.md', () => {
  it('is up to date; npm run problems writes it', () => {
    expect(repositoryText('docs/problems.md')).toBe(renderProblemPage(PROBLEMS));
  });

  it('has ids of lower-case words with dashes', () => {
    expect(IDS.length).toBeGreaterThan(250);
    expect(IDS.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('has one wording for each id, in one place, but for the forms that a value can have', () => {
    const rulesOf = (id: string) =>
      PROBLEMS.filter((one) => one.id === id).map(
        ({ wordings }) => wordings[0]?.split(', got:')[0],
      );
    const several = IDS.filter((id) => new Set(rulesOf(id)).size > 1);
    expect(several.sort()).toEqual(['alternative', 'document-alternative']);
  });

  it('leaves out what hands a rule on where the rules are listed', () => {
    const one = { id: 'form', wordings: ['must …, got: …'], file: 'a.ts', line: 1 };
    const other = { ...one, wordings: ['must be true or a list, got: …'], file: 'b.ts' };
    expect(renderProblemPage([one, other])).toContain(
      '## form\n\n```text\nmust be true or a list, got: …\n```\n\nIn [a.ts](../a.ts), [b.ts](../b.ts).\n',
    );
    expect(renderProblemPage([one])).toContain('```text\nmust …, got: …\n```');
  });

  it('has the form of every problem from one function', () => {
    const sources = repositoryFiles().filter((file) =>
      /^(?:app|environment|modules|scripts|stacks)\/.*\.ts$/.test(file),
    );
    // A comment may show the form.
    const writes = (line: string) => /, got: /.test(line) && !/^\s*\/?\*/.test(line);
    const writing = sources.filter((file) => repositoryText(file).split('\n').some(writes));
    expect(writing).toEqual(['modules/core/problem.ts']);
  });
});
