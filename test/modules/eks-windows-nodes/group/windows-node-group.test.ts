import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import { TerraformData } from '../../../../modules/core';
import {
  EksCluster,
  NodeTerminationQueue,
  renderWindowsUserData,
  type TaintEffect,
  WindowsNodeGroup,
  type WindowsNodeGroupProps,
} from '../../../../modules/eks-windows-nodes';
import { GROUP_SIZE } from '../../../../modules/eks-windows-nodes/group/group-limits';
import { outline, refusalOf, refusedBy } from '../../../support/problem';
import { type Block, Template } from '../../../support/template';
import { FAKE_CLUSTER } from '../fake-cluster';

const SMALLEST: WindowsNodeGroupProps = {
  name: 'demo-windows',
  cluster: FAKE_CLUSTER,
  amiId: 'ami-0123456789abcdef0',
  instanceProfileName: 'demo-nodes',
  subnetIds: ['subnet-12345678', 'subnet-0123456789abcdef0'],
  instanceTypes: ['m7i.xlarge'],
  minSize: 1,
  maxSize: 4,
};

const GROUP = 'aws_autoscaling_group.Nodes_AutoScalingGroup_962A6373';
const TEMPLATE = 'aws_launch_template.Nodes_LaunchTemplate_C89FE32D';
const LOCAL = 'Nodes_LaunchTemplate_UserData_04FD8198';

const synth = (props: Partial<WindowsNodeGroupProps> = {}): Template =>
  Template.of((stack) => {
    new WindowsNodeGroup(stack, 'Nodes', { ...SMALLEST, ...props });
  });

const group = (props: Partial<WindowsNodeGroupProps> = {}): Block =>
  synth(props).resource('aws_autoscaling_group');

const launchTemplate = (props: Partial<WindowsNodeGroupProps> = {}): Block =>
  synth(props).resource('aws_launch_template');

/** What every group has; what depends on the number of instance types comes beside it. */
const COMMON = {
  name: 'demo-windows',
  min_size: 1,
  max_size: 4,
  vpc_zone_identifier: ['subnet-12345678', 'subnet-0123456789abcdef0'],
  instance_refresh: {
    strategy: 'Rolling',
    preferences: {
      min_healthy_percentage: 100,
      max_healthy_percentage: 110,
      instance_warmup: '300',
      auto_rollback: false,
      skip_matching: true,
    },
  },
  tag: [
    { key: 'Name', value: 'demo-windows', propagate_at_launch: true },
    { key: 'kubernetes.io/cluster/demo', value: 'owned', propagate_at_launch: true },
  ],
  lifecycle: { ignore_changes: ['initial_lifecycle_hook'] },
};

const BOOTSTRAP = {
  clusterName: 'demo',
  apiServerEndpoint: FAKE_CLUSTER.endpoint,
  base64ClusterCa: FAKE_CLUSTER.certificateAuthority,
  serviceCidr: FAKE_CLUSTER.serviceCidr,
  dnsClusterIp: FAKE_CLUSTER.dnsIp,
};

