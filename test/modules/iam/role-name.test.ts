import { describe, expect, it } from '@jest/globals';
import { Fn, Token } from 'cdktf';
import { formatProblem } from '../../../modules/core';
import { checkIamName, iamName, longestName } from '../../../modules/iam';

const problems = (...args: Parameters<typeof checkIamName>): string[] =>
  checkIamName(...args).map(formatProblem);

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
      const [only, ...others] = problems([], 'a', { path });
      expect(others).toEqual([]);
      expect(only?.slice(0, 110)).toBe(
        '`iam.path` must be an IAM path of 1 to 512 characters such as / or /eks/windows/, got: ' +
          JSON.stringify(path).slice(0, 23),
      );
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
      `\`iam.permissionsBoundary\` must be the ARN of a policy such as ${BOUNDARY}, got: "${permissionsBoundary}"`,
    ]);
  });

  it.each(['', 'a/', 'a b'])('refuses the prefix %j', (namePrefix) => {
    expect(problems(['nodes'], 'a', { namePrefix })).toEqual([
      `\`nodes.iam.namePrefix\` must be 1 to 63 letters, digits and _+=,.@-, got: "${namePrefix}"`,
    ]);
  });

  it('lists all that is wrong with the options', () => {
    expect(problems([], 'a', { path: 'a', namePrefix: ' ' })).toHaveLength(2);
  });

  it.each([
    ['the prefix', 'x'.repeat(61), { namePrefix: 'pre-' }, `pre-${'x'.repeat(61)}`],
    ['the hash', 'x'.repeat(58), { path: '/a/' }, iamName('x'.repeat(58), { path: '/a/' })],
  ])('refuses a name that is too long with %s', (_, name, options, whole) => {
    expect(problems([], name, options)).toEqual([
      '`name` must be 1 to 64 letters, digits and _+=,.@-, got: ' +
        `"${whole}"; shorten it: \`iam.namePrefix\` and a hash of \`iam.path\` are added to it`,
    ]);
  });

  it('gives no advice about options that are not there', () => {
    expect(problems([], 'a b')).toEqual([
      '`name` must be 1 to 64 letters, digits and _+=,.@-, got: "a b"',
    ]);
  });
});

describe('longestName', () => {
  it('is the one that is the first to be too long', () => {
    expect(longestName(['ab', 'abcd', 'abc', 'efgh'])).toBe('abcd');
    expect(longestName([])).toBe('');
  });
});
