import { Token } from 'cdktf';
import { allow, type PolicyDocument, type PolicyStatement, policyOf } from '../../iam';
import { fastLaunchStatements } from './fast-launch-policy';
import { sorted, viaService } from './policy-scope';

/** What a particular pipeline reads and writes beyond what every pipeline does. */
export interface ExecutionResources {
  /** The Region that builds. */
  readonly region: string;
  /** Regions that get the AMI. @default - the one that builds */
  readonly targetRegions?: readonly string[] | undefined;
  /**
   * SSM parameters of this account that get the AMI's id, such as `/windows/ami-id`. Those of other
   * accounts are written by the role there.
   * @default - none
   */
  readonly amiParameterNames?: readonly string[] | undefined;
  /** SSM parameters that the recipe's parent image comes from. @default - none */
  readonly parentParameterNames?: readonly string[] | undefined;
  /** Accounts that get a copy or a parameter or a template version of their own. @default - none */
  readonly distributionAccountIds?: readonly string[] | undefined;
  /**
   * Customer keys of volumes, AMIs and copies, and of the parent image: ARNs of keys or aliases.
   * Needed as well when the default key of EBS is a customer key. @default - none
   */
  readonly kmsKeyArns?: readonly string[] | undefined;
  /** Where Image Builder tells of finished images. @default - nowhere */
  readonly snsTopicArn?: string | undefined;
  /** @default - none */
  readonly licenseConfigurationArns?: readonly string[] | undefined;
  /** Launch templates of this account that get new versions: `lt-` and 17 hex digits. @default - none */
  readonly launchTemplateIds?: readonly string[] | undefined;
  /**
   * That Image Builder itself switches Fast Launch on: with these launch templates of this account,
   * which name no instance profile. Without any, EC2 makes a VPC and a template by CloudFormation,
   * and AWS's policy EC2FastLaunchFullAccess is attached, which also may pass every role to EC2.
   * @default - Image Builder leaves Fast Launch alone
   */
  readonly fastLaunch?: { readonly launchTemplateIds?: readonly string[] | undefined } | undefined;
  /** Whether Image Builder keeps the findings of Amazon Inspector. @default false */
  readonly imageScanning?: boolean | undefined;
  /** Further rights, such as those of the steps of your own workflows. @default - none */
  readonly statements?: readonly PolicyStatement[] | undefined;
}

/** Where the resources are. */
export interface ExecutionResourcesScope {
  readonly partition: string;
  /** The account that builds. Called only when it is needed. */
  readonly accountId: () => string;
}

