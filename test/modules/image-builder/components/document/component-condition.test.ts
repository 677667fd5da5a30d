import { describe, expect, it } from '@jest/globals';
import {
  CONDITION,
  IF,
} from '../../../../../modules/image-builder/components/document/component-condition-shape';
import { adviceOf, outline } from '../../../../support/problem';

const inIf = (condition: unknown) => IF.check(['if'], condition).map(outline);
const inAssert = (condition: unknown) => CONDITION.check(['inputs'], condition).map(outline);

const FILE = { fileExists: 'C:\\a' };

/** The condition under that many `not`. */
const nested = (levels: number): object => (levels === 0 ? FILE : { not: nested(levels - 1) });

const OPERATORS =
  'and, or, not, stringIsEmpty, stringIsWhitespace, binaryExists, fileExists, folderExists, ' +
  'stringEquals, stringLessThan, stringLessThanEquals, stringGreaterThan, ' +
  'stringGreaterThanEquals, patternMatches, numberEquals, numberLessThan, ' +
  'numberLessThanEquals, numberGreaterThan, numberGreaterThanEquals, fileMD5Equals, ' +
  'fileSHA1Equals, fileSHA256Equals, fileSHA512Equals';

describe('a condition', () => {
  it.each([
    FILE,
    { stringEquals: '', value: 'a' },
    { stringEquals: 'a', value: 1 },
    { numberEquals: '-1.5', value: '{{ build.A.outputs.stdout }}' },
    { fileMD5Equals: 'ab', path: 'C:\\a' },
    { and: [FILE, { or: [FILE] }] },
    nested(4),
  ])('may be %j', (condition) => {
    expect(inIf(condition)).toEqual([]);
    expect(inAssert(condition)).toEqual([]);
  });

  it('of a step says what follows from it, and that of an Assert does not', () => {
    const condition = Object.fromEntries([
      ['fileExists', 'C:\\a'],
      ['then', 'Skip'],
      ['else', 'Abort'],
    ]);
    expect(inIf(condition)).toEqual([]);
    expect(inAssert(condition)).toEqual([
      '`inputs.then` condition-operator: "then"',
      '`inputs.else` condition-operator: "else"',
    ]);
    expect(inIf({ ...FILE, else: 'Stop' })).toEqual(['`if.else` condition-outcome: "Stop"']);
  });

  it.each([
    ['x', ['`if` condition-map: "x"']],
    [[FILE], ['`if` condition-map: [{"fileExists":"C:\\\\a"}]']],
    [{}, ['`if` condition-comparison: 0']],
    [{ fileExists: 'a', folderExists: 'b' }, ['`if` condition-comparison: 2']],
    [{ fileExists: 'a', value: 'b' }, ['`if.value` condition-operator: "value"']],
    [{ stringEquals: 'a' }, ['`if.value` document-alternative: nothing']],
    [{ numberEquals: 'a', value: 1 }, ['`if.numberEquals` document-alternative: "a"']],
    [{ fileSHA1Equals: 'a' }, ['`if.path` document-text: nothing']],
    [{ and: FILE }, ['`if.and` condition-list: {"fileExists":"C:\\\\a"}']],
    [{ or: [] }, ['`if.or` condition-list: []']],
    [{ and: [FILE, 'x'] }, ['`if.and[1]` condition-map: "x"']],
    [{ not: [FILE] }, ['`if.not` condition-map: [{"fileExists":"C:\\\\a"}]']],
    [nested(5), ['`if.not.not.not.not.not` condition-depth: 5']],
  ])('cannot be %j', (condition, expected) => {
    expect(inIf(condition)).toEqual(expected);
  });

  it.each([
    [{}, `known are ${OPERATORS}`],
    [{ fileExists: 'a', folderExists: 'b' }, 'put them under `and` or `or`'],
  ])('tells what a comparison can be: %j', (condition, advice) => {
    expect(IF.check(['if'], condition).map(adviceOf)).toEqual([advice]);
  });
});
