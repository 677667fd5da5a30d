import { describe, expect, it } from '@jest/globals';
import { listProblems } from '../../../scripts/problem-list/listed-problems';

/** The wordings of each id that a source has. */
const listed = (...lines: string[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    listProblems('modules/a.ts', lines.join('\n')).map(({ id, wordings }) => [id, wordings]),
  );

describe('the list of problems', () => {
  it('has the file and the line of each', () => {
    expect(listProblems('modules/a.ts', "\nproblem('late', path, 'be early', value);")).toEqual([
      { id: 'late', wordings: ['must be early, got: …'], file: 'modules/a.ts', line: 2 },
    ]);
  });

  it('follows constants, templates, tables and both sides of a condition', () => {
    const found = listed(
      "const MOST = 'at most ' + 3;",
      "const ADVICE = { a: 'drop one' };",
      'function rule(count) {',
      '  return `be ${MOST}, not ${count}`;',
      '}',
      "problem('count', path, rule(1), value, ADVICE[key]);",
      "problem('state', path, on ? 'be on' : 'be off', undefined, advice);",
    );
    expect(found).toEqual({
      count: ['must be at most 3, not …, got: …; drop one'],
      state: ['must be on, got: nothing; …', 'must be off, got: nothing; …'],
    });
  });

  it('has the advice apart when there are several rules as well', () => {
    const found = listed("problem('state', path, on ? 'be on' : 'be off', value, on ? 'a' : 'b');");
    expect(found).toEqual({ state: ['must be on, got: …', 'must be off, got: …', '; a', '; b'] });
  });

  it('has the rules on text, and what concerns a whole file', () => {
    const found = listed(
      "const NAME = { id: 'name', pattern: /^a$/, rule: 'be a', whatToDo: 'write a' };",
      "const FAULT = { ...START, id: 'fault', path: [], value, text: `the file is ${value}` };",
      "const message = wording('be read', gone ? 'nothing' : value, advice);",
      "const WHOLE = { id: 'whole', value, message };",
      "const ARN = { id: 'arn', pattern: /^b$/, rule: `${NAME.rule} or b` };",
    );
    expect(found).toEqual({
      name: ['must be a, got: …; write a'],
      fault: ['the file is …'],
      whole: ['must be read, got: nothing; …', 'must be read, got: …; …'],
      arn: ['must be a or b, got: …'],
    });
  });

  it('has the forms that a value can have', () => {
    expect(
      listed("z.union([a, b], { error: 'be one or the other' });", 'z.union([a, b]);'),
    ).toEqual({
      alternative: ['must be one or the other, got: …'],
    });
    expect(listed("anyOf('text or a number', text(), number());")).toEqual({
      'document-alternative': ['must be text or a number, got: …'],
    });
  });

  it('refuses an id that is not written where the problem is', () => {
    expect(() => listed('problem(id, path, rule, value);')).toThrow(
      'modules/a.ts:1: the id of a problem has to be written where the problem is',
    );
  });
});
