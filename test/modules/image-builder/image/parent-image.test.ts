import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { checkParentImage } from '../../../../modules/image-builder/image/parent-image';
import { outline } from '../../../support/problem';

const IMAGE = 'arn:aws:imagebuilder:us-east-1:111122223333:image/windows';

describe('checkParentImage', () => {
  it.each([
    'ami-01234567',
    'ami-0123456789abcdef0',
    'ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
    'ssm:arn:aws:ssm:us-east-1:111122223333:parameter/golden/ami',
    `${IMAGE}/1.0.0`,
    `${IMAGE}/1.0.0/3`,
    `${IMAGE}/x.x.x`,
    'arn:aws:imagebuilder:us-east-1:aws:image/windows-server-2022-english-core-base-x86/2026.x.x',
    'arn:aws-us-gov:imagebuilder:us-gov-west-1:111122223333:image/windows/1.x.x',
    Fn.upper('a'),
  ])('takes %s', (value) => {
    expect(checkParentImage(['parentImage'], value)).toEqual([]);
  });

  it.each([
    '',
    'ami-0123',
    'ami-0123456G',
    'ssm:',
    'ssm:/with blank',
    '/aws/service/ami-windows-latest/x',
    'resolve:ssm:/golden/ami',
    IMAGE,
    `${IMAGE}/1.0`,
    `${IMAGE}/latest`,
    'arn:aws:imagebuilder:us-east-1:111122223333:image-recipe/windows/1.0.0',
    'arn:aws:imagebuilder:us-east-1:111122223333:image/Windows/1.0.0',
    'ami-01234567\n',
  ])('refuses %j', (value) => {
    expect(checkParentImage(['parentImage'], value).map(outline)).toEqual([
      `\`parentImage\` parent-image: ${JSON.stringify(value)}`,
    ]);
  });
});
