import { FAKE_CERTIFICATE } from '../modules/eks-windows-nodes/fake-certificates';

/** A change of one setting of an environment file, and what it does in the stack of the nodes. */
export interface NodeChange {
  /** As docs/node-changes.md writes it: `groups.` begins the keys of a group. */
  readonly key: string;
  /** What it is set to; left out, it is taken away. */
  readonly to?: unknown;
  /** What the group has before and after, beyond `GROUP`. */
  readonly given?: Readonly<Record<string, unknown>> | undefined;
  /** The types of the resources that a plan changes, with what it does to them; sorted. */
  readonly plan: readonly string[];
  /** Whether the apply starts an instance refresh. */
  readonly rolls: boolean;
}

/** The ids stand for those of the emulated AWS, which are put in their place. */
export const SUBNETS = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] as const;
export const SECURITY_GROUP = 'sg-0123456789abcdef0';
export const AMIS = ['ami-0123456789abcdef0', 'ami-0123456789abcdef1'] as const;

/** What is there before, beside the environment: a role, and an instance profile with it. */
export const OTHER_ROLE = 'other-cluster';
export const OTHER_PROFILE = 'other-nodes';

/** A group before it changes, without its name. */
export const GROUP = {
  subnetIds: [...SUBNETS],
  instanceTypes: ['m7i.xlarge'],
  minSize: 1,
  maxSize: 3,
  labels: { workload: 'web', tier: 'front' },
  taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
};

/** A new version of the launch template, to which the group is set. */
const TEMPLATE = ['aws_autoscaling_group update', 'aws_launch_template update'];
const ON_GROUP = ['aws_autoscaling_group update'];
const NOTHING: readonly string[] = [];

type Given = NodeChange['given'];

const rolls = (key: string, to: unknown, given: Given = undefined): NodeChange => {
  return { key: `groups.${key}`, to, given, plan: TEMPLATE, rolls: true };
};

const stays = (key: string, to: unknown, given: Given = undefined): NodeChange => {
  return { key: `groups.${key}`, to, given, plan: ON_GROUP, rolls: false };
};

const hook = {
  name: 'pause',
  lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  heartbeatTimeoutSeconds: 60,
};

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const LICENCE =
  'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef';

const BOOTSTRAP: readonly NodeChange[] = [
  rolls('labels', { workload: 'api' }),
  rolls('taints', undefined),
  rolls('maxPods', 60),
  rolls('kubeReserved', { cpu: '200m' }),
  rolls('systemReserved', { memory: '2Gi' }),
  rolls('evictionHard', { 'memory.available': '500Mi' }),
  rolls('imageGcThresholds', { highPercent: 95, lowPercent: 90 }),
  rolls('kubeletArguments', { v: '4' }),
  rolls('kubeProxyArguments', { v: '4' }),
  rolls('dnsClusterIp', '172.20.0.53'),
  rolls('proxy', { httpsProxy: 'http://proxy.example.com:3128' }),
  rolls('trustedCertificates', [FAKE_CERTIFICATE]),
  rolls('preBootstrapScript', 'Write-Output before'),
  rolls('postBootstrapScript', 'Write-Output after'),
  // Another text of the same meaning is another user data too.
  rolls('preBootstrapScript', 'Write-Output before # the node joins', {
    preBootstrapScript: 'Write-Output before',
  }),
];

const INSTANCE: readonly NodeChange[] = [
  rolls('rootVolumeGiB', 150),
  rolls('rootVolume', { iops: 4000, kmsKeyId: KEY }),
  rolls('dataVolumes', [{ deviceName: 'xvdf', sizeGiB: 300 }]),
  rolls('securityGroupIds', [SECURITY_GROUP]),
  rolls('httpPutResponseHopLimit', 2),
  rolls('detailedMonitoring', true),
  rolls('tagNetworkInterfaces', true),
  rolls('keyName', 'operators'),
  rolls('cpuCredits', 'standard', { instanceTypes: ['t3.xlarge'] }),
  rolls('cpuOptions', { coreCount: 2, threadsPerCore: 1 }),
  rolls('autoRecovery', 'disabled'),
  rolls('placement', { tenancy: 'dedicated' }),
  rolls('capacityReservation', { preference: 'none' }),
  rolls('licenseConfigurationArns', [LICENCE]),
];

const SPOT = { onDemandPercentageAboveBaseCapacity: 0 };

