import { z } from 'zod';
import {
  checkAmiId,
  checkIpv4Cidr,
  checkRegion,
  checkSecurityGroupId,
  checkSubnetId,
  checkWindowsInstanceType,
  type Path,
  type Problem,
  problem,
} from '../modules/core';
import {
  CLUSTER_NAME,
  KUBELET_FLAG,
  KUBELET_VALUE,
  MAX_GROUP_SIZE,
  TAINT_EFFECTS,
} from '../modules/eks-windows-nodes';
import {
  DEFAULT_TARGET_RESOURCE_COUNT,
  MAX_TARGET_RESOURCE_COUNT,
  MIN_PARALLEL_LAUNCHES,
} from '../modules/fast-launch';
import { checkScheduleExpression, checkTimezone } from '../modules/image-builder/build-schedule';
import {
  checkKubernetesVersion,
  DEFAULT_ROOT_VOLUME_GIB,
  ROOT_VOLUME_GIB,
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
} from '../modules/windows-base';
import { checked, integer, list, plainText, text, textLike } from './field-types';
import {
  BUCKET,
  ENVIRONMENT_NAME,
  GROUP_NAME,
  KEY_PREFIX,
  TAG_KEY,
  TAG_VALUE,
  VERSION_CONSTRAINT,
} from './text-rules';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
const MAX_GROUP_INSTANCE_TYPES = 40;

/** AWS allows 50 on a resource; the others are for the tags that the constructs add. */
const MAX_TAGS = 45;

function checkTagCount(path: Path, tags: Readonly<Record<string, string>>): Problem[] {
  const count = Object.keys(tags).length;
  return count <= MAX_TAGS ? [] : [problem(path, `have at most ${MAX_TAGS} tags`, count)];
}

const region = () => text(checkRegion);
const subnetId = () => text(checkSubnetId).meta({ pattern: '^subnet-' });
const securityGroupIds = () =>
  list(text(checkSecurityGroupId).meta({ pattern: '^sg-' }), { min: 1 });
const instanceType = () => text(checkWindowsInstanceType);
const rootVolumeGiB = () => integer(ROOT_VOLUME_GIB);

const backend = z.strictObject({
  s3: z
    .strictObject({
      bucket: textLike(BUCKET).describe('Name of an S3 bucket that exists already.'),
      keyPrefix: textLike(KEY_PREFIX).describe(
        'Folder in the bucket; each stack gets a state file of its own in it.',
      ),
      region: region().describe('AWS Region of the bucket.'),
      useLockfile: z
        .boolean()
        .default(true)
        .describe(
          'Lock the state with a file in the bucket, which needs Terraform 1.10 or newer; default true.',
        ),
    })
    .describe('Keep the Terraform state in an S3 bucket.'),
});

const cluster = z.strictObject({
  name: textLike(CLUSTER_NAME).describe('Name of an EKS cluster that exists already.'),
  kubernetesVersion: text(checkKubernetesVersion)
    .meta({ examples: ['1.35'] })
    .describe('Kubernetes version of the cluster, in quotes and without the patch: "1.35".'),
});

const windows = z.strictObject({
  server: z
    .enum(WINDOWS_SERVER_RELEASES)
    .describe('Windows Server release of image and nodes, in quotes: "2022".'),
  edition: z
    .enum(WINDOWS_EDITIONS)
    .default('Core')
    .describe('Windows Server edition: Core has no desktop, Full has one; default Core.'),
  release: plainText()
    .default('latest')
    .describe(
      'Release of the Amazon EKS optimized AMI: latest, or a dated one such as 1.35-2026.04.18; default latest.',
    ),
});

const image = z.strictObject({
  rootVolumeGiB: rootVolumeGiB()
    .default(DEFAULT_ROOT_VOLUME_GIB)
    .describe('Size of the root volume of the image in GiB; default 100.'),
  instanceTypes: list(instanceType(), { min: 1 })
    .default(['m7i.xlarge'])
    .describe('EC2 instance types to build on, of which AWS takes one; default m7i.xlarge.'),
  network: z
    .strictObject({
      subnetId: subnetId().describe('Subnet to build in; it needs a way to the internet.'),
      securityGroupIds: securityGroupIds().describe('Security groups of the build instance.'),
    })
    .exactOptional()
    .describe('Where to build; default the default VPC of the account.'),
  cachedImages: list(plainText(), { min: 1 }).describe(
    'Container images to put into the image, at least one, each with a tag or a digest.',
  ),
  schedule: z
    .strictObject({
      cron: text(checkScheduleExpression).describe(
        'When to build: cron(minute hour day-of-month month day-of-week year), or rate(7 days).',
      ),
      timezone: text(checkTimezone)
        .default('Etc/UTC')
        .describe('Time zone of the schedule, such as Europe/Berlin; default Etc/UTC.'),
    })
    .exactOptional()
    .describe('Build regularly; default only when something in this file changes.'),
  buildOnApply: z
    .boolean()
    .default(true)
    .describe('Build one image during the apply, which takes about an hour; default true.'),
  revision: integer({ min: 0 })
    .default(0)
    .describe('Any whole number; raise it to build again without another change; default 0.'),
  timeoutMinutes: integer({ min: 60, max: 1440 })
    .default(180)
    .describe('How long Terraform waits for a build, in minutes (60 to 1440); default 180.'),
});