describe('WindowsNodeGroup', () => {
  it('makes an Auto Scaling group and a launch template', () => {
    expect(synth().addresses()).toEqual([GROUP, TEMPLATE]);
  });

  it('launches a single type from the numbered version of its template', () => {
    expect(group()).toEqual({
      ...COMMON,
      launch_template: { id: `\${${TEMPLATE}.id}`, version: `\${${TEMPLATE}.latest_version}` },
    });
  });

  it('chooses among several types in the order of preference', () => {
    expect(group({ instanceTypes: ['m7i.xlarge', 'm6i.xlarge', 'm7a.xlarge'] })).toEqual({
      ...COMMON,
      mixed_instances_policy: {
        launch_template: {
          launch_template_specification: {
            launch_template_id: `\${${TEMPLATE}.id}`,
            version: `\${${TEMPLATE}.latest_version}`,
          },
          override: [
            { instance_type: 'm7i.xlarge' },
            { instance_type: 'm6i.xlarge' },
            { instance_type: 'm7a.xlarge' },
          ],
        },
      },
    });
  });

  it('tells the cluster autoscaler by tags of the group that its nodes do not get', () => {
    const { tag } = group({
      clusterAutoscaler: { resources: { 'vpc.amazonaws.com/PrivateIPv4Address': '14' } },
      labels: { tier: 'web' },
      taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
      tags: { 'k8s.io/cluster-autoscaler/enabled': 'no' },
    });
    const prefix = 'k8s.io/cluster-autoscaler';
    const ofGroup = (key: string, value: string) => {
      return { key: `${prefix}/${key}`, value, propagate_at_launch: false };
    };
    expect(tag).toEqual([
      COMMON.tag[0],
      ofGroup('demo', 'owned'),
      ofGroup('enabled', 'true'),
      ofGroup('node-template/label/kubernetes.io/os', 'windows'),
      ofGroup('node-template/label/tier', 'web'),
      ofGroup('node-template/resources/vpc.amazonaws.com/PrivateIPv4Address', '14'),
      ofGroup('node-template/taint/os', 'windows:NoSchedule'),
      COMMON.tag[1],
    ]);
    expect(group({ clusterAutoscaler: false })).toEqual(group());
  });

  it('holds its nodes until they are drained, when there is a queue, and marks them', () => {
    const template = Template.of((stack) => {
      const props = { name: 'demo', autoScalingGroupNames: ['demo-windows'] };
      const terminationQueue = new NodeTerminationQueue(stack, 'Queue', props);
      const lifecycleHooks = [
        { name: 'boot', lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' } as const,
      ];
      new WindowsNodeGroup(stack, 'Nodes', { ...SMALLEST, terminationQueue, lifecycleHooks });
    });
    const hooks = Object.values(template.resources('aws_autoscaling_lifecycle_hook'));
    expect(hooks).toEqual([
      {
        autoscaling_group_name: `\${${GROUP}.name}`,
        name: 'boot',
        lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      },
      {
        autoscaling_group_name: `\${${GROUP}.name}`,
        name: 'drain',
        lifecycle_transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        heartbeat_timeout: 300,
        default_result: 'CONTINUE',
      },
    ]);
    expect(template.resource('aws_autoscaling_group')['tag']).toContainEqual({
      key: 'aws-node-termination-handler/managed',
      value: 'true',
      propagate_at_launch: true,
    });
    // A tag of the template would be a new version of it, and roll the nodes.
    expect(template.resource('aws_launch_template')).toEqual(launchTemplate());
  });

  it('keeps the name of the hook for the queue', () => {
    const build = () =>
      Template.of((stack) => {
        const props = { name: 'demo', autoScalingGroupNames: ['demo-windows'] };
        const terminationQueue = new NodeTerminationQueue(stack, 'Queue', props);
        const { lifecycleHook } = terminationQueue;
        const lifecycleHooks = [lifecycleHook];
        new WindowsNodeGroup(stack, 'Nodes', { ...SMALLEST, terminationQueue, lifecycleHooks });
      });
    expect(refusedBy(build)).toEqual(['`lifecycleHooks[0].name` hook-name-is-free: "drain"']);
  });

  it('launches the preferred type with the inputs of the group', () => {
    expect(launchTemplate({ instanceTypes: ['m7i.xlarge', 'm6i.xlarge'] })).toMatchObject({
      name: 'demo-windows',
      image_id: 'ami-0123456789abcdef0',
      instance_type: 'm7i.xlarge',
      iam_instance_profile: { name: 'demo-nodes' },
      vpc_security_group_ids: ['sg-0c1a57e4000000000'],
      block_device_mappings: [{ ebs: { volume_size: 100 } }],
      user_data: `\${base64encode(local.${LOCAL})}`,
    });
  });

  it("takes security groups of its own in place of the cluster's, a volume and tags", () => {
    const props = {
      securityGroupIds: ['sg-12345678'],
      rootVolumeGiB: 200,
      tags: { Team: 'windows' },
    };
    expect(launchTemplate(props)).toMatchObject({
      vpc_security_group_ids: ['sg-12345678'],
      block_device_mappings: [{ ebs: { volume_size: 200 } }],
      tag_specifications: [
        { resource_type: 'instance', tags: { Name: 'demo-windows', Team: 'windows' } },
        { resource_type: 'volume', tags: { Name: 'demo-windows', Team: 'windows' } },
      ],
      tags: { Team: 'windows' },
    });
    expect(group(props)['tag']).toEqual([
      { key: 'Name', value: 'demo-windows', propagate_at_launch: true },
      { key: 'Team', value: 'windows', propagate_at_launch: true },
      { key: 'kubernetes.io/cluster/demo', value: 'owned', propagate_at_launch: true },
    ]);
  });

  it('leaves the size between its limits to whoever scales the group', () => {
    expect(group()).not.toHaveProperty('desired_capacity');
  });

  it('renders the user data from the cluster alone when nothing else is given', () => {
    expect(synth().part('locals')).toEqual({ [LOCAL]: renderWindowsUserData(BOOTSTRAP) });
  });

  it('renders labels, taints, kubelet arguments and excluded networks into the user data', () => {
    const more = {
      labels: { workload: 'batch' },
      taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' as const }],
      kubeletArguments: { v: '4' },
      excludedSnatCidrs: ['192.168.0.0/16'],
    };
    expect(synth(more).part('locals')).toEqual({
      [LOCAL]: renderWindowsUserData({ ...BOOTSTRAP, ...more }),
    });
  });

  it('adds the thresholds of image garbage collection to the kubelet arguments', () => {
    const more = {
      kubeletArguments: { v: '4' },
      imageGcThresholds: { highPercent: 95, lowPercent: 90 },
    };
    expect(JSON.stringify(synth(more).part('locals'))).toContain(
      "'--image-gc-high-threshold=95 --image-gc-low-threshold=90 --v=4'",
    );
  });

  it('hands dependencies and conditions on to the launch template', () => {
    const preconditions = [{ condition: '${var.a == var.b}', errorMessage: 'a is not b.' }];
    const template = Template.of((stack) => {
      const first = new TerraformData(stack, 'First', { triggersReplace: {} });
      new WindowsNodeGroup(stack, 'Nodes', { ...SMALLEST, preconditions, dependsOn: [first] });
    });
    expect(template.resource('aws_launch_template')).toMatchObject({
      depends_on: ['terraform_data.First'],
      lifecycle: {
        precondition: [{ condition: '${var.a == var.b}', error_message: 'a is not b.' }],
      },
    });
  });

  it('never launches from $Latest or $Default', () => {
    for (const instanceTypes of [['m7i.xlarge'], ['m7i.xlarge', 'm6i.xlarge']]) {
      expect(JSON.stringify(group({ instanceTypes }))).not.toMatch(/\$(?:Latest|Default)/);
    }
  });

  it('stays apart from a second one in the same stack', () => {
    const template = Template.of((stack) => {
      new WindowsNodeGroup(stack, 'Blue', SMALLEST);
      new WindowsNodeGroup(stack, 'Green', { ...SMALLEST, name: 'green' });
    });
    expect(template.counts()).toEqual({ aws_autoscaling_group: 2, aws_launch_template: 2 });
  });

  it('does not change what it was given', () => {
    const frozen: WindowsNodeGroupProps = Object.freeze({
      ...SMALLEST,
      subnetIds: Object.freeze(['subnet-12345678']),
      instanceTypes: Object.freeze(['m7i.xlarge', 'm6i.xlarge']),
      tags: Object.freeze({ Team: 'windows' }),
    });
    expect(synth(frozen).counts()).toEqual({ aws_autoscaling_group: 1, aws_launch_template: 1 });
  });
});

describe('the inputs of WindowsNodeGroup', () => {
  it.each<readonly [string, Partial<WindowsNodeGroupProps>, readonly string[]]>([
    ['a short name', { name: 'ab' }, ['`name` node-group-name: "ab"']],
    ['a name with a slash', { name: 'a/b/c' }, ['`name` node-group-name: "a/b/c"']],
    ['no subnet', { subnetIds: [] }, ['`subnetIds` list-length: 0']],
    [
      'a subnet twice',
      { subnetIds: ['subnet-12345678', 'subnet-12345678'] },
      ['`subnetIds[1]` unique: "subnet-12345678"'],
    ],
    [
      'a subnet id that is none',
      { subnetIds: ['subnet-12345678', 'eu-west-1a'] },
      ['`subnetIds[1]` subnet-id: "eu-west-1a"'],
    ],
    ['no instance type', { instanceTypes: [] }, ['`instanceTypes` list-length: 0']],
    [
      'an instance type twice',
      { instanceTypes: ['m7i.xlarge', 'm6i.xlarge', 'm7i.xlarge'] },
      ['`instanceTypes[2]` unique: "m7i.xlarge"'],
    ],
    [
      'a Graviton type behind an x86-64 one',
      { instanceTypes: ['m7i.xlarge', 'm7gd.xlarge'] },
      ['`instanceTypes[1]` graviton-type: "m7gd.xlarge"'],
    ],
    [
      'a type that EKS does not support behind one that it does',
      { instanceTypes: ['m7i.xlarge', 'm4.xlarge'] },
      ['`instanceTypes[1]` eks-windows-type: "m4.xlarge"'],
    ],
    [
      'CPU credits when one type has none',
      { instanceTypes: ['t3.xlarge', 'm7i.xlarge'], cpuCredits: 'standard' },
      ['`cpuCredits` cpu-credits: "standard"'],
    ],
    ['a negative minimum', { minSize: -1 }, ['`minSize` integer-range: -1']],
    ['half a node', { minSize: 0.5 }, ['`minSize` integer-range: 0.5']],
    ['too large a maximum', { maxSize: 5001 }, ['`maxSize` integer-range: 5001']],
    ['a minimum above the maximum', { minSize: 3, maxSize: 2 }, ['`minSize` group-size-order: 3']],
    [
      'a label of Kubernetes',
      { labels: { 'node-role.kubernetes.io/windows': '' } },
      ['`labels["node-role.kubernetes.io/windows"]` label-key: "node-role.kubernetes.io/windows"'],
    ],
    [
      'an effect that is none',
      { taints: [{ key: 'os', effect: 'Never' as TaintEffect }] },
      ['`taints[0].effect` one-of: "Never"'],
    ],
    [
      'labels among the kubelet arguments',
      { kubeletArguments: { 'node-labels': 'a=b' } },
      ['`kubeletArguments["node-labels"]` kubelet-flag-of-an-input: "node-labels"'],
    ],
    [
      'a network that is none',
      { excludedSnatCidrs: ['10.0.0.0/8', '10.0.0.1'] },
      ['`excludedSnatCidrs[1]` ipv4-cidr: "10.0.0.1"'],
    ],
    [
      'several mistakes, which are told at once',
      { name: '', subnetIds: [], minSize: -1 },
      ['`name` node-group-name: ""', '`subnetIds` list-length: 0', '`minSize` integer-range: -1'],
    ],
  ])('do not allow %s', (_, props, problems) => {
    expect(refusedBy(() => synth(props))).toEqual(problems);
  });

  it.each<readonly [Partial<WindowsNodeGroupProps>, string]>([
    [{ amiId: 'ami-1' }, '`amiId` ami-id: "ami-1"'],
    [{ rootVolumeGiB: 49 }, '`rootVolumeGiB` integer-range: 49'],
    [{ securityGroupIds: ['sg'] }, '`securityGroupIds[0]` sg-id: "sg"'],
  ])('are checked by the launch template in %j', (props, problem) => {
    const refusal = refusalOf(() => synth(props));
    expect(refusal.constructPath).toBe('test/Nodes/LaunchTemplate');
    expect(refusal.problems.map(outline)).toEqual([problem]);
  });

  it.each<Partial<WindowsNodeGroupProps>>([
    { name: 'a.b' },
    { name: 'n'.repeat(125) },
    { minSize: 0, maxSize: 0 },
    { minSize: 4, maxSize: 4 },
    { minSize: 5000, maxSize: 5000 },
  ])('allow %j', (props) => {
    expect(synth(props).counts()).toEqual({ aws_autoscaling_group: 1, aws_launch_template: 1 });
  });

  it('has the limit of the Auto Scaling quota', () => {
    expect(GROUP_SIZE).toEqual({ min: 0, max: 5000 });
  });
});

describe('values that only Terraform knows', () => {
  it('may be inputs of WindowsNodeGroup', () => {
    const template = Template.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const { listValue } = new TerraformVariable(stack, 'list', { type: 'list(string)' });
      new WindowsNodeGroup(stack, 'Nodes', {
        name: text,
        cluster: new EksCluster(stack, 'Cluster', { clusterName: 'demo' }),
        amiId: text,
        instanceProfileName: text,
        subnetIds: listValue,
        instanceTypes: ['m7i.xlarge', text],
        minSize: 1,
        maxSize: 4,
        labels: { workload: text },
        taints: [{ key: 'os', value: text, effect: 'NoSchedule' }],
        kubeletArguments: { v: text },
        excludedSnatCidrs: [text],
      });
    });
    const local = String(template.part('locals')[LOCAL]);
    expect(local.match(/var\.text/g)).toHaveLength(4);
    expect(local).toContain('${replace(data.aws_eks_cluster.Cluster_EB0386A7.endpoint, ');
    expect(template.resource('aws_autoscaling_group')).toMatchObject({
      name: '${var.text}',
      vpc_zone_identifier: '${var.list}',
      mixed_instances_policy: {
        launch_template: {
          override: [{ instance_type: 'm7i.xlarge' }, { instance_type: '${var.text}' }],
        },
      },
    });
  });

  it.each([
    ['minSize', ['${var.size}', 2]],
    ['maxSize', [2, '${var.size}']],
  ] as const)('are not compared when %s is one', (prop, sizes) => {
    const template = Template.of((stack) => {
      const { numberValue } = new TerraformVariable(stack, 'size', { type: 'number' });
      const known = { ...SMALLEST, minSize: 2, maxSize: 2 };
      new WindowsNodeGroup(stack, 'Nodes', { ...known, [prop]: numberValue });
    });
    const { min_size, max_size } = template.resource('aws_autoscaling_group');
    expect([min_size, max_size]).toEqual(sizes);
  });
});

