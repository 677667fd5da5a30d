import { describe, expect, it } from '@jest/globals';
import { TerraformLocal, TerraformVariable, Token } from 'cdktf';
import { maxWindowsPods } from '../../../../modules/eks-windows-nodes';
import { checkNodeBootstrap } from '../../../../modules/eks-windows-nodes/bootstrap/node-bootstrap';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';
import { evaluate, valuesOf } from '../../../support/terraform-console';
import { describeWith } from '../../../support/tools';

describe('maxWindowsPods', () => {
  // https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-win.html has c5.large.
  it.each([
    ['c5.large', { ipv4AddressesPerInterface: 10 }, 9],
    ['m5.xlarge', { ipv4AddressesPerInterface: 15 }, 14],
    ['c5.large with prefixes', { ipv4AddressesPerInterface: 10, prefixDelegation: true }, 110],
    ['t3.small with prefixes', { ipv4AddressesPerInterface: 4, prefixDelegation: true }, 48],
    [
      'a large type with prefixes',
      { ipv4AddressesPerInterface: 50, prefixDelegation: true, vcpus: 96 },
      250,
    ],
    ['a large type', { ipv4AddressesPerInterface: 50, vcpus: 30 }, 49],
    [
      'a type that is not yet large',
      { ipv4AddressesPerInterface: 50, prefixDelegation: true, vcpus: 29 },
      110,
    ],
  ])('reckons with the addresses of one network interface: %s', (_name, capacity, pods) => {
    expect(maxWindowsPods(capacity)).toBe(pods);
  });

  const template = (): Template =>
    Template.of((stack) => {
      const { numberValue } = new TerraformVariable(stack, 'n', { type: 'number', default: 4 });
      const capacity = { ipv4AddressesPerInterface: numberValue };
      const prefixes = { ...capacity, prefixDelegation: true };
      new TerraformLocal(stack, 'Single', Token.asString(maxWindowsPods(capacity)));
      new TerraformLocal(stack, 'Prefixes', Token.asString(maxWindowsPods(prefixes)));
    });

  it('leaves the reckoning to Terraform where only Terraform knows the addresses', () => {
    expect(template().part('locals')).toEqual({
      Single: '${min(((var.n - 1) * 1), 110)}',
      Prefixes: '${min(((var.n - 1) * 16), 110)}',
    });
  });

  describeWith(['terraform'], 'reckoned by Terraform', () => {
    it('comes to the same', () => {
      const values = valuesOf(template());
      expect([evaluate('local.Single', values), evaluate('local.Prefixes', values)]).toEqual([
        3, 48,
      ]);
    });
  });
});

describe('a number of pods', () => {
  it.each([1, 110, 250, Token.asNumber('${local.pods}')])('may be %s', (maxPods) => {
    expect(checkNodeBootstrap({ maxPods })).toEqual([]);
  });

  it.each([0, 251, 1.5])('is not %s', (maxPods) => {
    expect(checkNodeBootstrap({ maxPods }).map(outline)).toEqual([
      `\`maxPods\` integer-range: ${maxPods}`,
    ]);
  });
});