const SCALING: readonly NodeChange[] = [
  rolls('instanceTypes', ['m7i.2xlarge']),
  { ...stays('instanceTypes', ['m7i.xlarge', 'm6i.xlarge']), rolls: true },
  { ...stays('instancesDistribution', SPOT), rolls: true },
  { ...stays('weightedCapacities', { 'm7i.xlarge': 1 }), rolls: true },
  stays('minSize', 2),
  stays('maxSize', 4),
  stays('desiredSize', 2),
  stays('instanceRefresh', { checkpointPercentages: [50, 100] }),
  stays('instanceRefresh', 'none'),
  { ...rolls('labels', { workload: 'api' }, { instanceRefresh: 'none' }), rolls: false },
  stays('instanceRefresh.triggers', ['tag']),
  {
    ...stays('clusterAutoscaler', true, { instanceRefresh: { triggers: ['tag'] } }),
    rolls: true,
  },
  stays('clusterAutoscaler', true),
  stays('warmPool', { minSize: 1, maxGroupPreparedCapacity: 2 }),
  { ...stays('lifecycleHooks', [hook]), plan: ['aws_autoscaling_lifecycle_hook create'] },
  {
    ...stays('lifecycleHooks', [{ ...hook, heartbeatTimeoutSeconds: 90 }], {
      lifecycleHooks: [hook],
    }),
    plan: ['aws_autoscaling_lifecycle_hook update'],
  },
  stays('terminationPolicies', ['OldestLaunchTemplate', 'Default']),
  stays('suspendedProcesses', ['AZRebalance']),
  stays('groupMetrics', true),
  stays('maxInstanceLifetimeSeconds', 604_800),
  stays('protectFromScaleIn', true),
  {
    ...stays('protectFromScaleIn', true, {
      instanceRefresh: { triggers: ['protect_from_scale_in'] },
    }),
    rolls: true,
  },
  stays('capacityRebalance', true),
  stays('defaultCooldownSeconds', 120),
  stays('healthCheckGracePeriodSeconds', 600),
  stays('defaultInstanceWarmupSeconds', 300),
  stays('waitForCapacityTimeoutSeconds', 60),
  stays('forceDelete', true),
  stays('subnetIds', [SUBNETS[0]]),
  {
    ...stays('subnetIds', [SUBNETS[0]], {
      instanceRefresh: { triggers: ['vpc_zone_identifier'] },
    }),
    rolls: true,
  },
  // What does not matter to AWS.
  { ...stays('subnetIds', [...SUBNETS].reverse(), {}), plan: NOTHING },
];

/** The hook of its own says how long a node may take, and the apply waits as long. */
const FAILED_BOOTSTRAP: readonly NodeChange[] = [
  {
    ...stays('bootstrapTimeoutSeconds', 900, { failedBootstrap: 'replace' }),
    plan: ['aws_autoscaling_group update', 'aws_autoscaling_lifecycle_hook update'],
  },
];

/** Each is tried in a group of its own, all in one plan and one apply. */
export const CHANGES_OF_A_GROUP: readonly NodeChange[] = [
  ...BOOTSTRAP,
  ...INSTANCE,
  ...SCALING,
  ...FAILED_BOOTSTRAP,
];

const attached = (key: string, to: unknown): NodeChange => {
  return { key, to, plan: ['aws_iam_role_policy_attachment create'], rolls: false };
};

const QUEUE = [
  ...Array.from({ length: 5 }, () => 'aws_cloudwatch_event_rule create'),
  ...Array.from({ length: 5 }, () => 'aws_cloudwatch_event_target create'),
  'aws_sqs_queue create',
  'aws_sqs_queue_policy create',
];

