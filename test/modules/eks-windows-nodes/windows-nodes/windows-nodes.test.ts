import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import {
  AmiGuard,
  AmiInUse,
  NodeTerminationQueue,
  WindowsNodeGroup,
  WindowsNodeRole,
  WindowsNodeSecurityGroup,
  WindowsNodes,
  type WindowsNodesGroup,
  type WindowsNodesProps,
} from '../../../../modules/eks-windows-nodes';
import { FastLaunch } from '../../../../modules/fast-launch';
import { refusedBy } from '../../../support/problem';
import { type Block, Template } from '../../../support/template';
import { FAKE_CLUSTER } from '../fake-cluster';

const AMI_ID = 'ami-0123456789abcdef0';

const groupNamed = (name: string, more: Partial<WindowsNodesGroup> = {}): WindowsNodesGroup => ({
  name,
  subnetIds: ['subnet-0123456789abcdef0'],
  instanceTypes: ['m7i.xlarge'],
  minSize: 1,
  maxSize: 4,
  ...more,
});

const SMALLEST: WindowsNodesProps = {
  name: 'shop-nodes',
  region: 'us-east-1',
  cluster: FAKE_CLUSTER,
  amiId: AMI_ID,
  kubernetesVersion: '1.35',
  groups: { Web: groupNamed('shop-web') },
};

const TWO_GROUPS: Partial<WindowsNodesProps> = {
  groups: {
    Web: groupNamed('shop-web'),
    Batch: groupNamed('shop-batch', { failedBootstrap: 'replace' }),
  },
};

const EVERYTHING: Partial<WindowsNodesProps> = {
  ...TWO_GROUPS,
  securityGroup: {},
  terminationQueue: {},
  fastLaunch: {},
};

const synth = (props: Partial<WindowsNodesProps> = {}, id = 'Default'): Template =>
  Template.of((stack) => {
    new WindowsNodes(stack, id, { ...SMALLEST, ...props });
  });

/** Addresses without the hash at their end. */
const readable = (addresses: readonly string[]): string[] =>
  addresses.map((one) => one.replace(/_[0-9A-F]{8}$/, ''));

/** What the launch template of a group waits for and is checked against. */
function launchOf(template: Template, name: string) {
  const templates = Object.values(template.resources('aws_launch_template'));
  const found = templates.find((one) => one['name'] === name);
  const { depends_on: dependsOn = [], lifecycle } = found ?? {};
  const { precondition = [] } = lifecycle as { precondition?: readonly Block[] };
  return { found, dependsOn: readable(dependsOn as string[]), precondition };
}

