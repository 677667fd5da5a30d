import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../../../../modules/core';
import {
  CONDITION,
  IF,
} from '../../../../../modules/image-builder/components/document/component-condition-shape';

const inIf = (condition: unknown) => IF.check(['if'], condition).map(formatProblem);
const inAssert = (condition: unknown) => CONDITION.check(['inputs'], condition).map(formatProblem);

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
      '`inputs.then` must be one of fileExists, got: "then"',
      '`inputs.else` must be one of fileExists, got: "else"',
    ]);
    expect(inIf({ ...FILE, else: 'Stop' })).toEqual([
      '`if.else` must be one of "Abort", "Execute", "Skip", got: "Stop"',
    ]);
  });

  it.each([
    ['x', ['`if` must be a map with a comparison, got: "x"']],
    [[FILE], ['`if` must be a map with a comparison, got: [{"fileExists":"C:\\\\a"}]']],
    [{}, [`\`if\` must have one comparison, got: 0; known are ${OPERATORS}`]],
    [
      { fileExists: 'a', folderExists: 'b' },
      ['`if` must have one comparison, got: 2; put them under `and` or `or`'],
    ],
    [
      { fileExists: 'a', value: 'b' },
      ['`if.value` must be one of fileExists, then, else, got: "value"'],
    ],
    [{ stringEquals: 'a' }, ['`if.value` must be text or a number, got: nothing']],
    [
      { numberEquals: 'a', value: 1 },
      ['`if.numberEquals` must be a number or text of one, got: "a"'],
    ],
    [{ fileSHA1Equals: 'a' }, ['`if.path` must be text, got: nothing']],
    [{ and: FILE }, ['`if.and` must be a list of comparisons, got: {"fileExists":"C:\\\\a"}']],
    [{ or: [] }, ['`if.or` must be a list of comparisons, got: []']],
    [{ and: [FILE, 'x'] }, ['`if.and[1]` must be a map with a comparison, got: "x"']],
    [
      { not: [FILE] },
      ['`if.not` must be a map with a comparison, got: [{"fileExists":"C:\\\\a"}]'],
    ],
    [nested(5), ['`if.not.not.not.not.not` must stand at most 4 levels deep, got: 5']],
  ])('cannot be %j', (condition, expected) => {
    expect(inIf(condition)).toEqual(expected);
  });
});
