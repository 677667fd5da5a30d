import { z } from 'zod';
import {
  BUCKET_NAME,
  checkRegion,
  type Path,
  type Problem,
  problem,
  TAG_KEY,
  TAG_VALUE,
} from '../../modules/core';
import { CLUSTER_NAME } from '../../modules/eks-windows-nodes/checks';
import { boolean, setting, text } from '../../modules/settings';
import { EKS_WINDOWS_AMI_SETTINGS } from '../../modules/windows-base/checks';
import { fastLaunchSchema } from './fast-launch-schema';
import { checked, textLike } from './fields/field-types';
import { changes, settingFields } from './fields/setting-fields';
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

/** Where the state of both stacks is. */
const BACKEND_S3_SETTINGS = {
  /** Terraform does not make it. */
  bucket: setting(text(BUCKET_NAME), {
    about: 'Name of an S3 bucket that exists already',
    change: 'nothing',
    required: true,
  }),
  /** Without a slash at its ends. */
  keyPrefix: setting(text(KEY_PREFIX), {
    about: 'Folder in the bucket; each stack gets a state file of its own in it',
    change: 'nothing',
    required: true,
  }),
  /** It may be another one than that of the cluster. */
  region: setting(text(checkRegion), {
    about: 'AWS Region of the bucket',
    change: 'nothing',
    required: true,
  }),
  /** Without it two applies at a time can harm the state. @default true */
  useLockfile: setting(boolean(), {
    about: 'Lock the state with a file in the bucket, which needs Terraform 1.10 or newer',
    change: 'nothing',
    default: true,
  }),
};

const backend = z.strictObject({
  s3: z
    .strictObject(settingFields(BACKEND_S3_SETTINGS, ['useLockfile']))
    .describe('Keep the Terraform state in an S3 bucket.'),
});

const CLUSTER_SETTINGS = {
  /** Both stacks only look it up. */
  name: setting(text(CLUSTER_NAME), {
    about: 'Name of an EKS cluster that exists already',
    change: 'rolls',
    required: true,
  }),
};

const { kubernetesVersion, ...WINDOWS_SETTINGS } = EKS_WINDOWS_AMI_SETTINGS;

const cluster = z.strictObject({
  ...settingFields(CLUSTER_SETTINGS),
  ...settingFields({ kubernetesVersion }),
  windowsSupport: windowsSupportSchema
    .exactOptional()
    .describe('Check or manage what the cluster needs for Windows pods; default neither.'),
});

const windows = z.strictObject(settingFields(WINDOWS_SETTINGS, ['edition', 'release']));

const NAME_SETTINGS = {
  /** It is a part of all addresses and names, so that another name is another environment. */
  name: setting(text(ENVIRONMENT_NAME), {
    about:
      'Name of the environment: 3 to 31 lower-case letters, digits and dashes; the names of the stacks begin with it',
    change: 'ends',
    required: true,
  }),
  /** Both stacks are in it. */
  region: setting(text(checkRegion), {
    about: 'AWS Region of the cluster, such as us-east-1',
    change: 'ends',
    required: true,
    example: 'us-east-1',
  }),
};

/** The structure of an environment file. Rules on more than one value are in environment-rules. */
export const environmentSchema = z
  .strictObject({
    ...settingFields(NAME_SETTINGS),
    tags: changes(
      checked(z.record(textLike(TAG_KEY), textLike(TAG_VALUE)), checkTagCount)
        .meta({ maxProperties: MAX_TAGS })
        .default({})
        .describe('AWS tags of everything that is made, at most 30; default none.'),
      'rolls',
    ),
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