describe('WindowsNodes', () => {
  it('makes a role that may join, looks at the AMI, marks it and makes the group, and no more', () => {
    expect(readable(synth().addresses())).toEqual([
      'aws_autoscaling_group.Web_AutoScalingGroup',
      'aws_ec2_tag.AmiInUse',
      'aws_eks_access_entry.NodeRole_AccessEntry',
      'aws_iam_instance_profile.NodeRole_InstanceProfile',
      'aws_iam_role.NodeRole',
      'aws_iam_role_policy_attachment.NodeRole_AmazonEC2ContainerRegistryPullOnly',
      'aws_iam_role_policy_attachment.NodeRole_AmazonEKSWorkerNodePolicy',
      'aws_launch_template.Web_LaunchTemplate',
      'data.aws_ami_ids.AmiGuard_Amazon',
      'data.aws_ami_ids.AmiGuard_Found',
      'data.aws_ami_ids.AmiGuard_KubeletFits',
      'data.aws_ami_ids.AmiGuard_KubeletKnown',
      'data.aws_ami_ids.AmiGuard_Windows',
      'data.aws_partition.NodeRole_Partition',
    ]);
  });

  it('has the addresses of the same parts wired by hand when its id is Default', () => {
    const byHand = Template.of((stack) => {
      const cluster = FAKE_CLUSTER;
      const common = { name: 'shop-nodes', cluster };
      const { instanceProfileName } = new WindowsNodeRole(stack, 'NodeRole', common);
      const ami = { amiId: AMI_ID, kubernetesVersion: '1.35' };
      new AmiGuard(stack, 'AmiGuard', { ...ami, cluster });
      const fastLaunch = { name: 'shop-nodes-fast-launch', amiId: AMI_ID, region: 'us-east-1' };
      new FastLaunch(stack, 'FastLaunch', fastLaunch);
      new AmiInUse(stack, 'AmiInUse', { amiId: AMI_ID, name: 'shop-nodes' });
      const network = { ...common, subnetId: 'subnet-0123456789abcdef0' };
      new WindowsNodeSecurityGroup(stack, 'SecurityGroup', network);
      const autoScalingGroupNames = ['shop-web'];
      const queue = { name: 'shop-nodes', autoScalingGroupNames };
      const terminationQueue = new NodeTerminationQueue(stack, 'TerminationQueue', queue);
      const group = { ...groupNamed('shop-web'), cluster, amiId: AMI_ID, instanceProfileName };
      new WindowsNodeGroup(stack, 'Web', { ...group, terminationQueue });
    });
    const all = { ...EVERYTHING, groups: SMALLEST.groups };
    expect(synth(all).addresses()).toEqual(byHand.addresses());
    expect(synth(all).addresses()).toHaveLength(39);
  });

  it('begins its addresses with any other id, so that there can be two in a stack', () => {
    const template = Template.of((stack) => {
      new WindowsNodes(stack, 'Old', SMALLEST);
      const others = { Web: groupNamed('shop-new-web') };
      new WindowsNodes(stack, 'New', { ...SMALLEST, name: 'shop-new', groups: others });
    });
    const groups = Object.keys(template.resources('aws_autoscaling_group'));
    expect(readable(groups)).toEqual(['New_Web_AutoScalingGroup', 'Old_Web_AutoScalingGroup']);
  });

  it('lets nodes boot only when everything that they need is there, and the AMI is ready', () => {
    const { dependsOn } = launchOf(synth(EVERYTHING), 'shop-web');
    expect(dependsOn).toEqual([
      'aws_iam_role_policy_attachment.NodeRole_AmazonEKSWorkerNodePolicy',
      'aws_iam_role_policy_attachment.NodeRole_AmazonEC2ContainerRegistryPullOnly',
      'aws_iam_role_policy.NodeRole_answer-bootstrap-hooks',
      'aws_eks_access_entry.NodeRole_AccessEntry',
      'aws_vpc_security_group_egress_rule.SecurityGroup_Out',
      'aws_vpc_security_group_ingress_rule.SecurityGroup_Nodes',
      'aws_vpc_security_group_ingress_rule.SecurityGroup_FromCluster-Pods',
      'aws_vpc_security_group_ingress_rule.SecurityGroup_ToCluster-Pods',
      'aws_ec2_tag.AmiInUse',
      'terraform_data.FastLaunch_Enable',
    ]);
  });

  it('stops a plan by the conditions of the guard, of the role and of the caller', () => {
    const cluster = Template.of((stack) => {
      const mode = new TerraformVariable(stack, 'mode', { type: 'string' }).stringValue;
      new WindowsNodes(stack, 'Default', {
        ...SMALLEST,
        cluster: { ...FAKE_CLUSTER, authenticationMode: mode },
        access: { entry: 'aws-auth' },
        preconditions: [{ condition: '${var.mode != ""}', errorMessage: 'There is no mode.' }],
      });
    });
    const { precondition } = launchOf(cluster, 'shop-web');
    expect(precondition.map((one) => one['error_message'])).toEqual([
      expect.stringContaining('is not among the AMIs of self, amazon, aws-marketplace'),
      expect.stringContaining('is not a Windows AMI'),
      expect.stringContaining('runs Kubernetes 1.35'),
      expect.stringContaining('does not read aws-auth'),
      'There is no mode.',
    ]);
  });

  it('waits for what the caller says, too', () => {
    const template = Template.of((stack) => {
      const other = new AmiInUse(stack, 'Other', { amiId: AMI_ID, name: 'other' });
      new WindowsNodes(stack, 'Default', { ...SMALLEST, dependsOn: [other.tagged] });
    });
    expect(launchOf(template, 'shop-web').dependsOn).toContain('aws_ec2_tag.Other');
  });

  it('gives out what a program needs of it', () => {
    const template = Template.of((stack) => {
      const groups = { Web: groupNamed('shop-web'), Batch: groupNamed('shop-batch') };
      const nodes = new WindowsNodes(stack, 'Default', { ...SMALLEST, groups });
      expect(nodes.amiId).toBe(AMI_ID);
      expect(nodes.securityGroupId).toBe(FAKE_CLUSTER.securityGroupId);
      expect([nodes.fastLaunch, nodes.terminationQueue]).toEqual([undefined, undefined]);
      expect(nodes.terminationHandlerPolicy).toBeUndefined();
      const value = [nodes.autoScalingGroupNames, nodes.groups.Batch.autoScalingGroup.name];
      new TerraformOutput(stack, 'names', { value });
    });
    const name = (id: string) =>
      expect.stringMatching(
        `^\\$\\{aws_autoscaling_group\\.${id}_AutoScalingGroup_\\w+\\.name\\}$`,
      );
    expect(template.part('output')['names']).toEqual({
      value: [[name('Web'), name('Batch')], name('Batch')],
    });
  });

  it('takes an AMI that only Terraform knows', () => {
    const template = Template.of((stack) => {
      const amiId = new TerraformVariable(stack, 'ami', { type: 'string' }).stringValue;
      new WindowsNodes(stack, 'Default', { ...SMALLEST, amiId, fastLaunch: {} });
    });
    expect(launchOf(template, 'shop-web').found?.['image_id']).toBe('${var.ami}');
  });

  it('lists what is wrong with its own inputs at once', () => {
    expect(refusedBy(() => synth({ region: 'virginia', groups: {} }))).toEqual([
      '`region` region: "virginia"',
      '`groups` node-group-key: {}',
    ]);
  });

  it('refuses a Region that only Terraform knows, because policies are made with it', () => {
    const build = (): Template =>
      Template.of((stack) => {
        const region = new TerraformVariable(stack, 'region', { type: 'string' }).stringValue;
        new WindowsNodes(stack, 'Default', { ...SMALLEST, region });
      });
    expect(refusedBy(build)).toEqual(['`region` known: "a reference"']);
  });
});

