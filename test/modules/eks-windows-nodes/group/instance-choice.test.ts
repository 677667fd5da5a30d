import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { InstanceChoice, InstancesDistribution } from '../../../../modules/eks-windows-nodes';
import {
  buildInstanceChoice,
  checkInstanceChoice,
} from '../../../../modules/eks-windows-nodes/group/instance-choice';
import { outline } from '../../../support/problem';
import { Template } from '../../../support/template';

const TEMPLATE = { id: 'lt-0123456789abcdef0', latestVersion: '3' };
const SPECIFICATION = { launchTemplateId: 'lt-0123456789abcdef0', version: '3' };
const TWO = ['m7i.xlarge', 'm7i.2xlarge'];

const build = (choice: Partial<InstanceChoice>) =>
  buildInstanceChoice({ instanceTypes: ['m7i.xlarge'], ...choice }, TEMPLATE);
const problems = (choice: Partial<InstanceChoice>): string[] =>
  checkInstanceChoice({ instanceTypes: ['m7i.xlarge'], ...choice }).map(outline);
const distributionProblems = (instancesDistribution: InstancesDistribution): string[] =>
  problems({ instancesDistribution });

describe('buildInstanceChoice', () => {
  it('needs a launch template only for one type on demand', () => {
    expect(build({})).toEqual({ launchTemplate: { id: TEMPLATE.id, version: '3' } });
  });

  it('lists several types and says nothing about Spot', () => {
    expect(build({ instanceTypes: TWO })).toEqual({
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: SPECIFICATION,
          override: [{ instanceType: 'm7i.xlarge' }, { instanceType: 'm7i.2xlarge' }],
        },
      },
    });
  });

  it('launches a single type on Spot through a policy, with every default written down', () => {
    expect(build({ instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } })).toEqual({
      mixedInstancesPolicy: {
        instancesDistribution: {
          onDemandBaseCapacity: 0,
          onDemandPercentageAboveBaseCapacity: 0,
          onDemandAllocationStrategy: 'prioritized',
          spotAllocationStrategy: 'price-capacity-optimized',
        },
        launchTemplate: {
          launchTemplateSpecification: SPECIFICATION,
          override: [{ instanceType: 'm7i.xlarge' }],
        },
      },
    });
  });

  it('takes everything of a distribution', () => {
    const instancesDistribution: InstancesDistribution = {
      onDemandBaseCapacity: 2,
      onDemandPercentageAboveBaseCapacity: 50,
      onDemandAllocationStrategy: 'lowest-price',
      spotAllocationStrategy: 'lowest-price',
      spotInstancePools: 4,
      spotMaxPrice: '0.25',
    };
    expect(build({ instancesDistribution }).mixedInstancesPolicy?.instancesDistribution).toEqual(
      instancesDistribution,
    );
  });

  it('gives each type its weight', () => {
    const weightedCapacities = { 'm7i.2xlarge': 2, 'm7i.xlarge': 1 };
    const { mixedInstancesPolicy: policy } = build({ instanceTypes: TWO, weightedCapacities });
    expect(policy?.launchTemplate.override).toEqual([
      { instanceType: 'm7i.xlarge', weightedCapacity: '1' },
      { instanceType: 'm7i.2xlarge', weightedCapacity: '2' },
    ]);
  });
});

describe('checkInstanceChoice', () => {
  it.each<InstancesDistribution>([
    {},
    { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 },
    { onDemandBaseCapacity: 5000 },
    { spotAllocationStrategy: 'lowest-price', spotInstancePools: 20 },
    { spotMaxPrice: '1' },
    { spotMaxPrice: '0.000001' },
  ])('takes %j', (distribution) => {
    expect(distributionProblems(distribution)).toEqual([]);
  });

  it.each<readonly [InstancesDistribution, string]>([
    [
      { onDemandBaseCapacity: -1 },
      '`instancesDistribution.onDemandBaseCapacity` integer-range: -1',
    ],
    [
      { onDemandPercentageAboveBaseCapacity: 101 },
      '`instancesDistribution.onDemandPercentageAboveBaseCapacity` integer-range: 101',
    ],
    [
      { onDemandAllocationStrategy: 'capacity-optimized' as never },
      '`instancesDistribution.onDemandAllocationStrategy` one-of: "capacity-optimized"',
    ],
    [
      { spotAllocationStrategy: 'diversified' as never },
      '`instancesDistribution.spotAllocationStrategy` one-of: "diversified"',
    ],
    [
      { spotAllocationStrategy: 'lowest-price', spotInstancePools: 21 },
      '`instancesDistribution.spotInstancePools` integer-range: 21',
    ],
    [{ spotInstancePools: 2 }, '`instancesDistribution.spotInstancePools` spot-pools: 2'],
    ...['0', '0.0', '-1', '$1', '1e3', ''].map((price): [InstancesDistribution, string] => [
      { spotMaxPrice: price },
      `\`instancesDistribution.spotMaxPrice\` spot-max-price: ${JSON.stringify(price)}`,
    ]),
  ])('refuses %j', (distribution, problem) => {
    expect(distributionProblems(distribution)).toEqual([problem]);
  });

  it('asks for a weight for every type', () => {
    const weightedCapacities = { 'm7i.xlarge': 1000 };
    expect(problems({ instanceTypes: TWO, weightedCapacities })).toEqual([
      '`weightedCapacities["m7i.xlarge"]` integer-range: 1000',
      '`weightedCapacities["m7i.2xlarge"]` type-without-weight: nothing',
    ]);
  });

  it('refuses the weight of another type, which may be meant for one without', () => {
    const weightedCapacities = { 'm7i.xlarge': 1, 'm6i.large': 1 };
    expect(problems({ instanceTypes: TWO, weightedCapacities })).toEqual([
      '`weightedCapacities["m6i.large"]` weight-without-type: 1',
    ]);
  });

  it('lets pass what only Terraform knows, but not a whole map', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { numberValue, stringValue } = new TerraformVariable(stack, 'value', {});
    const distribution: InstancesDistribution = {
      onDemandBaseCapacity: numberValue,
      onDemandPercentageAboveBaseCapacity: numberValue,
      spotAllocationStrategy: stringValue as never,
      spotInstancePools: numberValue,
      spotMaxPrice: stringValue,
    };
    const weightedCapacities = { 'm7i.xlarge': numberValue };
    expect(problems({ instancesDistribution: distribution, weightedCapacities })).toEqual([]);
  });

  it('holds weights against the types that are known', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { stringValue, listValue } = new TerraformVariable(stack, 'types', {});
    const weightedCapacities = { 'm6i.large': 1 };
    expect(problems({ instanceTypes: listValue, weightedCapacities })).toEqual([]);
    expect(problems({ instanceTypes: [stringValue, 'm7i.xlarge'], weightedCapacities })).toEqual([
      '`weightedCapacities["m7i.xlarge"]` type-without-weight: nothing',
    ]);
  });

  it('writes a weight that only Terraform knows as an expression', () => {
    const template = Template.of((stack) => {
      const { numberValue } = new TerraformVariable(stack, 'weight', { type: 'number' });
      const choice = build({ weightedCapacities: { 'm7i.xlarge': numberValue } });
      new AutoscalingGroup(stack, 'Group', { minSize: 0, maxSize: 1, ...choice });
    });
    const group = template.resource('aws_autoscaling_group');
    expect(group['mixed_instances_policy']).toMatchObject({
      launch_template: {
        override: [{ instance_type: 'm7i.xlarge', weighted_capacity: '${var.weight}' }],
      },
    });
  });
});
