import { describe, expect, it } from '@jest/globals';
import type { Change } from '../app/full-environment';
import { EXAMPLE_TEXT } from '../app/temporary-project';
import { expectGolden } from '../support/golden';
import type { Template } from '../support/template';
import {
  addressOf,
  SECOND_GROUP,
  synthesizeEnvironment,
  synthesizeText,
  WITHOUT_FAST_LAUNCH,
} from './synthesized-environment';

const OWN_AMI: Change = ['ami: built', 'ami: { imageId: ami-0123456789abcdef0 }'];
const AMAZON_AMI: Change = ['ami: built', 'ami: eks-optimized'];

/** A group's launch template, by the group's name. */
function launchTemplateOf(nodes: Template, group: string) {
  const name = `example-windows-nodes-${group}`;
  const found = Object.values(nodes.resources('aws_launch_template'));
  const template = found.find((one) => one['name'] === name);
  if (template === undefined) throw new Error(`there is no launch template ${name}`);
  return template;
}

/** The `terraform_data` of one Fast Launch step. */
function step(nodes: Template, name: 'Owner' | 'Enable' | 'Sweep') {
  const address = addressOf(nodes, 'terraform_data', `FastLaunch_${name}`);
  return nodes.resources('terraform_data')[address.replace('terraform_data.', '')];
}

/** One of the look-ups by which the guard knows the AMI. */
function lookUp(nodes: Template, id: string) {
  const address = addressOf(nodes, 'data.aws_ami_ids', `AmiGuard_${id}`);
  return nodes.dataSources('aws_ami_ids')[address.replace('data.aws_ami_ids.', '')];
}

/** How the AMI is referred to that the image stack has built. */
const builtAmi = (nodes: Template): string =>
  `\${${addressOf(nodes, 'data.aws_ssm_parameter', 'BuiltAmi')}.insecure_value}`;

describe('WindowsNodesStack', () => {
  it('consists of these addresses for the example: another one is destroyed and made anew', () => {
    const { nodes } = synthesizeText(EXAMPLE_TEXT);
    expectGolden('addresses/example-windows-nodes.txt', `${nodes.addresses().join('\n')}\n`);
  });

  it('puts out the AMI and the names of the groups', () => {
    const { nodes } = synthesizeEnvironment(SECOND_GROUP);
    const group = (name: string): string =>
      `\${${addressOf(nodes, 'aws_autoscaling_group', `Group-${name}_AutoScalingGroup`)}.name}`;
    expect(nodes.part('output')).toEqual({
      ami_id: { value: builtAmi(nodes) },
      auto_scaling_groups: { value: [group('batch'), group('apps')] },
      fast_launch_cost: {
        value:
          '5 snapshots of up to 100 GiB in us-east-1: at most about 25 USD a month (0.05 per GiB-month in 2026-09); also billed: t3.xlarge instances that prepare them, up to 6 at once for some minutes, again after each launch; while the AMI changes, the snapshots of both AMIs',
      },
    });
  });

  it('finds the cluster by its name, and makes the role for it', () => {
    const { nodes } = synthesizeEnvironment(['cluster: { name: example', 'cluster: { name: shop']);
    expect(nodes.data('aws_eks_cluster')).toEqual({ name: 'shop' });
    expect(nodes.resource('aws_eks_access_entry')['cluster_name']).toBe('shop');
    expect(nodes.resource('aws_iam_role')['name']).toBe('example-windows-nodes');
  });
});