describe('the access of the nodes', () => {
  it('is handed to the role, with names and tags', () => {
    const template = synth({
      access: { sessionManager: true },
      iam: { path: '/windows/', namePrefix: 'team-' },
      tags: { team: 'web' },
    });
    expect(template.resource('aws_iam_role')).toMatchObject({
      name: expect.stringMatching(/^team-shop-nodes-/),
      path: '/windows/',
      tags: { team: 'web' },
    });
    expect(template.addresses().join()).toContain('NodeRole_AmazonSSMManagedInstanceCore');
  });

  it('lets the nodes of those groups answer their hook that have one', () => {
    const { policy } = synth(TWO_GROUPS).resource('aws_iam_role_policy');
    expect(JSON.parse(`${policy}`).Statement).toEqual([
      {
        Sid: 'CompleteBootstrapHook',
        Effect: 'Allow',
        Action: 'autoscaling:CompleteLifecycleAction',
        Resource: [expect.stringMatching(/:us-east-1:.*:autoScalingGroupName\/shop-batch$/)],
      },
    ]);
    expect(synth().resources('aws_iam_role_policy')).toEqual({});
  });

  it('calls what lets an access entry be made as it is told to', () => {
    const template = Template.of((stack) => {
      const mode = new TerraformVariable(stack, 'mode', { type: 'string' }).stringValue;
      new WindowsNodes(stack, 'Default', {
        ...SMALLEST,
        cluster: { ...FAKE_CLUSTER, authenticationMode: mode },
        access: { entry: 'aws-auth' },
        words: { ami: 'the key ami', accessEntry: 'the key entry' },
      });
    });
    const text = JSON.stringify(launchOf(template, 'shop-web').precondition);
    expect(text).toContain('Let an access entry be made: the key entry.');
    expect(text).toContain('Name one in the key ami, or build one with a WindowsImage.');
  });
});

describe('the AMI of the nodes', () => {
  it('is looked at as the caller says', () => {
    const template = synth({
      cluster: { ...FAKE_CLUSTER, version: '1.36' },
      allowedSkew: 1,
      windowsServer: '2025',
      amiOwners: ['111122223333'],
    });
    const lookUps = Object.entries(template.dataSources('aws_ami_ids'));
    const ofOwner = lookUps.filter(([name]) => !name.startsWith('AmiGuard_Amazon'));
    expect(ofOwner.map(([, one]) => one['owners'])).toEqual(Array(6).fill(['111122223333']));
    expect(JSON.stringify(lookUps)).toContain('10.0.26100');
    expect(JSON.stringify(launchOf(template, 'shop-web').precondition)).toContain(
      'up to one minor version older',
    );
  });

  it('is marked by the name of the nodes, unless it is told not to', () => {
    expect(synth().resource('aws_ec2_tag')).toMatchObject({
      resource_id: AMI_ID,
      key: 'cdktf-eks-windows-ami:in-use-by:shop-nodes',
    });
    expect(synth({ markAmi: false }).resources('aws_ec2_tag')).toEqual({});
  });
});

