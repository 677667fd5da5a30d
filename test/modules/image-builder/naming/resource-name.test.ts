import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { checkResourceName } from '../../../../modules/image-builder/naming/resource-name';
import { outline } from '../../../support/problem';

describe('checkResourceName', () => {
  it.each(['abc', 'A-1', 'a_b', '123', 'x'.repeat(127), Fn.upper('a')])('takes %s', (name) => {
    expect(checkResourceName(['name'], name)).toEqual([]);
  });

  it.each([
    '',
    'ab',
    'x'.repeat(128),
    '-ab',
    'ab-',
    '_ab',
    'ab_',
    'a b',
    'a.b',
    'a/b',
    'aäb',
    'abc\n',
  ])('refuses %j', (name) => {
    expect(checkResourceName(['name'], name).map(outline)).toEqual([
      `\`name\` resource-name: ${name.length > 118 ? `"${name.slice(0, 116)}...` : JSON.stringify(name)}`,
    ]);
  });
});