describe('the AMI of the nodes', () => {
  /** The AMI wherever it is used: guard, launch template, Fast Launch, output. */
  function amiUses(nodes: Template): unknown[] {
    return [
      lookUp(nodes, 'Found')?.['filter'],
      launchTemplateOf(nodes, 'apps')['image_id'],
      nodes.part('output')['ami_id'],
    ];
  }
  const usesOf = (ami: string): unknown[] => [
    [{ name: 'image-id', values: [ami] }],
    ami,
    { value: ami },
  ];

  it('is the built one, read from the parameter, and the image stack comes first', () => {
    const { nodes, nodesDependencies } = synthesizeEnvironment();
    expect(nodes.data('aws_ssm_parameter')).toEqual({
      name: '/imagebuilder/example-windows/ami-id',
    });
    const ami = builtAmi(nodes);
    expect(amiUses(nodes)).toEqual(usesOf(ami));
    expect(step(nodes, 'Enable')?.['triggers_replace']).toMatchObject({ ami_id: ami });
    expect(nodesDependencies).toEqual(['example-windows-image']);
  });

  it('is an older version of the built one, and the nodes wait for no new one', () => {
    const { nodes, nodesDependencies } = synthesizeEnvironment([
      'ami: built',
      'ami: { builtVersion: 3 }',
    ]);
    expect(nodes.data('aws_ssm_parameter')).toEqual({
      name: '/imagebuilder/example-windows/ami-id:3',
    });
    expect(amiUses(nodes)).toEqual(usesOf(builtAmi(nodes)));
    expect(nodesDependencies).toEqual([]);
  });

  it.each([
    ['the built one', builtAmi, [] as readonly Change[]],
    ['one that the file names', () => 'ami-0123456789abcdef0', [OWN_AMI]],
  ])('is marked as in use before nodes start from it: %s', (_, ami, changes) => {
    const { nodes } = synthesizeEnvironment(...changes);
    expect(nodes.resource('aws_ec2_tag')).toEqual({
      resource_id: ami(nodes),
      key: 'cdktf-eks-windows-ami:in-use-by:example-windows-nodes',
      value: 'true',
      lifecycle: { create_before_destroy: true },
    });
    expect(launchTemplateOf(nodes, 'apps')['depends_on']).toContain(
      addressOf(nodes, 'aws_ec2_tag', 'AmiInUse'),
    );
  });

  it("is not marked when it is Amazon's", () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, AMAZON_AMI);
    expect(nodes.resources('aws_ec2_tag')).toEqual({});
  });

  it("is Amazon's, read from Amazon's parameter, and no stack has to come first", () => {
    const { nodes, nodesDependencies } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH, AMAZON_AMI);
    expect(nodes.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
    });
    const parameter = addressOf(nodes, 'data.aws_ssm_parameter', 'EksAmi');
    expect(amiUses(nodes)).toEqual(usesOf(`\${${parameter}.insecure_value}`));
    expect(nodesDependencies).toEqual([]);
  });

  it('is one that the file names, without a parameter, and no stack has to come first', () => {
    const { nodes, nodesDependencies } = synthesizeEnvironment(OWN_AMI);
    expect(nodes.dataSources('aws_ssm_parameter')).toEqual({});
    expect(amiUses(nodes)).toEqual(usesOf('ami-0123456789abcdef0'));
    expect(step(nodes, 'Enable')?.['triggers_replace']).toMatchObject({
      ami_id: 'ami-0123456789abcdef0',
    });
    expect(nodesDependencies).toEqual([]);
  });
});

describe('the guard of the stack', () => {
  it('looks among the AMIs of the account that the file names', () => {
    const ami = 'ami: { imageId: ami-0123456789abcdef0, owner: "111122223333" }';
    const { nodes } = synthesizeEnvironment(['ami: built', ami]);
    expect(lookUp(nodes, 'Found')?.['owners']).toEqual(['111122223333']);
  });

  it('compares AMIs with the release of Windows that the file names', () => {
    const { nodes } = synthesizeEnvironment(
      ['server: "2022"', 'server: "2025"'],
      ['servercore-ltsc2022', 'servercore-ltsc2025'],
    );
    expect(lookUp(nodes, 'BuildFits')?.['filter']).toContainEqual({
      name: 'tag:cdktf-eks-windows-ami:windows-build',
      values: ['10.0.26100'],
    });
  });

  it('allows as much skew as the file says', () => {
    const { nodes } = synthesizeEnvironment(['ami: built', 'ami: built\n  allowedKubeletSkew: 1']);
    const text = JSON.stringify(launchTemplateOf(nodes, 'apps')['lifecycle']);
    expect(text).toContain('a kubelet may be up to one minor version older than its cluster');
  });
});