const fastLaunch = z.strictObject({
  targetResourceCount: integer({ min: 1, max: MAX_TARGET_RESOURCE_COUNT })
    .default(DEFAULT_TARGET_RESOURCE_COUNT)
    .describe('Number of prepared snapshots to keep; each is billed; default 5.'),
  maxParallelLaunches: integer({ min: MIN_PARALLEL_LAUNCHES })
    .default(MIN_PARALLEL_LAUNCHES)
    .describe(
      'Number of instances that may prepare snapshots at the same time, at least 6; the quota of a new account is 40 in a Region; default 6.',
    ),
  subnetId: subnetId()
    .exactOptional()
    .describe('Subnet to prepare the snapshots in; default one of the default VPC.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe('Security groups of the preparing instances; default that of the VPC.'),
  instanceType: instanceType()
    .exactOptional()
    .describe('EC2 instance type that prepares the snapshots.'),
});

const taint = z.strictObject({
  key: plainText().describe('Key of the taint.'),
  value: plainText().default('').describe('Value of the taint; default empty.'),
  effect: z.enum(TAINT_EFFECTS).describe('What happens to pods without the toleration.'),
});

const group = z.strictObject({
  name: textLike(GROUP_NAME).describe('Name of the group, unique in this file.'),
  subnetIds: list(subnetId(), { min: 1 }).describe('Subnets to start nodes in.'),
  instanceTypes: list(instanceType(), { min: 1, max: MAX_GROUP_INSTANCE_TYPES }).describe(
    'EC2 instance types of the nodes, 1 to 40.',
  ),
  minSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Smallest number of nodes.'),
  maxSize: integer({ min: 0, max: MAX_GROUP_SIZE }).describe('Largest number of nodes.'),
  labels: z
    .record(plainText(), plainText())
    .default({})
    .describe('Kubernetes labels of the nodes; default none.'),
  taints: list(taint).default([]).describe('Kubernetes taints of the nodes; default none.'),
  rootVolumeGiB: rootVolumeGiB()
    .exactOptional()
    .describe('Size of the root volume of a node in GiB; default that of the AMI.'),
  securityGroupIds: securityGroupIds()
    .exactOptional()
    .describe('Further security groups of the nodes; default only that of the cluster.'),
  kubeletArguments: z
    .record(textLike(KUBELET_FLAG), textLike(KUBELET_VALUE))
    .exactOptional()
    .describe('Further kubelet flags, without the dashes in front; default none.'),
});

const nodes = z.strictObject({
  ami: z
    .union(
      [
        z.enum(['built', 'eks-optimized']),
        z.strictObject({
          imageId: text(checkAmiId)
            .meta({ pattern: '^ami-' })
            .describe('Id of an AMI of your own.'),
        }),
      ],
      { error: 'be "built", "eks-optimized" or { imageId: ami-... }' },
    )
    .default('built')
    .describe(
      'AMI of the nodes: built (the image of this file), eks-optimized (that of Amazon) or { imageId: ami-... }; default built.',
    ),
  groups: list(group, { min: 1 }).describe('Groups of nodes that are alike.'),
  excludedSnatCidrs: list(text(checkIpv4Cidr), { min: 1 })
    .exactOptional()
    .describe('IPv4 ranges that pods reach with their own address; default none.'),
});

/** The structure of an environment file. Rules on more than one value are in environment-rules. */
export const environmentSchema = z
  .strictObject({
    name: textLike(ENVIRONMENT_NAME).describe(
      'Name of the environment: 3 to 31 lower-case letters, digits and dashes; the names of the stacks begin with it.',
    ),
    region: region()
      .meta({ examples: ['us-east-1'] })
      .describe('AWS Region of the cluster, such as us-east-1.'),
    tags: checked(z.record(textLike(TAG_KEY), textLike(TAG_VALUE)), checkTagCount)
      .meta({ maxProperties: MAX_TAGS })
      .default({})
      .describe('AWS tags of everything that is made, at most 45; default none.'),
    provider: z
      .strictObject({
        version: textLike(VERSION_CONSTRAINT).describe(
          'Version of the AWS provider of Terraform, such as "6.25.0" or "~> 6.25".',
        ),
      })
      .exactOptional()
      .describe(
        'Which AWS provider Terraform takes; default 6.25.0, which the bindings were made from.',
      ),
    backend: backend
      .exactOptional()
      .describe('Where Terraform keeps its state; default a file on this machine.'),
    cluster: cluster.describe('The EKS cluster that the nodes join.'),
    windows: windows.describe('Which Windows.'),
    image: image.describe('The image that is built.'),
    fastLaunch: fastLaunch
      .exactOptional()
      .describe('Prepare snapshots, so that nodes start faster; default off.'),
    nodes: nodes.describe('The Windows nodes.'),
  })
  .meta({ title: 'Environment', description: 'Windows image and nodes for one EKS cluster.' });

/** What an environment file says, with defaults filled in. */
export type Environment = z.output<typeof environmentSchema>;
