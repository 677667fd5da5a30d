import {
  allow,
  allowServiceLinkedRole,
  type PolicyDocument,
  type PolicyStatement,
  policyOf,
} from '../../iam';
import { CREATED_BY_IMAGE_BUILDER, ON_TAGGED, type PolicyScope, WITH_TAG } from './policy-scope';

/** Where Image Builder works, and with which role its instances run. */
export interface ExecutionScope extends Omit<PolicyScope, 'region'> {
  /** The account that builds. */
  readonly accountId: string;
  /** The role of build and test instances, the only one that Image Builder may pass to EC2. */
  readonly buildRoleArn: string;
}

/**
 * What Image Builder needs to build Windows AMIs and to distribute them within the account, in
 * place of AWS's policy `EC2ImageBuilderExecutionPolicy` (version 2). The statements are AWS's, with
 * their conditions on tags. Narrower are: the role that may be passed, the commands (for Windows
 * only), and resources where AWS names none. Left out is what this kind of pipeline does not do:
 * import and export of disk images, container images, watermarks. Keys, topics, accounts, licences,
 * launch templates and parameters are allowed by name, see {@link executionResourcesPolicy}.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/EC2ImageBuilderExecutionPolicy.html
 */
export function executionPolicy(scope: ExecutionScope): PolicyDocument {
  return policyOf([
    ...readStatements(scope),
    ...instanceStatements(scope),
    ...imageStatements(scope),
    ...tagStatements(scope),
    ...commandStatements(scope),
    ...inventoryStatements(scope),
    ...serviceStatements(scope),
  ]);
}

function readStatements({ partition }: ExecutionScope): PolicyStatement[] {
  return [
    allow('LookAtBuilds', {
      actions: [
        'ec2:DescribeHosts',
        'ec2:DescribeImages',
        'ec2:DescribeInstances',
        'ec2:DescribeInstanceStatus',
        'ec2:DescribeInstanceTypeOfferings',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeSnapshots',
        'ec2:DescribeSubnets',
        'ec2:DescribeTags',
        'ssm:DescribeInstanceInformation',
        'ssm:GetCommandInvocation',
        'ssm:ListCommandInvocations',
        'ssm:ListInventoryEntries',
      ],
      resources: '*',
    }),
    allow('LookAtInstances', {
      actions: ['ec2:DescribeInstanceAttribute', 'ssm:DescribeInstanceAssociationsStatus'],
      resources: `arn:${partition}:ec2:*:*:instance/*`,
    }),
  ];
}

function instanceStatements({ partition, buildRoleArn }: ExecutionScope): PolicyStatement[] {
  const ec2 = `arn:${partition}:ec2:*`;
  return [
    allow('LaunchInstancesWith', {
      actions: 'ec2:RunInstances',
      resources: [
        `${ec2}::image/*`,
        `${ec2}::snapshot/*`,
        `${ec2}:*:key-pair/*`,
        `${ec2}:*:launch-template/*`,
        `${ec2}:*:network-interface/*`,
        `${ec2}:*:security-group/*`,
        `${ec2}:*:subnet/*`,
      ],
    }),
    allow('LaunchTaggedInstances', {
      actions: 'ec2:RunInstances',
      resources: [`${ec2}:*:instance/*`, `${ec2}:*:volume/*`],
      conditions: WITH_TAG,
    }),
    allow('PassBuildRole', {
      actions: 'iam:PassRole',
      resources: buildRoleArn,
      conditions: {
        StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
      },
    }),
    allow('ChangeTaggedInstances', {
      actions: ['ec2:StartInstances', 'ec2:StopInstances', 'ec2:TerminateInstances'],
      resources: `${ec2}:*:instance/*`,
      conditions: ON_TAGGED,
    }),
  ];
}

