import { z } from 'zod';
import {
  BUCKET_NAME,
  type Path,
  type Problem,
  problem,
  TAG_KEY,
  TAG_VALUE,
} from '../../modules/core';
import { CLUSTER_NAME } from '../../modules/eks-windows-nodes/checks';
import {
  AMI_LOOK_UPS,
  checkKubernetesVersion,
  WINDOWS_EDITIONS,
  WINDOWS_SERVER_RELEASES,
} from '../../modules/windows-base/checks';
import { fastLaunchSchema } from './fast-launch-schema';
import { region } from './fields/aws-fields';
import { checked, plainText, text, textLike } from './fields/field-types';
import { ENVIRONMENT_NAME, KEY_PREFIX } from './fields/text-rules';
import { iamSchema } from './iam-schema';
import { imageSchema } from './image/image-schema';
import { nodesSchema } from './nodes/nodes-schema';
import { providerSchema } from './provider-schema';
import { windowsSupportSchema } from './windows-support-schema';

/**
 * Image Builder puts no more on the instances that build. Everything else takes 50, of which the
 * constructs add some.
 * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateInfrastructureConfiguration.html
 */
const MAX_TAGS = 30;

function checkTagCount(path: Path, tags: Readonly<Record<string, string>>): Problem[] {
  const count = Object.keys(tags).length;
  return count <= MAX_TAGS
    ? []
    : [problem('tag-count', path, `have at most ${MAX_TAGS} tags`, count)];
}

const backend = z.strictObject({
  s3: z
    .strictObject({
      bucket: textLike(BUCKET_NAME).describe('Name of an S3 bucket that exists already.'),
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
  windowsSupport: windowsSupportSchema
    .exactOptional()
    .describe('Check or manage what the cluster needs for Windows pods; default neither.'),
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
  lookUp: z
    .enum(AMI_LOOK_UPS)
    .exactOptional()
    .describe(
      'When an image looks up the latest release: at-plan, so that a newer one builds it again, or at-build, so that each build takes the newest; default at-plan.',
    ),
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
      .describe('AWS tags of everything that is made, at most 30; default none.'),
    provider: providerSchema
      .exactOptional()
      .describe('The AWS provider of Terraform; default as Terraform and its machine are set up.'),
    backend: backend
      .exactOptional()
      .describe('Where Terraform keeps its state; default a file on this machine.'),
    iam: iamSchema.exactOptional().describe('What every role has in common; default nothing.'),
    cluster: cluster.describe('The EKS cluster that the nodes join.'),
    windows: windows.describe('Which Windows.'),
    image: imageSchema.describe('The image that is built.'),
    fastLaunch: fastLaunchSchema
      .exactOptional()
      .describe('Prepare snapshots, so that nodes start faster; default off.'),
    nodes: nodesSchema.describe('The Windows nodes.'),
  })
  .meta({ title: 'Environment', description: 'Windows image and nodes for one EKS cluster.' });

/** What an environment file says, with defaults filled in. */
export type Environment = z.output<typeof environmentSchema>;