describe('Fast Launch in the stack', () => {
  it('leaves no step, no template and no command when it is off', () => {
    const { nodes, texts } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH);
    expect(nodes.resources('terraform_data')).toEqual({});
    expect(Object.keys(nodes.resources('aws_launch_template'))).toHaveLength(1);
    expect(texts[1]).not.toMatch(/local-exec|provisioner|terraform_data|fast-launch/);
  });

  it('is on for the AMI before a group changes over to it', () => {
    const { nodes } = synthesizeEnvironment(SECOND_GROUP);
    const enable = addressOf(nodes, 'terraform_data', 'FastLaunch_Enable');
    for (const group of ['apps', 'batch']) {
      expect(launchTemplateOf(nodes, group)['depends_on']).toContain(enable);
    }
  });

  it('goes off for other AMIs after the last group has changed over', () => {
    const { nodes } = synthesizeEnvironment(SECOND_GROUP);
    expect(step(nodes, 'Sweep')?.['depends_on']).toEqual([
      addressOf(nodes, 'terraform_data', 'FastLaunch_Enable'),
      addressOf(nodes, 'aws_autoscaling_group', 'Group-batch_AutoScalingGroup'),
      addressOf(nodes, 'aws_autoscaling_group', 'Group-apps_AutoScalingGroup'),
    ]);
  });

  it('is not waited for by what does not launch from the AMI', () => {
    const { nodes } = synthesizeEnvironment();
    const enable = addressOf(nodes, 'terraform_data', 'FastLaunch_Enable');
    const types = Object.keys(nodes.counts());
    const waiting = types.flatMap((type) =>
      Object.entries(nodes.resources(type))
        .filter(([, one]) => JSON.stringify(one['depends_on'] ?? []).includes(enable))
        .map(([name]) => `${type}.${name}`),
    );
    expect(waiting.sort()).toEqual([
      addressOf(nodes, 'aws_launch_template', 'Group-apps_LaunchTemplate'),
      addressOf(nodes, 'terraform_data', 'FastLaunch_Sweep'),
    ]);
  });
});

describe('a node group of the stack', () => {
  it('has the sizes, subnets and names that the file says', () => {
    const { nodes } = synthesizeEnvironment();
    expect(nodes.resource('aws_autoscaling_group')).toMatchObject({
      name: 'example-windows-nodes-apps',
      min_size: 1,
      max_size: 5,
      vpc_zone_identifier: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    });
    expect(nodes.resource('aws_autoscaling_group')['tag']).toContainEqual({
      key: 'owner',
      value: 'platform',
      propagate_at_launch: true,
    });
  });

  it('has a root volume as large as the image, unless the file says another size', () => {
    const { nodes } = synthesizeEnvironment(SECOND_GROUP, ['GiB: 100', 'GiB: 150']);
    const size = (group: string): unknown =>
      launchTemplateOf(nodes, group)['block_device_mappings'];
    const volume = (volume_size: number) => [
      { device_name: '/dev/sda1', ebs: expect.objectContaining({ volume_size }) },
    ];
    expect([size('apps'), size('batch')]).toEqual([volume(150), volume(200)]);
  });

  it('passes labels, taints, kubelet arguments and excluded ranges on to the nodes', () => {
    const { nodes } = synthesizeEnvironment(
      ['maxSize: 5\n', 'maxSize: 5\n      maxPods: 60\n      kubeProxyArguments: { v: "4" }\n'],
      ['ami: built', 'ami: built\n  excludedSnatCidrs: [10.1.0.0/16]'],
    );
    const userData = Object.values(nodes.part('locals')).join('');
    expect(userData).toContain(
      "KubeletExtraArgs = '--max-pods=60 --node-labels=workload=web --register-with-taints=os=windows:NoSchedule'",
    );
    expect(userData).toContain("KubeProxyExtraArgs = '--v=4'");
    expect(userData).toContain("'10.1.0.0/16'");
  });

  it('waits for the permissions of its nodes and the mark on its AMI, and refuses a wrong AMI at plan', () => {
    const { nodes } = synthesizeEnvironment(WITHOUT_FAST_LAUNCH);
    const template = launchTemplateOf(nodes, 'apps');
    expect(template['depends_on']).toEqual([
      addressOf(nodes, 'aws_iam_role_policy_attachment', 'NodeRole_AmazonEKSWorkerNodePolicy'),
      addressOf(
        nodes,
        'aws_iam_role_policy_attachment',
        'NodeRole_AmazonEC2ContainerRegistryPullOnly',
      ),
      addressOf(nodes, 'aws_eks_access_entry', 'NodeRole_AccessEntry'),
      addressOf(nodes, 'aws_ec2_tag', 'AmiInUse'),
    ]);
    const { precondition } = template['lifecycle'] as { precondition: { condition: string }[] };
    expect(precondition.map(({ condition }) => condition)).toEqual([
      expect.stringContaining('AmiGuard_Found'),
      expect.stringContaining('AmiGuard_Windows'),
      expect.stringContaining('"1.35"'),
      expect.stringContaining('AmiGuard_KubeletFits'),
      expect.stringContaining('AmiGuard_BuildFits'),
    ]);
  });
});
