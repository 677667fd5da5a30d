import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { eksComponentVersion } from '../../../modules/windows-base';
import { checkBaseRoute } from '../../../modules/windows-base/base-route';
import { outline } from '../../support/problem';

const EKS = 'arn:aws:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.32.x';
const OTHER = 'arn:aws:imagebuilder:us-east-1:aws:component/update-windows/x.x.x';

const texts = (...input: [Parameters<typeof checkBaseRoute>[1], readonly string[]]) =>
  checkBaseRoute(['components'], ...input).map(outline);

describe('eksComponentVersion', () => {
  it('takes the newest of a Kubernetes minor version', () => {
    expect(eksComponentVersion('1.32')).toBe('1.32.x');
  });
});

describe('checkBaseRoute', () => {
  it.each([
    ['eks-optimized', []],
    ['eks-optimized', [OTHER]],
    ['eks-optimized', [`${OTHER}/eks-optimized-ami-windows`]],
    ['eks-optimized', [EKS.replace('-windows/', '-windows-mine/')]],
    ['plain', [EKS]],
    ['plain', [EKS, OTHER]],
    ['own', []],
    ['own', [EKS]],
  ] as const)('takes %s with %j', (route, arns) => {
    expect(texts(route, arns)).toEqual([]);
  });

  it('finds the component in an ARN of which only Terraform knows a part', () => {
    const arn = `arn:${Fn.upper('aws')}:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.32.x`;
    expect(texts('plain', [arn])).toEqual([]);
    expect(texts('eks-optimized', [arn])).toHaveLength(1);
  });

  it('says which to drop when both bring the parts of EKS', () => {
    expect(texts('eks-optimized', [OTHER, EKS])).toEqual([
      '`components[1]` eks-component-not-needed: "eks-optimized-ami-windows"',
    ]);
  });

  it('says what is missing when none does', () => {
    expect(texts('plain', [OTHER])).toEqual(['`components` eks-component-needed: 1']);
  });

  it.each(['plain', 'own'] as const)('refuses the component twice on %s', (route) => {
    expect(texts(route, [EKS, OTHER, EKS])).toEqual([
      '`components[2]` unique: "eks-optimized-ami-windows"',
    ]);
  });
});