/** What one particular pipeline needs, or nothing when it needs no more than every pipeline. */
export function executionResourcesPolicy(
  scope: ExecutionResourcesScope,
  resources: ExecutionResources,
): PolicyDocument | undefined {
  const statements = [
    ...parameterStatements(scope, resources),
    ...accountStatements(scope, resources.distributionAccountIds ?? []),
    ...keyStatements(resources.kmsKeyArns ?? []),
    ...topicStatements(resources.snsTopicArn),
    ...licenseStatements(resources.licenseConfigurationArns ?? []),
    ...templateStatements(scope, resources),
    ...nativeFastLaunchStatements(scope, resources.fastLaunch?.launchTemplateIds ?? []),
    ...scanStatements(scope, resources.imageScanning ?? false),
    ...(resources.statements ?? []),
  ];
  return statements.length === 0 ? undefined : policyOf(statements);
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html */
function parameterStatements(scope: ExecutionResourcesScope, resources: ExecutionResources) {
  const { region, targetRegions = [region] } = resources;
  const { amiParameterNames = [], parentParameterNames = [] } = resources;
  const arns = (names: readonly string[], regions: readonly string[]): string[] =>
    sorted(names.flatMap((name) => regions.map((one) => parameterArn(scope, one, name))));
  return [
    ...allowOn('WriteAmiParameters', 'ssm:PutParameter', arns(amiParameterNames, targetRegions)),
    ...allowOn(
      'ReadParentImageParameters',
      'ssm:GetParameter',
      arns(parentParameterNames, [region]),
    ),
  ];
}

/** The public parameters of AWS belong to no account. */
function parameterArn(scope: ExecutionResourcesScope, region: string, name: string): string {
  const account = name.startsWith('/aws/service/') ? '' : scope.accountId();
  const path = name.startsWith('/') || Token.isUnresolved(name) ? name : `/${name}`;
  return `arn:${scope.partition}:ssm:${region}:${account}:parameter${path}`;
}

/** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html */
function accountStatements({ partition }: ExecutionResourcesScope, accounts: readonly string[]) {
  const roles = accounts.map(
    (account) =>
      `arn:${partition}:iam::${account}:role/EC2ImageBuilderDistributionCrossAccountRole`,
  );
  return allowOn('DistributeToAccounts', 'sts:AssumeRole', sorted(roles));
}

const EBS_KEY_ACTIONS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** What EBS asks of a key, each in the way in which AWS's policy for Image Builder bounds it. */
function keyStatements(keyArns: readonly string[]): PolicyStatement[] {
  const keys = sorted(keyArns.filter((arn) => !isAlias(arn)));
  const aliases = sorted(keyArns.filter(isAlias));
  return [
    ...(keys.length === 0 ? [] : ebsKeyStatements('', keys, {})),
    ...(aliases.length === 0 ? [] : aliasStatements(aliases)),
  ];
}

const isAlias = (arn: string): boolean => /^[^$]*:alias\//.test(arn);

/** IAM compares keys, not aliases; which aliases a key has is a condition. */
function aliasStatements(aliases: readonly string[]): PolicyStatement[] {
  const keys = sorted(aliases.map((arn) => arn.replace(/:alias\/.*$/, ':key/*')));
  const names = sorted(aliases.map((arn) => arn.replace(/^.*:alias\//, 'alias/')));
  return ebsKeyStatements('ByAlias', keys, {
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names },
  });
}

function ebsKeyStatements(
  suffix: string,
  resources: readonly string[],
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): PolicyStatement[] {
  const viaEc2 = { ...viaService('ec2'), ...conditions };
  return [
    allow(`EncryptVolumes${suffix}`, {
      actions: EBS_KEY_ACTIONS,
      resources,
      conditions: {
        ...viaEc2,
        // Holds as well where there is no context, as for DescribeKey.
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': 'aws:ebs:id' },
      },
    }),
    allow(`LendKeysToEbs${suffix}`, {
      actions: 'kms:CreateGrant',
      resources,
      conditions: { ...viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ];
}

function topicStatements(topicArn: string | undefined): PolicyStatement[] {
  return topicArn === undefined ? [] : [allow('Notify', publish(topicArn))];
}

const publish = (topicArn: string) => ({ actions: 'sns:Publish', resources: topicArn });

/** A test instance of an AMI with a licence is launched under it. */
function licenseStatements(configurationArns: readonly string[]): PolicyStatement[] {
  const actions = ['ec2:RunInstances', 'license-manager:UpdateLicenseSpecificationsForResource'];
  return allowOn('UseLicenses', actions, sorted(configurationArns));
}

/** The id of a template is not found in a second Region, so that the Region is left open. */
function templateStatements(scope: ExecutionResourcesScope, resources: ExecutionResources) {
  const { launchTemplateIds = [] } = resources;
  if (launchTemplateIds.length === 0) return [];
  const arns = sorted(launchTemplateIds).map(
    (id) => `arn:${scope.partition}:ec2:*:${scope.accountId()}:launch-template/${id}`,
  );
  return [
    allow('WriteLaunchTemplates', {
      actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
      resources: arns,
    }),
    allow('LookAtLaunchTemplates', {
      actions: ['ec2:DescribeLaunchTemplates', 'ec2:DescribeLaunchTemplateVersions'],
      resources: '*',
    }),
  ];
}

function nativeFastLaunchStatements(
  { partition, accountId }: ExecutionResourcesScope,
  launchTemplateIds: readonly string[],
): PolicyStatement[] {
  if (launchTemplateIds.length === 0) return [];
  return fastLaunchStatements(partition, accountId(), sorted(launchTemplateIds));
}

/** Image Builder waits for the scan by a rule of EventBridge. */
function scanStatements({ partition }: ExecutionResourcesScope, scanning: boolean) {
  if (!scanning) return [];
  return [
    allow('ReadFindings', {
      actions: ['inspector2:ListCoverage', 'inspector2:ListFindings'],
      resources: '*',
    }),
    allow('WaitForFindings', {
      actions: [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
      resources: `arn:${partition}:events:*:*:rule/ImageBuilder-*`,
    }),
  ];
}

function allowOn(
  sid: string,
  actions: string | readonly string[],
  resources: readonly string[],
): PolicyStatement[] {
  return resources.length === 0 ? [] : [allow(sid, { actions, resources })];
}