describe('a group that replaces nodes whose bootstrap has failed', () => {
  const replace = { failedBootstrap: 'replace' as const, bootstrapTimeoutSeconds: 900 };
  const hook = {
    name: 'node-bootstrap',
    lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    default_result: 'ABANDON',
    heartbeat_timeout: 900,
  };

  it('has a hook from its first node on, and waits for nodes that have answered it', () => {
    expect(group(replace)).toMatchObject({
      initial_lifecycle_hook: [hook],
      wait_for_capacity_timeout: '1500s',
    });
  });

  it('has the same hook as a resource, for a group that is there already', () => {
    expect(synth(replace).resource('aws_autoscaling_lifecycle_hook')).toEqual({
      ...hook,
      autoscaling_group_name: `\${${GROUP}.name}`,
    });
  });

  it('has nodes that answer for their own group', () => {
    const text = JSON.stringify(synth(replace).part('locals'));
    expect(text).toContain("AutoScalingGroupName = 'demo-windows'");
    expect(text).toContain('Complete-BootstrapHook $result');
  });

  it.each([{}, { failedBootstrap: 'keep' as const }])('is not one with %j', (props) => {
    expect(synth(props).counts()).toEqual({ aws_autoscaling_group: 1, aws_launch_template: 1 });
    expect(group(props)).toEqual(group());
    expect(JSON.stringify(synth(props).part('locals'))).not.toContain('Complete-BootstrapHook');
  });
});

