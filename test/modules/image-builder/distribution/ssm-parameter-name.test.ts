import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { checkParameterName } from '../../../../modules/image-builder/distribution/ssm-parameter-name';
import { outline } from '../../../support/problem';

describe('checkParameterName', () => {
  it('takes 1,011 characters and no more', () => {
    const name = `/windows/${'x'.repeat(1002)}`;
    expect(checkParameterName(['name'], name)).toEqual([]);
    expect(checkParameterName(['name'], `${name}x`)).toHaveLength(1);
  });

  it.each([
    '/a/b',
    '/windows/ami-id',
    '/A_b.c-1/2',
    `/1${'/x'.repeat(14)}`,
    '/team/aws/ami',
    '/team/ssm',
    Fn.upper('a'),
  ])('takes %s', (name) => {
    expect(checkParameterName(['name'], name)).toEqual([]);
  });

  it.each([
    '',
    '/',
    'windows/ami-id',
    '/windows/',
    '/windows//ami',
    '/windows/ami id',
    '/windows/ämi',
    '/windows/ami\n',
    `/1${'/x'.repeat(15)}`,
    '/aws/ami',
    '/AWS/ami',
    '/ssm/ami',
    '/Ssm/ami',
    '/aws/service/ami-windows-latest/x',
  ])('refuses %j', (name) => {
    expect(checkParameterName(['name'], name).map(outline)).toEqual([
      `\`name\` ami-parameter-name: ${JSON.stringify(name)}`,
    ]);
  });
});
