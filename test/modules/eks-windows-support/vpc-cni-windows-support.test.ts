import { describe, expect, it } from '@jest/globals';
import { TerraformOutput } from 'cdktf';
import { type PlanCondition, TerraformData } from '../../../modules/core';
import { EksCluster } from '../../../modules/eks-windows-nodes';
import { WindowsSupport, type WindowsSupportProps } from '../../../modules/eks-windows-support';
import { refusedBy } from '../../support/problem';
import { Template } from '../../support/template';
import { evaluate } from '../../support/terraform-console';
import { describeWith } from '../../support/tools';

const CLUSTER = 'data.aws_eks_cluster.Cluster_EB0386A7';
const KNOWN = { name: 'demo', roleArn: 'arn:aws:iam::1:role/eks/cluster', ipFamily: 'ipv4' };

const synth = (props: Partial<WindowsSupportProps> = {}): Template =>
  Template.of((stack) => {
    const cluster = new EksCluster(stack, 'Cluster', { clusterName: 'demo' });
    const support = new WindowsSupport(stack, 'Support', { cluster, mode: 'manage', ...props });
    const { conditions } = support;
    new TerraformOutput(stack, 'Out', { value: { conditions } });
    new TerraformData(stack, 'Nodes', { triggersReplace: {}, dependsOn: support.ready });
  });

const conditionsOf = (template: Template): PlanCondition[] =>
  (template.part('output')['Out'] as { value: { conditions: PlanCondition[] } }).value.conditions;

describe('WindowsSupport that manages', () => {
  it('lets the add-on give addresses to Windows pods, and leaves it there at a destroy', () => {
    expect(synth().resource('aws_eks_addon')).toEqual({
      cluster_name: 'demo',
      addon_name: 'vpc-cni',
      configuration_values: '{"enableWindowsIpam":"true"}',
      resolve_conflicts_on_create: 'NONE',
      resolve_conflicts_on_update: 'PRESERVE',
      preserve: true,
    });
  });

  it('keeps the other configuration of the add-on, in one order of keys', () => {
    const template = synth({
      configuration: { env: { A: '${x}' }, enableNetworkPolicy: 'true' },
      vpcCni: {
        prefixDelegation: true,
        warmPrefixTarget: 1,
        warmIpTarget: 2,
        minimumIpTarget: 4,
      },
      addonVersion: 'v1.20.4-eksbuild.2',
      tags: { Team: 'windows' },
    });
    expect(template.resource('aws_eks_addon')).toMatchObject({
      configuration_values: JSON.stringify({
        enableNetworkPolicy: 'true',
        enableWindowsIpam: 'true',
        enableWindowsPrefixDelegation: 'true',
        env: { A: '$${x}' },
        minimumWindowsIPTarget: 4,
        warmWindowsIPTarget: 2,
        warmWindowsPrefixTarget: 1,
      }),
      addon_version: 'v1.20.4-eksbuild.2',
      tags: { Team: 'windows' },
    });
  });

  it('refuses what it would write over', () => {
    const configuration = { enableWindowsIpam: 'false', env: {} };
    expect(refusedBy(() => synth({ configuration }))).toEqual([
      '`configuration.enableWindowsIpam` vpc-cni-key-twice: "false"',
    ]);
  });

  it("lets the cluster's role manage addresses", () => {
    expect(synth().resource('aws_iam_role_policy_attachment')).toEqual({
      role: `\${replace(${CLUSTER}.role_arn, "/^.*//", "")}`,
      policy_arn: expect.stringMatching(
        /^arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::aws:policy\/AmazonEKSVPCResourceController$/,
      ),
    });
    const known = synth({ cluster: KNOWN }).resource('aws_iam_role_policy_attachment');
    expect(known['role']).toBe('cluster');
  });

  it('is ready when both are there', () => {
    expect(synth().resource('terraform_data')['depends_on']).toEqual([
      expect.stringMatching(/^aws_iam_role_policy_attachment\./),
      expect.stringMatching(/^aws_eks_addon\./),
    ]);
  });
});

describe('WindowsSupport that checks', () => {
  it('makes nothing', () => {
    const template = synth({ mode: 'check' });
    expect(template.counts()).toEqual({ terraform_data: 1 });
    expect(template.data('aws_eks_addon')).toEqual({
      cluster_name: 'demo',
      addon_name: 'vpc-cni',
    });
  });

  it('tells what is missing, and how to add it', () => {
    const messages = conditionsOf(synth({ mode: 'check' })).map((one) => one.errorMessage);
    expect(messages).toEqual([
      `Cluster demo gives pods \${${CLUSTER}.kubernetes_network_config[0].ip_family} addresses, and EKS has none of those for Windows pods. Windows nodes need a cluster of the IP family ipv4, which cannot be changed.`,
      'The VPC CNI add-on of cluster demo does not have enableWindowsIpam true in its configuration values. Add {"enableWindowsIpam":"true"} to what stands there (aws eks describe-addon --cluster-name demo --addon-name vpc-cni), and write all of it: aws eks update-addon --cluster-name demo --addon-name vpc-cni --resolve-conflicts PRESERVE --configuration-values \'<all values>\'',
    ]);
  });

  it('needs no check of an IP family that is known', () => {
    expect(conditionsOf(synth({ cluster: KNOWN }))).toEqual([]);
  });
});

describe('what WindowsSupport refuses', () => {
  it.each<[string, Partial<WindowsSupportProps>]>([
    ['`mode` one-of: "off"', { mode: 'off' as 'check' }],
    ['`cluster.ipFamily` one-of: "ipv6"', { cluster: { ...KNOWN, ipFamily: 'ipv6' } }],
    ['`vpcCni.warmIpTarget` integer-range: -1', { vpcCni: { warmIpTarget: -1 } }],
    ['`vpcCni.warmPrefixTarget` vpc-cni-targets: 1', { vpcCni: { warmPrefixTarget: 1 } }],
  ])('%s', (line, props) => {
    expect(refusedBy(() => synth(props))).toEqual([line]);
  });
});

describeWith(['terraform'], 'the condition on the add-on', () => {
  it.each([
    ['{"enableWindowsIpam":"true","env":{"A":"1"}}', true],
    ['{"enableWindowsIpam":true}', true],
    ['enableWindowsIpam: "true"\n', true],
    ['{"enableWindowsIpam":"false"}', false],
    ['{"env":{"A":"1"}}', false],
    ['', false],
    [null, false],
  ])('for %j is %s', (configured, expected) => {
    const [, addon] = conditionsOf(synth({ mode: 'check' }));
    const holds = String(addon?.condition).replace(
      /data\.aws_eks_addon\.\w+\.configuration_values/,
      'local.configured',
    );
    expect(evaluate('local.holds', { locals: { holds, configured } })).toBe(expected);
  });
});