describe('Fast Launch of the nodes', () => {
  const sweep = (template: Template): Block => {
    const steps = Object.entries(template.resources('terraform_data'));
    return steps.find(([name]) => name.startsWith('FastLaunch_Sweep'))?.[1] ?? {};
  };

  it('goes off for other AMIs after every group has changed over', () => {
    expect(readable(sweep(synth(EVERYTHING))['depends_on'] as string[])).toEqual([
      'terraform_data.FastLaunch_Enable',
      'aws_autoscaling_group.Web_AutoScalingGroup',
      'aws_autoscaling_group.Batch_AutoScalingGroup',
    ]);
  });

  it('goes off after the step of a group that is rolled by one', () => {
    const web = groupNamed('shop-web', { instanceRefresh: { method: 'local-exec' } });
    const template = synth({ fastLaunch: {}, groups: { Web: web } });
    expect(readable(sweep(template)['depends_on'] as string[])).toEqual([
      'terraform_data.FastLaunch_Enable',
      'terraform_data.Web_InstanceRefresh',
    ]);
  });

  it('has a name made of that of the nodes, or its own', () => {
    const names = (fastLaunch: WindowsNodesProps['fastLaunch']) =>
      Object.values(synth({ fastLaunch }).resources('aws_launch_template')).map(
        (one) => one['name'],
      );
    expect(names({})).toContain('shop-nodes-fast-launch');
    expect(names({ name: 'shop-prepares' })).toContain('shop-prepares');
  });

  it("refuses Amazon's AMIs in the plan, and uses the credentials of the nodes", () => {
    const template = synth({ fastLaunch: {}, credentials: { profile: 'shop' } });
    const steps = Object.values(template.resources('terraform_data'));
    const conditions = steps.map(({ lifecycle }) => JSON.stringify(lifecycle ?? {}));
    expect(conditions.join()).toContain('data.aws_ami_ids.AmiGuard_Amazon');
    const profiles = JSON.stringify(steps).match(/"PROVIDER_PROFILE":"\w+"/g);
    expect(profiles).toEqual(Array(3).fill('"PROVIDER_PROFILE":"shop"'));
  });
});

describe('the security group of the nodes', () => {
  const ids = (template: Template, group: string) =>
    launchOf(template, group).found?.['vpc_security_group_ids'];

  it('is their own where a group names none, in the network of the first group', () => {
    const other = groupNamed('shop-batch', {
      subnetIds: ['subnet-0fedcba9876543210'],
      securityGroupIds: ['sg-0fedcba9876543210'],
    });
    const groups = { Web: groupNamed('shop-web'), Batch: other };
    const template = synth({ groups, securityGroup: { podTraffic: 'windows-only' } });
    expect(template.data('aws_subnet')).toEqual({ id: 'subnet-0123456789abcdef0' });
    expect(ids(template, 'shop-web')).toEqual([
      expect.stringMatching(/^\$\{aws_security_group\.SecurityGroup_/),
    ]);
    expect(ids(template, 'shop-batch')).toEqual(['sg-0fedcba9876543210']);
    expect(template.addresses().join()).toContain('SecurityGroup_FromCluster-Kubelet');
  });

  it('is that of the cluster without one of their own', () => {
    expect(ids(synth(), 'shop-web')).toEqual([FAKE_CLUSTER.securityGroupId]);
  });
});

describe('the termination queue of the nodes', () => {
  it('hears of the ends of all groups, and holds their nodes', () => {
    const template = synth({ ...TWO_GROUPS, terminationQueue: { heartbeatTimeoutSeconds: 600 } });
    const rules = Object.values(template.resources('aws_cloudwatch_event_rule'));
    expect(rules.map((one) => one['event_pattern']).join()).toContain(
      '"AutoScalingGroupName":["shop-batch","shop-web"]',
    );
    const hooks = Object.values(template.resources('aws_autoscaling_lifecycle_hook'));
    const drains = hooks.filter((one) => one['name'] === 'drain');
    expect(drains.map((one) => one['heartbeat_timeout'])).toEqual([600, 600]);
  });

  it('comes with the policy of its reader, for the groups that are drained', () => {
    const template = Template.of((stack) => {
      const nodes = new WindowsNodes(stack, 'Default', { ...SMALLEST, terminationQueue: {} });
      const statements = nodes.terminationHandlerPolicy?.Statement ?? [];
      const value = statements.map(({ Sid, Resource }) => [Sid, Resource]);
      new TerraformOutput(stack, 'resources', { value });
    });
    expect(template.part('output')['resources']).toEqual({
      value: [
        ['ReadQueue', expect.stringMatching(/^\$\{aws_sqs_queue\.\w+\.arn\}$/)],
        ['LookUpNodes', '*'],
        ['LetNodesGo', [expect.stringMatching(/^\$\{aws_autoscaling_group\.Web_\w+\.arn\}$/)]],
      ],
    });
  });
});