/** Each is planned by itself, from the same stack with one group. */
export const CHANGES_OF_THE_STACK: readonly NodeChange[] = [
  {
    key: 'groups.failedBootstrap',
    to: 'replace',
    plan: ['aws_autoscaling_lifecycle_hook create', 'aws_iam_role_policy create', ...TEMPLATE],
    rolls: true,
  },
  {
    key: 'groups.name',
    to: 'web',
    plan: [
      'aws_autoscaling_group create',
      'aws_autoscaling_group delete',
      'aws_launch_template create',
      'aws_launch_template delete',
    ],
    rolls: false,
  },
  {
    key: 'nodes.ami',
    to: 'eks-optimized',
    plan: ['aws_ec2_tag delete', ...TEMPLATE],
    rolls: true,
  },
  attached('nodes.access.sessionManager', true),
  attached('nodes.access.policyArns', ['arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess']),
  { key: 'nodes.access.entry', to: 'none', plan: ['aws_eks_access_entry delete'], rolls: false },
  {
    key: 'nodes.access.roleArn',
    to: `arn:aws:iam::123456789012:role/${OTHER_ROLE}`,
    plan: [
      'aws_eks_access_entry delete/create',
      'aws_iam_instance_profile update',
      'aws_iam_role delete',
      'aws_iam_role_policy_attachment delete',
      'aws_iam_role_policy_attachment delete',
    ],
    rolls: false,
  },
  {
    key: 'nodes.access.instanceProfileName',
    to: OTHER_PROFILE,
    plan: [
      'aws_eks_access_entry delete/create',
      'aws_iam_instance_profile delete',
      'aws_iam_role delete',
      'aws_iam_role_policy_attachment delete',
      'aws_iam_role_policy_attachment delete',
      ...TEMPLATE,
    ],
    rolls: true,
  },
  { key: 'nodes.excludedSnatCidrs', to: ['10.8.0.0/16'], plan: TEMPLATE, rolls: true },
  {
    key: 'nodes.terminationQueue',
    to: {},
    plan: [...ON_GROUP, 'aws_autoscaling_lifecycle_hook create', ...QUEUE],
    rolls: false,
  },
  {
    key: 'iam.path',
    to: '/eks/',
    plan: [
      'aws_eks_access_entry delete/create',
      'aws_iam_instance_profile delete/create',
      'aws_iam_role delete/create',
      'aws_iam_role_policy_attachment delete/create',
      'aws_iam_role_policy_attachment delete/create',
      ...TEMPLATE,
    ],
    rolls: true,
  },
  {
    key: 'iam.permissionsBoundary',
    to: 'arn:aws:iam::aws:policy/PowerUserAccess',
    plan: ['aws_iam_role update'],
    rolls: false,
  },
  {
    key: 'cluster.name',
    to: 'other',
    plan: ['aws_eks_access_entry delete/create', 'aws_iam_role update', ...TEMPLATE],
    rolls: true,
  },
  {
    key: 'cluster.windowsSupport',
    to: { mode: 'manage' },
    plan: ['aws_eks_addon create', 'aws_iam_role_policy_attachment create'],
    rolls: false,
  },
  { key: 'image.rootVolumeGiB', to: 120, plan: TEMPLATE, rolls: true },
];

const nothing = (key: string, to: unknown): NodeChange => {
  return { key, to, plan: NOTHING, rolls: false };
};

/** Together they plan nothing, and so does each of them. */
export const CHANGES_OF_NOTHING: readonly NodeChange[] = [
  nothing('nodes.allowedKubeletSkew', 1),
  nothing('nodes.manifests', { runtimeClass: true }),
  nothing('cluster.kubernetesVersion', '1.34'),
  nothing('windows.edition', 'Full'),
  nothing('windows.release', '1.34-2026.04.18'),
  nothing('image.instanceTypes', ['m7i.2xlarge']),
  nothing('image.minimumFreeGiB', 20),
  nothing('image.retention', { older: 'delete', keep: 3 }),
  nothing('image.rebuild', 'again'),
  nothing('fastLaunch.method', 'none'),
  nothing('iam.permissions', 'managed'),
];

/** Each is applied, on top of the one before it. */
export const APPLIED_CHANGES: readonly NodeChange[] = [
  {
    key: 'tags',
    to: { owner: 'web' },
    plan: [
      'aws_eks_access_entry update',
      'aws_iam_instance_profile update',
      'aws_iam_role update',
      ...TEMPLATE,
    ],
    rolls: true,
  },
  {
    key: 'nodes.ami',
    to: { imageId: AMIS[1] },
    plan: ['aws_ec2_tag create/delete', ...TEMPLATE],
    rolls: true,
  },
  {
    key: 'nodes.securityGroup',
    to: {},
    plan: [
      'aws_security_group create',
      'aws_vpc_security_group_egress_rule create',
      'aws_vpc_security_group_ingress_rule create',
      'aws_vpc_security_group_ingress_rule create',
      'aws_vpc_security_group_ingress_rule create',
      ...TEMPLATE,
    ],
    rolls: true,
  },
  {
    key: 'nodes.securityGroup.podTraffic',
    to: 'windows-only',
    plan: [
      ...Array.from({ length: 4 }, () => 'aws_vpc_security_group_ingress_rule create'),
      ...Array.from({ length: 2 }, () => 'aws_vpc_security_group_ingress_rule delete'),
    ],
    rolls: false,
  },
  {
    key: 'fastLaunch',
    to: {},
    plan: [
      'aws_launch_template create',
      ...Array.from({ length: 3 }, () => 'terraform_data create'),
    ],
    rolls: false,
  },
  {
    key: 'fastLaunch.targetResourceCount',
    to: 2,
    plan: ['terraform_data delete/create', 'terraform_data delete/create'],
    rolls: false,
  },
];
