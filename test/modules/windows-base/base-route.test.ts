import { describe, expect, it } from '@jest/globals';
import { Fn } from 'cdktf';
import { formatProblem } from '../../../modules/core';
import { eksComponentVersion } from '../../../modules/windows-base';
import { checkBaseRoute } from '../../../modules/windows-base/base-route';

const EKS = 'arn:aws:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.32.x';
const OTHER = 'arn:aws:imagebuilder:us-east-1:aws:component/update-windows/x.x.x';

const texts = (...input: [Parameters<typeof checkBaseRoute>[1], readonly string[]]) =>
  checkBaseRoute(['components'], ...input).map(formatProblem);

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
      '`components[1]` must not install EKS on an EKS optimized AMI, which has it already, ' +
        'got: "eks-optimized-ami-windows"; drop this component, or start from a plain Windows Server',
    ]);
  });

  it('says what is missing when none does', () => {
    expect(texts('plain', [OTHER])).toEqual([
      '`components` must have eks-optimized-ami-windows on a plain Windows Server, got: 1; ' +
        'add it, or start from an EKS optimized AMI',
    ]);
  });

  it.each(['plain', 'own'] as const)('refuses the component twice on %s', (route) => {
    expect(texts(route, [EKS, OTHER, EKS])).toEqual([
      '`components[2]` must be named once, got: "eks-optimized-ami-windows"; remove the repetition',
    ]);
  });
});
