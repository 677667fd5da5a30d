import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { ClusterAutoscaler, Taint } from '../../../../modules/eks-windows-nodes';
import {
  buildClusterAutoscalerTags,
  checkClusterAutoscaler,
} from '../../../../modules/eks-windows-nodes/group/cluster-autoscaler';
import { outline } from '../../../support/problem';

const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';

const problems = (
  autoscaler: ClusterAutoscaler,
  nodes: { labels?: Record<string, string>; taints?: Taint[] } = {},
): string[] => checkClusterAutoscaler(['clusterAutoscaler'], autoscaler, nodes).map(outline);

describe('buildClusterAutoscalerTags', () => {
  it('names the cluster, and says that the nodes are Windows', () => {
    expect(buildClusterAutoscalerTags({ clusterName: 'shop' })).toEqual({
      'k8s.io/cluster-autoscaler/enabled': 'true',
      'k8s.io/cluster-autoscaler/shop': 'owned',
      [`${TEMPLATE}/label/kubernetes.io/os`]: 'windows',
    });
  });

  it('tells labels, taints and resources', () => {
    const nodes = {
      clusterName: 'shop',
      labels: { 'acme.com/tier': 'web' },
      taints: [
        { key: 'os', value: 'windows', effect: 'NoSchedule' },
        { key: 'acme.com/batch', effect: 'PreferNoSchedule' },
      ],
    } as const;
    const tags = buildClusterAutoscalerTags(nodes, {
      labels: { 'node.kubernetes.io/windows-build': '10.0.20348' },
      resources: { 'vpc.amazonaws.com/PrivateIPv4Address': '14' },
    });
    expect(tags).toEqual({
      'k8s.io/cluster-autoscaler/enabled': 'true',
      'k8s.io/cluster-autoscaler/shop': 'owned',
      [`${TEMPLATE}/label/kubernetes.io/os`]: 'windows',
      [`${TEMPLATE}/label/acme.com/tier`]: 'web',
      [`${TEMPLATE}/label/node.kubernetes.io/windows-build`]: '10.0.20348',
      [`${TEMPLATE}/taint/os`]: 'windows:NoSchedule',
      [`${TEMPLATE}/taint/acme.com/batch`]: ':PreferNoSchedule',
      [`${TEMPLATE}/resources/vpc.amazonaws.com/PrivateIPv4Address`]: '14',
    });
  });
});

describe('checkClusterAutoscaler', () => {
  it.each(['14', '0', '1.5', '500m', '100Gi', '2k'])('takes the quantity %s', (quantity) => {
    expect(problems({ resources: { 'ephemeral-storage': quantity } })).toEqual([]);
  });

  it.each(['', 'many', '-1', '1 Gi', '1g'])('refuses the quantity %j', (quantity) => {
    expect(problems({ resources: { gpu: quantity } })).toEqual([
      `\`clusterAutoscaler.resources.gpu\` kubernetes-quantity: ${JSON.stringify(quantity)}`,
    ]);
  });

  it('refuses keys that are too long for a tag', () => {
    const key = (length: number) => 'k'.repeat(length);
    expect(
      problems(
        { labels: { [key(82)]: '' }, resources: { [key(78)]: '1' } },
        { labels: { [key(82)]: '' }, taints: [{ key: key(82), effect: 'NoExecute' }] },
      ),
    ).toEqual([]);
    expect(
      problems(
        { labels: { [key(83)]: '' }, resources: { [key(79)]: '1' } },
        { labels: { [key(84)]: '' }, taints: [{ key: key(83), effect: 'NoExecute' }] },
      ),
    ).toEqual([
      `\`labels.${key(84)}\` autoscaler-tag-length: 84`,
      '`taints[0].key` autoscaler-tag-length: 83',
      `\`clusterAutoscaler.labels.${key(83)}\` autoscaler-tag-length: 83`,
      `\`clusterAutoscaler.resources.${key(79)}\` autoscaler-tag-length: 79`,
    ]);
  });

  it('refuses two taints with one key, of which a tag could tell one only', () => {
    const taints: Taint[] = [
      { key: 'os', effect: 'NoSchedule' },
      { key: 'os', effect: 'NoExecute' },
    ];
    expect(problems({}, { taints })).toEqual(['`taints[1].key` autoscaler-taint: "os"']);
  });

  it('takes values that only Terraform knows, but not a whole map', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { stringValue } = new TerraformVariable(stack, 'value', {});
    const map = new TerraformVariable(stack, 'map', {});
    expect(problems({ labels: { a: stringValue }, resources: { b: stringValue } })).toEqual([]);
    expect(problems({ labels: map.value })).toEqual([
      '`clusterAutoscaler.labels` known-keys: "a reference"',
    ]);
  });
});