function imageStatements({ partition }: ExecutionScope): PolicyStatement[] {
  const images = `arn:${partition}:ec2:*::image/*`;
  const snapshots = `arn:${partition}:ec2:*::snapshot/*`;
  return [
    allow('CreateTaggedImages', {
      actions: 'ec2:CreateImage',
      resources: [images, snapshots],
      conditions: WITH_TAG,
    }),
    allow('CreateImagesOfTaggedInstances', {
      actions: 'ec2:CreateImage',
      resources: `arn:${partition}:ec2:*:*:instance/*`,
      conditions: ON_TAGGED,
    }),
    allow('CopyImages', { actions: 'ec2:CopyImage', resources: [images, snapshots] }),
    allow('ChangeTaggedImages', {
      actions: ['ec2:DeregisterImage', 'ec2:ModifyImageAttribute', 'ec2:ModifySnapshotAttribute'],
      resources: [images, snapshots],
      conditions: ON_TAGGED,
    }),
  ];
}

function tagStatements({ partition }: ExecutionScope): PolicyStatement[] {
  const ec2 = `arn:${partition}:ec2:*`;
  return [
    allow('TagWhatIsCreated', {
      actions: 'ec2:CreateTags',
      resources: [
        `${ec2}::image/*`,
        `${ec2}::snapshot/*`,
        `${ec2}:*:instance/*`,
        `${ec2}:*:network-interface/*`,
        `${ec2}:*:volume/*`,
      ],
      conditions: {
        StringEquals: {
          'aws:RequestTag/CreatedBy': CREATED_BY_IMAGE_BUILDER,
          'ec2:CreateAction': ['CreateImage', 'RunInstances'],
        },
      },
    }),
    // The tags of a distribution come after the copy, which has none of its own by then.
    allow('TagImages', { actions: 'ec2:CreateTags', resources: `${ec2}::image/*` }),
    allow('TagSnapshots', {
      actions: 'ec2:CreateTags',
      resources: `${ec2}::snapshot/*`,
      conditions: WITH_TAG,
    }),
  ];
}

function commandStatements({ partition }: ExecutionScope): PolicyStatement[] {
  return [
    allow('RunCommands', {
      actions: 'ssm:SendCommand',
      resources: [
        `arn:${partition}:ssm:*:*:document/AWS-RunPowerShellScript`,
        `arn:${partition}:ssm:*:*:document/AWSEC2-RunSysprep`,
      ],
    }),
    allow('RunCommandsOnTaggedInstances', {
      actions: 'ssm:SendCommand',
      resources: `arn:${partition}:ec2:*:*:instance/*`,
      conditions: ON_TAGGED,
    }),
  ];
}

/** The list of what is installed, which Image Builder shows with an image. */
function inventoryStatements({ partition }: ExecutionScope): PolicyStatement[] {
  const associations = `arn:${partition}:ssm:*:*:association/*`;
  return [
    allow('CollectInventory', {
      actions: 'ssm:CreateAssociation',
      resources: [associations, `arn:${partition}:ssm:*:*:document/AWS-GatherSoftwareInventory`],
    }),
    allow('CollectInventoryOfTaggedInstances', {
      actions: 'ssm:CreateAssociation',
      resources: `arn:${partition}:ec2:*:*:instance/*`,
      conditions: ON_TAGGED,
    }),
    allow('TagInventory', {
      actions: 'ssm:AddTagsToResource',
      resources: associations,
      conditions: WITH_TAG,
    }),
    allow('EndInventory', {
      actions: ['ssm:DeleteAssociation', 'ssm:DescribeAssociationExecutions'],
      resources: associations,
    }),
  ];
}

function serviceStatements({ partition, accountId }: ExecutionScope): PolicyStatement[] {
  return [
    allow('WriteLogs', {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: `arn:${partition}:logs:*:*:log-group:/aws/imagebuilder/*`,
    }),
    allowServiceLinkedRole('CreateRoleOfSystemsManager', {
      partition,
      accountId,
      service: 'ssm.amazonaws.com',
    }),
    allow('StartPipelines', {
      actions: ['imagebuilder:StartImagePipelineExecution', 'imagebuilder:TagResource'],
      resources: `arn:${partition}:imagebuilder:*:${accountId}:image-pipeline/*`,
    }),
  ];
}
