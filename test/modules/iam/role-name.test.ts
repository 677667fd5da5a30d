import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import { showValue } from '../../../modules/core';
import { checkIamName, iamName, longestName } from '../../../modules/iam';
import { adviceOf, outline } from '../../support/problem';

const problems = (...args: Parameters<typeof checkIamName>): string[] =>
  checkIamName(...args).map(outline);

const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';

describe('iamName', () => {
  it.each([
    ['without options', undefined, 'build'],
    ['with no option set', {}, 'build'],
    ['in the root path', { path: '/' }, 'build'],
    ['with a prefix', { namePrefix: 'team-' }, 'team-build'],
    ['with a boundary', { permissionsBoundary: BOUNDARY }, 'build'],
    ['in a path', { path: '/eks/windows/' }, 'build-2e66c5'],
    [
      'in a path and with a prefix',
      { path: '/eks/windows/', namePrefix: 'team-' },
      'team-build-2e66c5',
    ],
  ])('is, %s, prefix, name and hash', (_, options, expected) => {
    expect(iamName('build', options)).toBe(expected);
  });

  it('is another one in another path, so that the new role can be made beside the old one', () => {
    const names = ['/', '/a/', '/b/', '/a/b/'].map((path) => iamName('build', { path }));
    expect(new Set(names).size).toBe(4);
  });

  it('leaves the hash to Terraform for a path that only Terraform knows', () => {
    const name = iamName('build', { path: Fn.lower('/A/') });
    expect(Token.isUnresolved(name)).toBe(true);
    expect(name).toMatch(/^build-/);
  });
});

describe('checkIamName', () => {
  it.each([
    ['the shortest name', 'a', {}],
    ['the longest name', 'x'.repeat(64), {}],
    ['a name and a prefix of 64 characters', 'x'.repeat(60), { namePrefix: 'pre-' }],
    ['a name and a hash of 64 characters', 'x'.repeat(57), { path: '/a/' }],
    ['a long path', 'a', { path: `/${'x'.repeat(510)}/` }],
    ['a boundary of AWS', 'a', { permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' }],
    [
      'a boundary with a path in another partition',
      'a',
      { permissionsBoundary: 'arn:aws-us-gov:iam::111122223333:policy/org/teams/boundary' },
    ],
    [
      'what only Terraform knows',
      Fn.lower('A'),
      { path: Fn.lower('/A/'), permissionsBoundary: Fn.lower('B'), namePrefix: Fn.lower('C') },
    ],
  ])('takes %s', (_, name, options) => {
    expect(problems([], name, options)).toEqual([]);
  });

  it.each(['', 'eks/', '/eks', '//', '/a//b/', '/a b/', '/ä/', `/${'x'.repeat(511)}/`])(
    'refuses the path %j',
    (path) => {
      expect(problems([], 'a', { path })).toEqual([`\`iam.path\` iam-path: ${showValue(path)}`]);
    },
  );

  it.each([
    'boundary',
    'arn:aws:iam::111122223333:role/boundary',
    'arn:aws:iam::1111:policy/boundary',
    'arn:aws:iam::111122223333:policy/',
    'arn:aws:iam::111122223333:policy/a b',
  ])('refuses the boundary %j', (permissionsBoundary) => {
    expect(problems([], 'a', { permissionsBoundary })).toEqual([
      `\`iam.permissionsBoundary\` policy-arn: "${permissionsBoundary}"`,
    ]);
  });

  it.each(['', 'a/', 'a b'])('refuses the prefix %j', (namePrefix) => {
    expect(problems(['nodes'], 'a', { namePrefix })).toEqual([
      `\`nodes.iam.namePrefix\` role-name-prefix: "${namePrefix}"`,
    ]);
  });

  it('lists all that is wrong with the options', () => {
    expect(problems([], 'a', { path: 'a', namePrefix: ' ' })).toHaveLength(2);
  });

  it.each([
    ['the prefix', 'x'.repeat(61), { namePrefix: 'pre-' }, `pre-${'x'.repeat(61)}`],
    ['the hash', 'x'.repeat(58), { path: '/a/' }, iamName('x'.repeat(58), { path: '/a/' })],
  ])('refuses a name that is too long with %s', (_, name, options, whole) => {
    expect(problems([], name, options)).toEqual([`\`name\` role-name: "${whole}"`]);
    expect(checkIamName([], name, options).map(adviceOf)).toEqual([
      'shorten it: `iam.namePrefix` and a hash of `iam.path` are added to it',
    ]);
  });

  it('gives no advice about options that are not there', () => {
    expect(problems([], 'a b')).toEqual(['`name` role-name: "a b"']);
    expect(checkIamName([], 'a b').map(adviceOf)).toEqual(['']);
  });
});

describe('longestName', () => {
  it('is the one that is the first to be too long', () => {
    expect(longestName(['ab', 'abcd', 'abc', 'efgh'])).toBe('abcd');
    expect(longestName([])).toBe('');
  });
});