describe('how the nodes of a group join', () => {
  it('is told in the user data', () => {
    const text = JSON.stringify(
      synth({
        maxPods: 60,
        dnsClusterIp: '10.100.0.53',
        kubeReserved: { memory: '1Gi' },
        systemReserved: { memory: '2Gi' },
        evictionHard: { 'memory.available': '500Mi' },
        kubeProxyArguments: { v: '2' },
        preBootstrapScript: 'Write-Output "${env:TEMP}" | %{ $_ }',
      }).part('locals'),
    );
    expect(text).toContain(
      "'--eviction-hard=memory.available<500Mi --kube-reserved=memory=1Gi --max-pods=60 --system-reserved=memory=2Gi'",
    );
    expect(text).toContain("DNSClusterIP = '10.100.0.53'");
    expect(text).toContain("KubeProxyExtraArgs = '--v=2'");
    // Escaped for Terraform, which gives the script back as it was written.
    expect(text).toContain('$${env:TEMP}\\" | %%{ $_ }');
  });

  it('is checked, all at once', () => {
    const refused = refusedBy(() =>
      synth({
        maxPods: 0,
        kubeReserved: { cpu: 'x' },
        systemReserved: { memory: '0' },
        evictionHard: { 'nodefs.available': '100%' },
        imageGcThresholds: { highPercent: 1, lowPercent: 1 },
        kubeProxyArguments: { '-v': '1' },
        dnsClusterIp: 'dns',
        proxy: {},
        trustedCertificates: ['x'],
        preBootstrapScript: '',
        postBootstrapScript: '</powershell>',
        failedBootstrap: 'repair' as 'keep',
        bootstrapTimeoutSeconds: 1,
      }),
    );
    expect(refused).toEqual([
      '`maxPods` integer-range: 0',
      '`kubeReserved.cpu` cpu-quantity: "x"',
      '`systemReserved.memory` byte-quantity: "0"',
      '`evictionHard["nodefs.available"]` eviction-threshold: "100%"',
      '`imageGcThresholds.highPercent` integer-range: 1',
      '`kubeProxyArguments["-v"]` argument-flag: "-v"',
      '`dnsClusterIp` ipv4-address: "dns"',
      '`proxy` proxy-without-url: nothing',
      '`trustedCertificates[0]` certificate-missing: "1 characters without one"',
      '`preBootstrapScript` script-text: ""',
      '`postBootstrapScript` script-agent-tag: "</powershell>"',
      '`failedBootstrap` one-of: "repair"',
      '`bootstrapTimeoutSeconds` integer-range: 1',
    ]);
  });
});
